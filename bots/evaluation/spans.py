"""Product and reason in our own phrases: the rules beside what is learnt, in folds."""

import random
from collections.abc import Iterator, Sequence

from bots.dialogue.understand.slots import learnt, reason
from bots.dialogue.understand.slots.found import Found
from bots.dialogue.understand.slots.learnt import Telling
from bots.dialogue.understand.slots.span_cues import Place
from bots.dialogue.understand.slots.telling import GIVES_REASON, NAMES_PRODUCT
from bots.evaluation.scores import f1
from bots.evaluation.table import head, row

Marked = tuple[Telling, Sequence[Place]]
# What was marked first, and what was found.
Answer = tuple[Place | None, Place | None]

FOLDS = 5
SEED = 0
_TELLS = {"product": NAMES_PRODUCT, "reason": GIVES_REASON}


def table(language: str) -> Iterator[str]:
    """Yield rows: F1 of whole spans, of phrases that the pointer was trained without."""
    yield head("precision", "recall", "F1")
    for slot in learnt.SLOTS:
        rows = list(learnt.marked(slot, language))
        random.Random(SEED).shuffle(rows)
        yield row(f"{slot}, rules", _figures(by_rules(slot, rows)))
        yield row(f"{slot}, learnt", _figures(by_folds(slot, rows)))


def by_rules(slot: str, rows: Sequence[Marked]) -> Iterator[Answer]:
    for telling, places in _asked(slot, rows):
        found = telling.named if slot == "product" else reason.find(telling.said)
        yield min(places, default=None), _place(found)


def by_folds(slot: str, rows: Sequence[Marked]) -> Iterator[Answer]:
    for fold in range(FOLDS):
        kept = [one for at, one in enumerate(rows) if at % FOLDS != fold]
        pointer = learnt.learn(slot, kept)
        for telling, places in _asked(slot, rows[fold::FOLDS]):
            yield min(places, default=None), pointer.best(telling.cues)


def _asked(slot: str, rows: Sequence[Marked]) -> Iterator[Marked]:
    """Yield those of intents in which the slot is given."""
    return (one for one in rows if one[0].intents & _TELLS[slot])


def _place(found: Found[str] | None) -> Place | None:
    return (found.start, found.end) if found else None


def _figures(answers: Iterator[Answer]) -> list[float]:
    """Return precision, recall and F1."""
    known = list(answers)
    right = sum(wanted == found for wanted, found in known if wanted)
    told = sum(found is not None for _, found in known)
    wanted = sum(wanted is not None for wanted, _ in known)
    figure = f1(right, told - right, wanted - right)
    return [right / max(1, told), right / max(1, wanted), figure]
