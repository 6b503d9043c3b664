"""The kinds of fields that skills are made of."""

from collections.abc import Iterable, Mapping
from typing import Any

from bots.dialogue.act import phrasing
from bots.dialogue.act.skill import Field
from bots.dialogue.act.talk import Talk
from bots.messages import Button
from orders import aftersales, lookup
from orders.models import Order, OrderLine

# As many as fit on a small screen.
SHOWN = 5


class OwnOrder(Field):
    """One of the shopper's own orders, by number, choice, or because it is the only.

    `statuses` are those that the skill is likely to be about; another order may be
    named all the same, and the skill then says why not.
    """

    def __init__(self, *, statuses: tuple[str, ...] = ()) -> None:
        self.statuses = statuses

    def take(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        said = talk.slot("order_id")
        if not said and (chosen := lookup.order_of(talk.owner, talk.chosen())):
            return chosen.number
        named = said or values.get("number")
        if not named:
            return None
        order = lookup.order_of(talk.owner, named)
        if order is None and (said or not talk.task.asked):
            talk.say("order/not_found", number=named)
        return order.number if order else None

    def default(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        """The order that was talked about last, or the only one in question."""
        if talk.slot("order_id") or values.get("number"):
            return None
        if talk.state.order and lookup.order_of(talk.owner, talk.state.order):
            return talk.state.order
        candidates = self._candidates(talk)
        return candidates[0].number if len(candidates) == 1 else None

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        candidates = self._candidates(talk)[:SHOWN]
        buttons = tuple(
            Button(label=phrasing.order_label(order, talk.language), value=order.number)
            for order in candidates
        )
        wording = "order/which_again" if again else "order/which"
        talk.say(wording, buttons=(*buttons, talk.button("cancel")))

    def _candidates(self, talk: Talk) -> list[Order]:
        orders = lookup.orders_of(talk.owner)
        likely = [order for order in orders if order.status in self.statuses]
        return likely or orders


class Items(Field):
    """Lines of the order that can be returned, as a list of SKUs."""

    ALL = ("everything", "all", "全部", "都", "所有", "整单")

    def take(self, talk: Talk, values: Mapping[str, Any]) -> list[str] | None:
        if not talk.fresh:
            return None
        lines = _returnable(talk, values["order"])
        chosen = talk.chosen()
        text = talk.given.text.casefold().strip()
        if chosen == "everything" or text in self.ALL:
            return _skus(lines)
        if chosen:
            return [chosen] if chosen in _skus(lines) else None
        # Free text names an item only where that was the question.
        named = str(
            talk.slot("product") or (text if talk.task.asked == self.name else "")
        )
        return [line.variant.sku for line in lines if _names(named, line)] or None

    def default(self, talk: Talk, values: Mapping[str, Any]) -> list[str] | None:
        lines = _returnable(talk, values["order"])
        return [lines[0].variant.sku] if len(lines) == 1 else None

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        lines = _returnable(talk, values["order"])[:SHOWN]
        buttons = tuple(
            Button(label=phrasing.items([line], talk.language), value=line.variant.sku)
            for line in lines
        )
        talk.say(
            "return/which_items",
            number=values["order"],
            buttons=(*buttons, talk.button("everything"), talk.button("cancel")),
        )


class Said(Field):
    """Something that is taken along where it is said, and never asked for."""

    required = False

    def __init__(self, slot: str) -> None:
        self.slot = slot

    def take(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        said = talk.slot(self.slot)
        return str(said) if said else None


def _skus(lines: Iterable[OrderLine]) -> list[str]:
    return [line.variant.sku for line in lines]


def _returnable(talk: Talk, number: str) -> list[OrderLine]:
    order = lookup.order_of(talk.owner, number)
    return aftersales.returnable_lines(order) if order else []


def _names(words: str, line: OrderLine) -> bool:
    """Whether the words name the product: one holds the other, letter case aside."""
    plain = words.casefold()
    # "no" is no notebook.
    if len(plain) < (3 if plain.isascii() else 2):
        return False
    names = [name.casefold() for name in line.product.name.values()]
    return any(
        plain in name or name in plain or _tail_word(name) in plain for name in names
    )


def _tail_word(name: str) -> str:
    """The kind of thing a name ends with: "shoe" of "light running shoe"."""
    words = name.split()
    return words[-1] if len(words) > 1 else name[-2:]
