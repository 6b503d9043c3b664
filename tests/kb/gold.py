"""The demo shop's FAQs and the labelled questions on them, read from their files."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAQS = ROOT / "ecomsupport" / "demo_shop" / "faqs.csv"
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Asked:
    """A question in a shopper's words; `ref` is None where no entry answers it."""

    query: str
    ref: str | None


def questions(language: str, part: str) -> list[Asked]:
    path = ROOT / "tests" / "gold" / f"search_{language}.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Asked(g["query"], g["ref"]) for g in lines if g["part"] == part]


def ways_to_ask(row: dict[str, str]) -> list[str]:
    return [row["question"], *row["variants"].split("|")]


def published() -> list[dict[str, str]]:
    with FAQS.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["status"] == "published"]
