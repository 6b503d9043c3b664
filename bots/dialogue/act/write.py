"""Skills that write: one tool each, proposed, confirmed, and carried out as confirmed."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from bots.dialogue import answer
from bots.dialogue.act.skill import Skill
from bots.dialogue.act.talk import Talk
from bots.messages import Button
from orders import options
from orders.models import Order
from orders.refusal import Code, Refusal

# The skill that goes on with what a refusal names instead.
STEPS = {
    "cancel_order": "cancel_order",
    "change_address": "change_address",
    "change_payment": "change_payment",
    "change_items": "change_items",
    "change_delivery": "change_delivery",
    "open_return": "return_order",
    "open_exchange": "exchange_order",
    "open_repair": "repair_order",
    "open_refund": "report_problem",
}
# More buttons than these are a menu.
MOST_STEPS = 3


class Write(Skill):
    """A yes is said to exactly the tool's arguments."""

    tool: ClassVar[str]
    # What another value of a field would lift: that field is asked for again.
    faults: ClassVar[Mapping[Code, str]] = {}

    @abstractmethod
    def arguments(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, Any]:
        """The tool's arguments, the same for the same values."""

    @abstractmethod
    def propose(self, talk: Talk, values: Mapping[str, Any], preview: Any) -> None:
        """Say what a yes will do; `preview` is what the tool would answer."""

    @abstractmethod
    def done(self, talk: Talk, values: Mapping[str, Any], result: Any) -> None:
        """Say what was done; `result` is what the tool answered."""

    def check(self, talk: Talk, values: Mapping[str, Any]) -> bool:
        order = talk.order(values["order"])
        if order is None:
            talk.say("order/not_found", number=values["order"])
            return False
        talk.note(order=order.number)
        try:
            talk.call(options.check, self.tool, order, talk.given.at, talk.book)
        except Refusal as refusal:
            self.refused(talk, values, refusal)
            return False
        return True

    def kept(self, talk: Talk, values: Mapping[str, Any]) -> None:
        """Say that nothing was done, after a no."""
        talk.say("confirm/kept")

    def refused(self, talk: Talk, values: Mapping[str, Any], refusal: Refusal) -> None:
        """Say why it cannot be done, and what is possible instead."""
        say_refusal(talk, refusal)


def say_refusal(talk: Talk, refusal: Refusal) -> None:
    """Say the refusal's own sentence, with a button for each step there is instead."""
    sentence = answer.in_language(lambda: refusal.sentence, talk.language)
    source = f"refusal/{refusal.code}"
    talk.reply(sentence, source=source, buttons=steps(talk, refusal))


def steps(talk: Talk, refusal: Refusal) -> tuple[Button, ...]:
    """Buttons for what is possible instead, and for a person."""
    names = [STEPS[tool] for tool in refusal.instead if tool in STEPS]
    return (*map(talk.button, names[:MOST_STEPS]), talk.person("problem"))


def order_of(talk: Talk, values: Mapping[str, Any]) -> Order:
    """The order of a task that is past its check."""
    order = talk.order(values["order"])
    assert order is not None
    return order
