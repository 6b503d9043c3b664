"""The knowledge base as a FAQ file: the same content gives the same bytes."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from kb.models import SEPARATOR, Entry, Translation
from kb.rows import COLUMNS, clean, written

BATCH = 500


def export_faqs(path: Path, advance: Callable[[], None] = lambda: None) -> int:
    """Write every translation, by ref and language; returns how many."""
    count = 0
    # Beside the file first: a failure half-way leaves the old one whole.
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            for _ in FORMATS[path.suffix.lower()](file, _rows()):
                count += 1
                advance()
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return count


def _rows() -> Iterator[dict[str, str]]:
    # Ordered here, not by the database: collations differ between machines.
    order = sorted(Entry.objects.values_list("ref", "pk"))
    for start in range(0, len(order), BATCH):
        pks = [pk for _, pk in order[start : start + BATCH]]
        entries = Entry.objects.prefetch_related("translations__variants").in_bulk(pks)
        for pk in pks:
            for translation in sorted(
                entries[pk].translations.all(), key=lambda t: t.language
            ):
                yield _row(entries[pk], translation)


def _row(entry: Entry, translation: Translation) -> dict[str, str]:
    cells = (
        entry.ref,
        translation.language,
        entry.category,
        clean(translation.question),
        SEPARATOR.join(clean(variant.text) for variant in translation.variants.all()),
        clean(translation.answer),
        entry.status,
        written(entry.valid_from),
        written(entry.valid_to),
    )
    return dict(zip(COLUMNS, cells, strict=True))


def _csv(file: TextIO, rows: Iterable[dict[str, str]]) -> Iterator[None]:
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        yield writer.writerow(row)


def _jsonl(file: TextIO, rows: Iterable[dict[str, str]]) -> Iterator[None]:
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        yield None


FORMATS = {".csv": _csv, ".jsonl": _jsonl}
