"""Reads a JSON Lines file as a stream, however long and however broken."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.utils.translation import gettext as _

from orders.importing.errors import LineError
from orders.importing.fields import Fields

# A file without line ends must not be read into memory as one line.
LONGEST = 1024 * 1024
_BOM = b"\xef\xbb\xbf"


def read_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with their numbers; too long a line is cut past `LONGEST`."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST + 1):
            number += 1
            if number == 1:
                line = line.removeprefix(_BOM)
            yield number, line
            while len(line) > LONGEST and not line.endswith(b"\n"):
                line = file.readline(LONGEST + 1)


def read_object(line: bytes) -> Fields:
    if len(line) > LONGEST:
        raise LineError(_("the line is longer than 1 MiB"))
    try:
        return Fields(_DECODER.decode(line.decode().strip()))
    except UnicodeDecodeError as error:
        raise LineError(_("the line is not UTF-8")) from error
    except json.JSONDecodeError as error:
        raise LineError(
            _("not JSON: %(problem)s at column %(column)d")
            % {"problem": error.msg, "column": error.colno}
        ) from error
    except RecursionError as error:
        raise LineError(_("not JSON: nested too deeply")) from error
    except LineError:
        raise
    except ValueError as error:
        # Python refuses to read whole numbers of thousands of digits.
        raise LineError(_("not JSON: a number is too long")) from error


def _no_constant(name: str) -> NoReturn:
    raise LineError(_("not JSON: %(name)s is no number") % {"name": name})


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    keys = [key for key, _value in pairs]
    twice = next(key for key in keys if keys.count(key) > 1)
    raise LineError(_("given twice"), field=twice)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_each_key_once, parse_constant=_no_constant
)
