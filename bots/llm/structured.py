"""Answers that are data: found in the text, held against the schema."""

import json
from typing import Any

from jsonschema import Draft202012Validator

from bots.llm.base import Schema

INSTRUCTION = (
    "Answer with one JSON object only, without any other word. Its JSON schema:\n"
)
COMPLAINT = "That is not usable: {problem}. Write the JSON object again, and only it."
_PLACE = 120


class Malformed(ValueError):  # noqa: N818 - said of the answer
    """No JSON, or not what the schema says; the reason may be told to the model."""


def read(text: str, schema: Schema) -> Any:
    """The JSON of an answer, cut out of what stands around it. Raises `Malformed`."""
    data = _json(text)
    error = next(iter(Draft202012Validator(dict(schema)).iter_errors(data)), None)
    if error is None:
        return data
    place = "/".join(map(str, error.absolute_path))
    # The validator's own message quotes the answer: only the rule is named.
    raise Malformed(f"“{place or 'the object'}” breaks “{error.validator}”"[:_PLACE])


def instruction(schema: Schema) -> str:
    """What a model that knows no schemas is told."""
    return INSTRUCTION + json.dumps(schema, ensure_ascii=False, separators=(",", ":"))


def complaint(problem: Malformed) -> str:
    return COMPLAINT.format(problem=problem)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    start = text.find("{")
    if start < 0:
        raise Malformed("it holds no JSON object")
    try:
        return json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        raise Malformed("its JSON cannot be read") from None
