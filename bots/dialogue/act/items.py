"""Which pieces of the order it is about, and how many of each."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bots.dialogue.act import phrasing
from bots.dialogue.act.counting import count, is_option
from bots.dialogue.act.skill import Field
from bots.dialogue.act.talk import Talk
from bots.dialogue.decide.wishes import words
from bots.messages import Button
from orders import catalogue, pieces
from orders.models import Order
from orders.pieces import Pieces
from orders.text import pick

# As many as fit on a small screen.
SHOWN = 5
ALL = re.compile(
    r"\b(?:everything|the (?:whole|entire) (?:order|thing|lot)|all items)\b"
    r"|(?<!at )(?<!after )(?<!that's )(?<!that is )\ball(?: of (?:it|them|those|these))?\b"
    r"|全部|全都|所有|整单|全退|都要?退|都要|^都$",
    re.IGNORECASE,
)
# Said of two, and of no other number.
BOTH = re.compile(r"\bboth\b|两[件个样条双]都", re.IGNORECASE)
_PARTS = re.compile(r"\band\b|\bplus\b|[&,，、;；和跟与]|以及|还有", re.IGNORECASE)
_JOINED = re.compile(r"\band\b|\bplus\b|[&和跟与]|以及|还有", re.IGNORECASE)
# "add the candle too"
_ADD = re.compile(
    r"\b(?:add|also|as well|plus)\b|\btoo\W*$|也|还有|再加|加上|一起", re.IGNORECASE
)
# A part that is longer says more than the name of a thing.
_NAME_WORDS = 4


class Items(Field):
    """Pieces of the order: `{SKU: how many}`; by default of those in no case.

    Asked for in the words of `topic`.
    """

    def __init__(
        self, topic: str, possible: Callable[[Order], list[Pieces]] = pieces.free
    ) -> None:
        self.topic = topic
        self.possible = possible

    def take(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, int] | None:
        if not talk.fresh:
            return None
        left = self._left(talk, values)
        said = self._said(talk, left, values)
        if said:
            _tell_most(talk, said, left, values["order"])
        return said

    def _said(
        self, talk: Talk, left: Sequence[Pieces], values: Mapping[str, Any]
    ) -> dict[str, int] | None:
        chosen = talk.chosen()
        if chosen:
            return _chosen(chosen, left)
        if not talk.slot("product") and _means_all(talk.given.text):
            return _all(talk.given.text, left)
        named = self._named(talk, left)
        if named:
            before = values.get(self.name, {}) if self._adds(talk) else {}
            return {**before, **named}
        return _only_so_many(talk, left, values.get(self.name))

    def default(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, int] | None:
        left = self._left(talk, values)
        return _whole(left) if len(left) == 1 else None

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        left = self._left(talk, values)[:SHOWN]
        buttons = tuple(
            Button(
                label=phrasing.pieces([one], talk.language), value=one.line.variant.sku
            )
            for one in left
        )
        talk.say(
            "items/which_again" if again else f"{self.topic}/which_items",
            number=values["order"],
            buttons=(*buttons, talk.button("everything"), talk.button("cancel")),
        )

    def _left(self, talk: Talk, values: Mapping[str, Any]) -> list[Pieces]:
        order = talk.order(values["order"])
        return self.possible(order) if order else []

    def _adds(self, talk: Talk) -> bool:
        text = talk.given.text
        return talk.task.asked == "confirm" and bool(_ADD.search(text))

    def _named(self, talk: Talk, left: Sequence[Pieces]) -> dict[str, int]:
        """What the words name, each part of them by itself.

        Free text names an item only where that was the question, or where there is a
        product in it.
        """
        asked = talk.task.asked == self.name
        product = str(talk.slot("product") or "")
        if not (asked or product or self._adds(talk)):
            return {}
        parts = [part for part in _PARTS.split(talk.given.text) if part.strip()]
        found: dict[str, int] = {}
        unknown: list[str] = []
        for part in parts if len(parts) > 1 else [product or talk.given.text]:
            if one := _meant(talk, part, left, loosely=asked):
                found[one.line.variant.sku] = min(
                    count(part) or one.quantity, one.quantity
                )
            else:
                unknown.append(part.strip())
        if asked and found and unknown and _only_names(talk.given.text, parts):
            return _by_elimination(talk, found, unknown, left)
        if product and not found:
            found = _of_part(talk, product, left)
        return _counted(talk, found, left)


def _only_names(text: str, parts: Sequence[str]) -> bool:
    """Whether the parts are names and nothing else: "the bag and the candle"."""
    return bool(_JOINED.search(text)) and all(
        words(part) <= _NAME_WORDS for part in parts
    )


def _by_elimination(
    talk: Talk, found: dict[str, int], unknown: Sequence[str], left: Sequence[Pieces]
) -> dict[str, int]:
    """With the rest, where it is as many things as are not known; else ask for them."""
    rest = {sku: count for sku, count in _whole(left).items() if sku not in found}
    if len(rest) == len(unknown):
        return found | rest
    talk.say("items/unknown", name=unknown[0])
    return {}


def _tell_most(
    talk: Talk, chosen: Mapping[str, int], left: Sequence[Pieces], number: str
) -> None:
    """Say how many there are, where more of one thing were said."""
    said = int(talk.slot("quantity") or 0) or count(talk.given.text)
    if len(chosen) != 1 or "件套" in talk.given.text:  # How many a set is of.
        return
    [sku] = chosen
    lines = [one for one in left if one.line.variant.sku == sku]
    most = sum(one.quantity for one in lines)
    if said > most and not is_option(str(said), lines[0]):
        name = pick(lines[0].line.product.name, talk.language)
        talk.say("items/at_most", number=number, name=name, count=most)


def _meant(
    talk: Talk, said: str, left: Sequence[Pieces], *, loosely: bool
) -> Pieces | None:
    """The one line that the words name, or None where they name none or several."""
    products = [one.line.product for one in left]
    found = talk.call(
        catalogue.which, said, products, language=talk.language, loosely=loosely
    )
    lines = [one for one in left if one.line.product in found]
    skus = {one.line.variant.sku for one in lines}
    return lines[0] if len(skus) == 1 else None


def _of_part(talk: Talk, said: str, left: Sequence[Pieces]) -> dict[str, int]:
    one = _meant(talk, said, left, loosely=True)
    return {one.line.variant.sku: one.quantity} if one else {}


def _means_all(text: str) -> bool:
    return bool(ALL.search(text) or BOTH.search(text))


def _all(text: str, left: Sequence[Pieces]) -> dict[str, int] | None:
    """Whatever can be returned; None where both of more than two are meant."""
    if BOTH.search(text) and len(left) != 2:
        return None
    return _whole(left)


def _chosen(value: str, left: Sequence[Pieces]) -> dict[str, int] | None:
    if value == "everything":
        return _whole(left)
    whole = _whole(left)
    return {value: whole[value]} if value in whole else None


def _whole(left: Sequence[Pieces]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in left:
        sku = one.line.variant.sku
        counts[sku] = counts.get(sku, 0) + one.quantity
    return counts


def _counted(
    talk: Talk, found: dict[str, int], left: Sequence[Pieces]
) -> dict[str, int]:
    """With the number that was said, where it is about one thing only."""
    said = talk.slot("quantity")
    if not said or len(found) != 1:
        return found
    [sku] = found
    return {sku: min(int(said), _whole(left)[sku])}


def _only_so_many(
    talk: Talk, left: Sequence[Pieces], before: Mapping[str, int] | None
) -> dict[str, int] | None:
    """Take the number alone ("only one") as said of the one thing in question."""
    said = talk.slot("quantity") or count(talk.given.text)
    whole = _whole(left)
    meant = list(before or (whole if len(whole) == 1 else ()))
    if not said or len(meant) != 1 or meant[0] not in whole:
        return None
    return {meant[0]: min(int(said), whole[meant[0]])}
