"""Intents on public sets: right labels in scope, and what is out of scope."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bots.evaluation.scores import auroc, caught, mean
from bots.evaluation.sets import OUTSIDE, IntentSet, Part, read_part
from bots.evaluation.systems import Answers, Desk, answers
from bots.evaluation.table import UNKNOWN, head, row
from kb.encoders import encoder_for

SEED = 0
_FOLDS = 5


def lines(folder: Path, one: IntentSet, kept: Path) -> Iterator[str]:
    """Yield a row a system: accuracy in scope, AUROC, caught at 5 % and 20 % rejected."""
    encoder = encoder_for(one.language)
    desk = Desk(encoder=encoder, folder=kept, language=one.language)
    part = read_part(*(folder / name for name in one.train))
    if one.note:
        yield one.note
    yield head("in scope", "AUROC", "at 5 %", "at 20 %")
    for system, *figures in one.known:
        yield row(system, figures)
    measured = _tested if one.test else _folded
    yield from measured(folder, one, part, desk)


def _tested(folder: Path, one: IntentSet, part: Part, desk: Desk) -> Iterator[str]:
    test = read_part(folder / one.test)
    yield f"{len(part.texts)} to train on, {len(test.texts)} to test"
    for answered in answers(part, test.texts, desk):
        yield row(answered.system, _figures(test, answered))


def _folded(folder: Path, one: IntentSet, part: Part, desk: Desk) -> Iterator[str]:
    """Yield the mean accuracy of each system over folds of the train part."""
    yield f"{len(part.texts)} in {_FOLDS} folds, seed {SEED}"
    order = np.random.default_rng(SEED).permutation(len(part.texts))
    hits: dict[str, list[float]] = {}
    for at in range(_FOLDS):
        held = set(order[at::_FOLDS].tolist())
        kept = part.chosen([i for i in order.tolist() if i not in held])
        test = part.chosen(sorted(held))
        for answered in answers(kept, test.texts, desk):
            hits.setdefault(answered.system, []).append(_figures(test, answered)[0])
    for system, found in hits.items():
        yield row(system, [mean(found)])


def _figures(test: Part, answered: Answers) -> list[float]:
    inside = np.array([label != OUTSIDE for label in test.labels])
    right = np.array(
        [a == b for a, b in zip(answered.labels, test.labels, strict=True)]
    )
    figures = [float(right[inside].mean())]
    if inside.all():
        return [*figures, UNKNOWN, UNKNOWN, UNKNOWN]
    scores = answered.scores
    return [
        *figures,
        auroc(scores, inside),
        caught(scores, inside, 0.05),
        caught(scores, inside, 0.2),
    ]
