"""Which of several order numbers in a message belongs to which wish."""

import re
from collections.abc import Sequence

from bots.dialogue.decide import verbs
from bots.dialogue.decide.commands import Start
from orders.numbers import find_numbers

_END = re.compile(r"[,，、;；.。!！?？\n]|\band\b|\bthen\b|再|然后|还有|另外")


def share(text: str, starts: Sequence[Start]) -> list[Start]:
    """Give each wish the number of its own clause, in the order said.

    A number whose clause has no verb goes with the wish before it. Where there is
    one number at most, the wishes are about the same order.
    """
    numbers = _several(text)
    if len(numbers) < 2 or any(start.order for start in starts):
        return list(starts)
    shared: list[Start] = []
    before = starts[0].skill
    skills = {start.skill for start in starts}
    for number, clause in _clauses(text, numbers):
        said = verbs.skill(clause)
        # To look is harmless; anything else must have been understood as well.
        if said in skills | {"order_status"}:
            before = said
        shared.append(Start(skill=before, order=number))
    without = [s for s in starts if s.skill not in {one.skill for one in shared}]
    return [*shared, *without]


def _several(text: str) -> list[str]:
    """The order numbers that stand in the text as they are, in the order said."""
    folded = text.casefold()
    said = [number for number in find_numbers(text) if number.casefold() in folded]
    return sorted(said, key=lambda number: folded.index(number.casefold()))


def _clauses(text: str, numbers: Sequence[str]) -> list[tuple[str, str]]:
    """Each number with what is said around it."""
    folded = text.casefold()
    found, start = [], 0
    for number in numbers:
        after = folded.index(number.casefold()) + len(number)
        end = _END.search(text, after)
        stop = end.start() if end else len(text)
        found.append((number, text[start:stop]))
        start = stop
    return found
