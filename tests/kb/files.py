"""FAQ files, made from what a test is about."""

import csv
import io
import json
from typing import Any

from kb.rows import COLUMNS

GOOD = {
    "ref": "F1",
    "language": "en",
    "category": "shipping",
    "question": "How much is shipping?",
    "variants": "postage|delivery fee",
    "answer": "Free from ¥99.",
    "status": "published",
    "valid_from": "",
    "valid_to": "",
}


def row(**cells: Any) -> dict[str, Any]:
    return {**GOOD, **cells}


def as_csv(*rows: dict[str, Any]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_jsonl(*rows: dict[str, Any]) -> bytes:
    return "".join(f"{json.dumps(cells)}\n" for cells in rows).encode()
