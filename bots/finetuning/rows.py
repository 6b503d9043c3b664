"""Labelled text: where it comes from, and which part of it is held out."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bots.dialogue.understand import store
from bots.dialogue.understand.markup import SLOTS, parse
from bots.dialogue.understand.network_spans import Span
from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.reader import LANGUAGES
from bots.finetuning.guessing import guess

# Of the rows of each intent, at most; the intent's last rows are not taken away.
HELD = 0.15
_FEWEST = 2


@dataclass(frozen=True, kw_only=True)
class Labelled:
    # Folded.
    text: str
    intent: str
    spans: tuple[Span, ...] = ()
    # Always learnt, never held out: staff said it of a real message.
    taught: bool = False


def gather(
    corrections: Iterable[tuple[str, str]] = (), languages: Iterable[str] = LANGUAGES
) -> list[Labelled]:
    """Return our phrases, whose slots are marked, and (intent, text) corrections.

    In a correction that marks no slot our own rules look for them.
    """
    own = [pair for language in languages for pair in store.lines(language)]
    taught = [_taught(intent, text) for intent, text in corrections]
    known = {row.text for row in taught}
    rows = [_labelled(intent, line) for intent, line in own]
    return [row for row in dict.fromkeys(rows) if row.text not in known] + taught


def _labelled(intent: str, line: str) -> Labelled:
    text, spans = parse(read(line).folded)
    learnt = tuple(span for span in spans if span.slot in SLOTS)
    return Labelled(text=text, intent=intent, spans=learnt)


def _taught(intent: str, line: str) -> Labelled:
    row = _labelled(intent, line)
    return replace(row, spans=row.spans or guess(row.text, intent), taught=True)


def part(rows: Sequence[Labelled], seed: int) -> tuple[list[Labelled], list[Labelled]]:
    """Return rows to learn from and rows held out, of each intent its share."""
    chance = random.Random(seed)
    owned = defaultdict(list)
    for at, row in enumerate(rows):
        if not row.taught:
            owned[row.intent].append(at)
    held: set[int] = set()
    for own in owned.values():
        spare = max(0, len(own) - _FEWEST)
        held.update(chance.sample(own, min(spare, round(HELD * len(own)))))
    kept = [row for at, row in enumerate(rows) if at not in held]
    return kept, [rows[at] for at in sorted(held)]
