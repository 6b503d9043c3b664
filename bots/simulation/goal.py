"""What a simulated shopper wants, and how it should end."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bots.simulation.ends import End

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, kw_only=True)
class Goal:
    """`id` says all that it was drawn from, so that it can be drawn again."""

    id: str
    # The row of the table that it counts for.
    skill: str
    # The opening that is said: a return that comes too late begins as any other.
    opening: str
    language: str
    temper: str
    customer: str
    # Whether the channel has verified the customer already.
    known: bool
    # What the shopper can say, by the name that the phrases have for it.
    facts: Mapping[str, str]
    end: End
    # Names of the order's other goods: in a proposal they are wrong.
    not_these: tuple[str, ...] = ()
    # What is said instead where it was not understood: a whole name, another word.
    again: Mapping[str, str] = field(default_factory=dict)
    # Says no where the bot asks for a yes.
    declines: bool = False
    # Takes a person where one is offered.
    wants_person: bool = False
    # Another order of the customer, for a slip of the tongue.
    wrong_order: str = ""
    # Words in an answer after which the shopper gives in: a refusal.
    hears: tuple[str, ...] = ()
    # FAQ entries that may be asked for in between.
    asides: tuple[str, ...] = ()
