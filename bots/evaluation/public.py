"""The tables of the public sets, one after the other."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bots.evaluation import intents, pairs, questions, sentiment, slots
from bots.evaluation.sets import INTENTS

Table = Callable[[], Iterator[str]]


def tables(folder: Path, kept: Path) -> dict[str, Table]:
    """Return what yields the lines of each table, by the name of its set."""
    found: dict[str, Table] = {
        one.name: partial(intents.lines, folder, one, kept)
        for one in INTENTS
        if all((folder / name).exists() for name in one.train)
    }
    for name, (file, lines) in _OTHERS.items():
        if (folder / file).exists():
            found[name] = partial(lines, folder / file)
    if questions.read_all(folder):
        found["shop_questions"] = partial(questions.lines, folder)
    return found


# Of each other set: what must be there, and what is made of it.
_OTHERS: dict[str, tuple[str, Callable[[Path], Iterator[str]]]] = {
    "bitext_slots": ("bitext", slots.bitext),
    "zh_slots_ecsa": ("zh_slots_ecsa", slots.ecsa),
    "online_shopping_10_cats": ("online_shopping_10_cats/train.csv", sentiment.reviews),
    "en_customer_sentiment": ("en_customer_sentiment/train.jsonl", sentiment.tweets),
    "zh_question_pairs": ("zh_question_pairs/eval.csv", pairs.lines),
}
