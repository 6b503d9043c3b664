"""One turn in the making: what was given, what is known, what will be answered."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any, ParamSpec, TypeVar

from bots.dialogue import answer
from bots.dialogue.decide.choosing import pick
from bots.dialogue.decide.reading import OFFERS
from bots.dialogue.state import Choice, State, Task
from bots.dialogue.trace import Trace
from bots.dialogue.turn import HandOver, Input, Outcome, Shopper, Understanding
from bots.messages import Button, Card, Reply
from orders import lookup, policy
from orders.models import Customer, Order
from orders.policy import Book, Terms

P = ParamSpec("P")
T = TypeVar("T")

# Wrong guesses of who one is, after which the check is locked for the conversation.
MOST_GUESSES = 5
# Beside more buttons than this, a plain yes is unclear.
MOST_OFFERED = 2


class Talk:
    """Collects a turn's outcome; lives for one call of the engine."""

    def __init__(
        self,
        given: Input,
        understanding: Understanding,
        state: State,
        shopper: Shopper,
        language: str,
        trace: Trace | None = None,
    ) -> None:
        self.given = given
        self.understanding = understanding
        self.before = self.state = state
        self.shopper = shopper
        self.language = language
        self.trace = trace or Trace()
        self.replies: list[Reply] = []
        self.wrong_guesses = 0
        self.promotions: bool | None = None
        self.rating: tuple[int | None, str] | None = None
        self.hand_over: HandOver | None = None
        self.offered = ""
        # Whether the shopper got no further in this turn.
        self.in_vain = False
        # Whether something was carried out in this turn.
        self.done = False
        self.identified: Customer | None = None
        # Whether this turn's words may still fill the task on top.
        self.fresh = True
        # Whether what was offered before may still be chosen.
        self.keeps_choices = False

    @cached_property
    def _verified(self) -> Customer | None:
        if self.shopper.customer_id is None:
            return None
        return Customer.objects.filter(pk=self.shopper.customer_id).first()

    @property
    def customer(self) -> Customer | None:
        """The proven customer: the only authority for anything about orders."""
        return self.identified or self._verified

    @property
    def owner(self) -> Customer:
        """The proven customer, where a skill is past its identity check."""
        customer = self.customer
        if customer is None:
            raise PermissionError("no verified customer")
        return customer

    @cached_property
    def orders(self) -> list[Order]:
        """The shopper's newest orders, read once a turn and again after a write."""
        return self.call(lookup.orders_of, self.owner)

    def order(self, number: str) -> Order | None:
        """One of the shopper's own orders, read as these are."""
        if not number:
            return None
        known = {order.number: order for order in self.orders}
        return known.get(number) or self.call(lookup.order_of, self.owner, number)

    @cached_property
    def book(self) -> Book:
        """All terms that the shop has had."""
        return self.call(policy.book)

    @property
    def terms(self) -> Terms:
        """The shop's terms at this moment."""
        return self.book.at(self.given.at)

    def forget(self) -> None:
        """Have the orders read again: something was written."""
        vars(self).pop("orders", None)

    @property
    def locked(self) -> bool:
        return self.shopper.wrong_guesses + self.wrong_guesses >= MOST_GUESSES

    @property
    def task(self) -> Task:
        task = self.state.task
        assert task is not None
        return task

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask something of the shop or the knowledge base, so that it can be traced."""
        return self.trace.call(function, *args, **kwargs)

    def slot(self, name: str) -> Any:
        """What this turn's words say of a slot; None once they are used up."""
        return self.understanding.slots.get(name) if self.fresh else None

    def chosen(self) -> str:
        """The value of the choice that this turn's words pick, or ""."""
        if not self.fresh:
            return ""
        choice = pick(self.given.button or self.given.text, self.state.choices)
        return choice.value if choice else ""

    def say(
        self,
        wording: str,
        *,
        buttons: tuple[Button, ...] = (),
        cards: tuple[Card, ...] = (),
        **facts: Any,
    ) -> None:
        with self.trace.step("answer"):
            text = answer.say(wording, self.language, **facts)
        self.reply(text, source=wording, buttons=buttons, cards=cards)

    def reply(
        self,
        text: str,
        *,
        source: str,
        buttons: tuple[Button, ...] = (),
        cards: tuple[Card, ...] = (),
    ) -> None:
        self.replies.append(
            Reply(text=text, buttons=buttons, cards=cards, source=source)
        )

    def button(self, name: str, value: str = "") -> Button:
        return answer.button(name, self.language, value)

    def person(self, reason: str = "") -> Button:
        """The button that calls a person, and why it is shown."""
        self.offered = self.offered or reason
        return answer.button("human", self.language)

    def answers(self) -> tuple[Button, Button]:
        """The yes and the no to the confirmation that stands."""
        token = self.task.token
        return self.button("yes", f"yes:{token}"), self.button("no", f"no:{token}")

    def missed(self) -> int:
        """Count one more turn in vain; return how many there were in a row."""
        self.in_vain = True
        self.note(misses=self.state.misses + 1)
        return self.state.misses

    def note(self, **changes: Any) -> None:
        """Remember something in the state."""
        self.state = replace(self.state, **changes)

    def _agreeable(self) -> str:
        """What a yes takes: the one thing that the last reply asks about, or ""."""
        if self.state.task or self.hand_over or not self.replies:
            return ""
        last = self.replies[-1]
        if not last.text.endswith(("?", "？")) or len(last.buttons) > MOST_OFFERED:
            return ""
        values = (button.value for button in last.buttons)
        return next((value for value in values if value in OFFERS), "")

    def outcome(self, commands: tuple[str, ...]) -> Outcome:
        choices = tuple(
            Choice(label=button.label, value=button.value)
            for reply in self.replies
            for button in reply.buttons
        )
        if self.keeps_choices:
            choices = self.state.choices
        state = replace(
            self.state,
            choices=choices,
            offered=self.offered,
            agreeable=self._agreeable(),
            done=self.done,
        )
        return Outcome(
            replies=tuple(self.replies),
            state=state.as_json(),
            language=self.language,
            commands=commands,
            customer_id=self.identified.pk if self.identified else None,
            wrong_guesses=self.wrong_guesses,
            promotions=self.promotions,
            rating=self.rating,
            hand_over=self.hand_over,
            trace=self.trace.as_json(),
        )
