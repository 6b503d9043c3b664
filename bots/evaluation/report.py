"""What labelled messages show: the figures of one language."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bots.evaluation.gold import Heard
from bots.evaluation.scores import Flags, Floats, ece, f1, mean, per_label

# Displeasure or praise may be meant with these; with the others, hardly ever.
_NOT_ORDINARY = frozenset({"complaint", "feedback", "thank"})


@dataclass(frozen=True, kw_only=True)
class Report:
    figures: dict[str, float]
    # The F1 of each intent, and how often it is wanted.
    intents: dict[str, tuple[float, int]]
    mistaken: Counter[tuple[str, str]]
    wanted: list[str]
    found: list[str]
    sure: Floats
    right: Flags


def report(heard: Sequence[Heard]) -> Report:
    """Return the figures; messages without a wanted intent count for slots only."""
    labelled = [one for one in heard if one.line.intents]
    wanted, found = [_wanted(one) for one in labelled], [_best(o) for o in labelled]
    sure = np.array([one.found.first.confidence for one in labelled])
    right = np.array([one.is_right for one in labelled], bool)
    each, counts = per_label(wanted, found), Counter(wanted)
    figures = {
        "messages": float(len(heard)),
        "accuracy": mean(right.tolist()),
        "macro_f1": mean(each.values()),
        "multi_f1": _multi(labelled),
        "slot_f1": _slots(heard),
        "ece": ece(sure, right),
        **_sentiment(labelled),
    }
    return Report(
        figures=figures,
        intents={label: (score, counts[label]) for label, score in each.items()},
        mistaken=Counter((a, b) for a, b in zip(wanted, found, strict=True) if a != b),
        wanted=wanted,
        found=found,
        sure=sure,
        right=right,
    )


def _best(one: Heard) -> str:
    return one.found.first.name


def _wanted(one: Heard) -> str:
    first = one.line.intents[0]
    return _best(one) if _best(one) in first else min(first)


def _multi(heard: Sequence[Heard]) -> float:
    """Return the F1 of all intents of the messages that have several."""
    right = wrong = missed = 0
    for one in heard:
        if len(one.line.intents) > 1:
            names = {intent.name for intent in one.found.intents}
            hits = sum(bool(names & either) for either in one.line.intents)
            right += hits
            missed += len(one.line.intents) - hits
            wrong += max(0, len(names) - hits)
    return f1(right, wrong, missed)


def _slots(heard: Sequence[Heard]) -> float:
    right = wrong = missed = 0
    for one in heard:
        if one.line.slots is not None:
            told, found = one.line.slots, one.found.slots
            hits = sum(found.get(name) == value for name, value in told.items())
            right += hits
            missed += len(told) - hits
            wrong += sum(told.get(name) != value for name, value in found.items())
    return f1(right, wrong, missed)


def _sentiment(heard: Sequence[Heard]) -> dict[str, float]:
    told = [one for one in heard if one.line.sentiment]
    # Messages whose mood is neutral; where none is told, those of ordinary intents.
    calm = [one for one in heard if _is_calm(one)]
    return {
        "sentiment": mean(one.found.sentiment == one.line.sentiment for one in told),
        "called_negative": mean(one.found.sentiment == "negative" for one in calm),
    }


def _is_calm(one: Heard) -> bool:
    if one.line.sentiment:
        return one.line.sentiment == "neutral"
    return not any(_NOT_ORDINARY & either for either in one.line.intents)
