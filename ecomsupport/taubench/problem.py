"""What is wrong with the files, and how wrong input is told."""

from pydantic import ValidationError


class BenchError(Exception):
    """The run cannot start: a file is missing, or is not what it should be."""


def told(error: ValidationError) -> str:
    """The first thing that is wrong, and where."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else first["msg"]
