"""Ordinary questions to a shop: none of them should be called negative."""

from collections.abc import Iterator
from pathlib import Path

from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.sentiment import NEGATIVE, judge
from bots.evaluation.pairs import read_pairs
from bots.evaluation.sets import read_rows
from bots.evaluation.table import head, row

# Displeasure or praise is meant with these.
_NOT_ORDINARY = frozenset({"complaint", "review", "feedback"})
# How Bitext marks swearing.
_OFFENSIVE = "W"
_NO_INTENTS: frozenset[str] = frozenset()


def lines(folder: Path) -> Iterator[str]:
    """Yield, a source a row, the share that the product calls negative."""
    yield "the product's rules, which learnt from none of these"
    yield head("negative")
    for name, texts in read_all(folder).items():
        yield row(f"{len(texts)} {name}", [called_negative(ours(texts))])


def called_negative(feelings: list[str]) -> float:
    return sum(one == NEGATIVE for one in feelings) / max(1, len(feelings))


def ours(texts: list[str]) -> list[str]:
    return [judge(read(text).folded, _NO_INTENTS) for text in texts]


def read_all(folder: Path) -> dict[str, list[str]]:
    """Return the questions of each source that is there."""
    return {**read_english(folder), **read_chinese(folder)}


def read_english(folder: Path) -> dict[str, list[str]]:
    return _there(
        {
            "FAQ questions (en)": _texts(
                folder / "ecommerce_faq_en" / "faq.jsonl", "question"
            ),
            "of Bitext (en)": _texts(folder / "bitext" / "eval.jsonl", "text"),
            "of Curekart (en)": _texts(
                folder / "hint3" / "curekart_train.jsonl", "text"
            ),
        }
    )


def read_chinese(folder: Path) -> dict[str, list[str]]:
    file = folder / "zh_question_pairs" / "eval.csv"
    pairs = read_pairs(file) if file.exists() else ()
    return _there(
        {
            "Taobao searches (zh)": _texts(
                folder / "zh_slots_ecsa" / "eval.jsonl", "text"
            ),
            "Ant customers' questions (zh)": list({first: 0 for first, _, _ in pairs}),
        }
    )


def _there(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: texts for name, texts in found.items() if texts}


def _texts(file: Path, column: str) -> list[str]:
    if not file.exists():
        return []
    return [
        one[column]
        for one in read_rows(file)
        if one.get("intent") not in _NOT_ORDINARY
        and _OFFENSIVE not in one.get("tags", "")
    ]
