"""FAQ files read as a stream: every line with its number, the broken ones named."""

import csv
import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from kb.rows import NEEDED, Row, RowError, parse

# A physical line longer than this (bytes), and a quoted cell over more lines, is broken.
LONGEST_LINE = 4 * 1024 * 1024
MOST_LINES = 400


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row, or the reason why there is none."""

    number: int
    row: Row | None = None
    reason: str = ""


class UnreadableError(Exception):
    """Nothing of the file can be taken."""


class _Lines:
    """Decoded physical lines; those that a broken record swallowed can be put back."""

    def __init__(self, file: BinaryIO, advance: Callable[[int], None]) -> None:
        self._file = file
        self._advance = advance
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._read = 0
        self.taken: list[tuple[int, bytes]] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES:
            raise RowError(_("broken quotes"))
        self.taken.append(self._waiting.popleft() if self._waiting else self._next())
        number, line = self.taken[-1]
        if len(line) >= LONGEST_LINE:
            raise RowError(_("line is too long"))
        try:
            return line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise RowError(_("not UTF-8")) from None

    def _next(self) -> tuple[int, bytes]:
        line = self._file.readline(LONGEST_LINE)
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = self._file.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self._read += 1
        self._advance(self._file.tell())
        return self._read, line

    def put_back(self) -> None:
        """All but the first of the lines taken, to be read again."""
        self._waiting.extendleft(reversed(self.taken[1:]))


def read(path: Path, advance: Callable[[int], None] = lambda _: None) -> Iterator[Line]:
    """The lines of a .csv or .jsonl file; `advance` is told how many bytes are read."""
    with path.open("rb") as file:
        lines = _Lines(file, advance)
        yield from FORMATS[path.suffix.lower()](lines)


def _jsonl(lines: _Lines) -> Iterator[Line]:
    while True:
        lines.taken.clear()
        try:
            text = next(lines)
            if text.strip():
                yield Line(number=lines.taken[0][0], row=_from_json(text))
        except StopIteration:
            return
        except RowError as error:
            yield Line(number=lines.taken[0][0], reason=str(error))


def _from_json(text: str) -> Row:
    try:
        cells = json.loads(text)
    except (ValueError, RecursionError):
        raise RowError(_("not JSON")) from None
    if not isinstance(cells, dict):
        raise RowError(_("not a JSON object"))
    return parse(cells)


def _csv(lines: _Lines) -> Iterator[Line]:
    header = _header(lines)
    while True:
        lines.taken.clear()
        try:
            cells = _record(lines)
            if cells:
                yield Line(number=lines.taken[0][0], row=_from_cells(header, cells))
        except StopIteration:
            return
        except RowError as error:
            yield Line(number=lines.taken[0][0], reason=str(error))


def _header(lines: _Lines) -> list[str]:
    try:
        header = [name.strip().lower() for name in _record(lines)]
    except StopIteration:
        raise UnreadableError(_("the file is empty")) from None
    except RowError as error:
        raise UnreadableError(str(error)) from None
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise UnreadableError(
            _("missing column %(name)s") % {"name": ", ".join(missing)}
        )
    return header


def _record(lines: _Lines) -> list[str]:
    """The next record. Where its quotes are broken, only its first line is lost."""
    csv.field_size_limit(LONGEST_LINE * 2)
    try:
        return next(csv.reader(lines, strict=True))
    except csv.Error:
        lines.put_back()
        raise RowError(_("broken quotes")) from None
    except RowError:
        lines.put_back()
        raise


def _from_cells(header: list[str], cells: list[str]) -> Row:
    if len(cells) > len(header):
        raise RowError(
            _("%(cells)d cells, but %(columns)d columns")
            % {"cells": len(cells), "columns": len(header)}
        )
    return parse(dict(zip(header, cells, strict=False)))


FORMATS = {".csv": _csv, ".jsonl": _jsonl}
