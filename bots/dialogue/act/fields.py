"""The kinds of fields that skills are made of."""

from collections.abc import Mapping, Sequence
from typing import Any

from bots.dialogue.act import phrasing
from bots.dialogue.act.skill import Field
from bots.dialogue.act.talk import Talk
from bots.dialogue.decide.reasons import is_reason
from bots.dialogue.state import Choice
from bots.messages import Button
from orders import catalogue, lookup
from orders.models import Order

# As many as fit on a small screen.
SHOWN = 5


# The questions beside which a reason is heard.
_ASKED = frozenset({"items", "variants", "confirm"})


class OwnOrder(Field):
    """One of the shopper's own orders, by number, choice, goods, or as the only one.

    The skill is likely to be about one of `statuses`, or one that has a case which is
    open; another order may be named all the same, and the skill then says why not.
    """

    def __init__(
        self, *, statuses: tuple[str, ...] = (), with_case: bool = False
    ) -> None:
        self.statuses = statuses
        self.with_case = with_case

    def take(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        said = talk.slot("order_id")
        if not said and (chosen := talk.order(talk.chosen())):
            return chosen.number
        named = said or values.get("number")
        if not named:
            return self._of_goods(talk, values)
        order = talk.order(named)
        if order is None and (said or not talk.task.asked):
            talk.say("order/not_found", number=named)
        return order.number if order else None

    def default(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        """The order that was talked about last, or the only one in question."""
        if talk.slot("order_id") or values.get("number"):
            return None
        if talk.task.asked == self.name:
            # Nothing goes without saying once it has been asked for.
            return None
        if talk.state.order and talk.order(talk.state.order):
            return talk.state.order
        candidates = self._candidates(talk)
        return candidates[0].number if len(candidates) == 1 else None

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        candidates = self._candidates(talk)
        # Only those that have the goods in question, where some do.
        named = _with_goods(talk, candidates, loosely=False)
        choices = tuple(
            Choice(label=phrasing.order_label(order, talk.language), value=order.number)
            for order in (named or candidates)[:SHOWN]
        )
        talk.note(shown=choices)
        buttons = tuple(Button(label=one.label, value=one.value) for one in choices)
        wording = "order/which_again" if again else "order/which"
        talk.say(wording, buttons=(*buttons, talk.button("cancel")))

    def _of_goods(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        """The only order that has what the words name, or the one talked about last."""
        if self.name in values:
            return None
        asked = talk.task.asked == self.name
        likely, rest = self._candidates(talk), self._orders(talk)
        found = _with_goods(talk, likely, loosely=asked) or _with_goods(
            talk, rest, loosely=False
        )
        numbers = [order.number for order in found]
        if talk.state.order in numbers:
            return talk.state.order
        return numbers[0] if len(numbers) == 1 else None

    def _candidates(self, talk: Talk) -> list[Order]:
        orders = self._orders(talk)
        if self.with_case:
            having = {
                case.order_id for case in talk.call(lookup.open_cases_of, talk.owner)
            }
            likely = [order for order in orders if order.pk in having]
        else:
            likely = [order for order in orders if order.status in self.statuses]
        return likely or orders

    def _orders(self, talk: Talk) -> list[Order]:
        orders = talk.orders
        return [order for order in orders if order.number != talk.task.but_not]


class Said(Field):
    """Something that is taken along where it is said, and never asked for."""

    required = False

    def __init__(self, slot: str) -> None:
        self.slot = slot

    def take(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        said = talk.slot(self.slot)
        return str(said) if said else None


class Reason(Said):
    """Why; what is said at an open question is one, where it sounds like one."""

    def __init__(self) -> None:
        super().__init__("reason")

    def take(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        said = super().take(talk, values)
        asked = talk.fresh and talk.task.asked in _ASKED
        if not said and asked and is_reason(talk.given.text):
            said = talk.given.text.strip(" 。.!！")
        return said


def _with_goods(talk: Talk, orders: Sequence[Order], *, loosely: bool) -> list[Order]:
    """The orders with a product that the words name; none where they name nothing."""
    words = str(talk.slot("product") or "")
    if not words and loosely:
        words = talk.given.text if talk.fresh else ""
    if not words:
        return []
    products = {
        line.product.pk: line.product for order in orders for line in order.lines.all()
    }
    found = talk.call(
        catalogue.which,
        words,
        list(products.values()),
        language=talk.language,
        loosely=loosely,
    )
    return [
        order
        for order in orders
        if any(line.product in found for line in order.lines.all())
    ]
