"""The shopper: reads the reply, and says or presses what comes next."""

import random
import re

from bots.simulation import reader, words
from bots.simulation.console import Reply
from bots.simulation.goal import Goal
from bots.simulation.reader import Asked
from bots.simulation.voice import Move, Voice

# As often as anybody says the same wish, or answers the same question.
PATIENCE = 3
# Questions whose answer is the fact (or the phrases) of the same name.
_ANSWERS = {
    Asked.PROOF: "proof",
    Asked.IDENTITY: "identity",
    Asked.ORDER: "order",
    Asked.ITEMS: "items",
    Asked.VARIANT: "variant",
    Asked.ADDRESS: "address",
    Asked.CITY: "address",
    Asked.METHOD: "method",
    Asked.DELIVERY: "delivery",
    Asked.REASON: "reason",
    Asked.PROBLEM: "problem",
    Asked.CASE: "case",
}
# The fact whose button answers a question.
_PRESSED = {
    Asked.ORDER: "order",
    Asked.ITEMS: "sku",
    Asked.VARIANT: "new_sku",
    Asked.METHOD: "method_value",
    Asked.REASON: "reason_code",
    Asked.PROBLEM: "ground",
    Asked.CASE: "case_ref",
}
# Where something else may be asked in between.
_MAY_STRAY = frozenset(_ANSWERS) | {Asked.CONFIRM}


class Shopper:
    def __init__(self, goal: Goal, rng: random.Random) -> None:
        self.goal = goal
        self.voice = Voice(goal, rng)
        self.temper = self.voice.temper
        # The tokens of the proposals that got a yes.
        self.agreed: set[str] = set()
        self._count: dict[str, int] = {}
        # The wrong number has been said, and not been taken back yet.
        self._erred = False
        # Said no, or yes, to a proposal: what comes next is the end.
        self._decided = False

    def opens(self) -> Move:
        """The first words: as much of the wish as comes to mind."""
        facts = dict(self.goal.facts)
        if self.goal.wrong_order and self.voice.chance(self.temper.errs):
            facts["order"], self._erred = self.goal.wrong_order, True
        # Whose wish is to be refused says what it is about: else it may be another.
        full = (
            self._erred
            or bool(self.goal.hears)
            or self.voice.chance(self.temper.upfront)
        )
        said = self.voice.wish(facts, full=full)
        self._erred = self._erred and facts["order"] in said
        return self.voice.opens(said)

    def answers(self, reply: Reply) -> Move | None:
        """What is done after this reply; None: the shopper leaves."""
        question = reader.asked(reply)
        if any(sign in reply.text for sign in self.goal.hears):
            return self._gives_in()
        if self._erred:
            self._erred = False
            return self.voice.phrase("wrong_order")
        if question in _MAY_STRAY and self._strays():
            return self.voice.says(self.voice.aside())
        if self._tired(f"asked {question}"):
            return None
        if self._is_another(reply):
            return self.voice.phrase("wrong_order")
        return self._replies(question, reply)

    def _replies(self, question: Asked, reply: Reply) -> Move | None:
        match question:
            case Asked.CONFIRM:
                return self._confirms(reply)
            case Asked.PERSON:
                return self._to_person(reply)
            case Asked.NOTHING | Asked.UNCLEAR:
                return self._goes_on(question)
            case _ if self.goal.opening == "list_orders":
                return None
            case _:
                return self._tells(question, reply)

    def _confirms(self, reply: Reply) -> Move:
        """Read what is proposed: a yes only to what was meant."""
        facts = self.goal.facts
        if not reader.proposes(reply, self.goal.opening):
            return self.voice.phrase("not_that")
        if any(name in reply.last for name in self.goal.not_these):
            return self.voice.phrase("only")
        if facts.get("shown_option", "") not in reply.last:
            return self.voice.phrase("other_option")
        if self.voice.chance(self.temper.hesitates) and not self._tired(
            "hesitate", most=1
        ):
            return self.voice.phrase("hesitate")
        self._decided = True
        wanted, words_for = ("no:", "no") if self.goal.declines else ("yes:", "yes")
        if not self.goal.declines:
            self.agreed.add(reader.token(reply))
        button = (
            _button(reply, wanted) if self.voice.chance(self.temper.presses) else None
        )
        return Move(button=button) if button else self.voice.phrase(words_for)

    def _to_person(self, reply: Reply) -> Move | None:
        if self.goal.wants_person:
            button = _button(reply, "human")
            if button and self.voice.chance(self.temper.presses):
                return Move(button=button)
            return self.voice.phrase("person_yes")
        if self._decided:
            return None
        # What was asked for is still not there.
        return self._goes_on(Asked.PERSON)

    def _goes_on(self, question: Asked) -> Move | None:
        """Nothing is asked: it is done, or the wish is said again."""
        if self._decided or (self._is_question() and question == Asked.NOTHING):
            return self._leaves()
        if self.goal.opening == "product_search" and question == Asked.NOTHING:
            return self.voice.phrase("refine") if self._may_refine() else None
        if self._tired("wish"):
            return None
        if self._is_question() and self._tired("rephrase", most=1):
            return None
        facts = {**self.goal.facts, **self.goal.again}
        return self.voice.says(self.voice.wish(facts, full=True))

    def _gives_in(self) -> Move | None:
        """It cannot be: some ask once more."""
        if self._tired("insist", most=1) or self.voice.chance(0.6):
            return None
        return self.voice.phrase("insist")

    def _may_refine(self) -> bool:
        """Whether the budget is still to be said."""
        return self.goal.facts["budget"] not in self.voice.last

    def _is_another(self, reply: Reply) -> bool:
        """Whether the answer is about another order than the one that is meant."""
        order = self.goal.facts.get("order", "")
        shape = re.sub(r"\d", r"\\d", re.escape(order))
        told = set(re.findall(shape, reply.last)) if order else set()
        return bool(told - {order}) and not self._decided

    def _is_question(self) -> bool:
        """Whether the wish is over once something has been told."""
        return self.goal.opening in _QUESTIONS

    def _leaves(self) -> Move | None:
        """Some say thanks first; nothing may come of it."""
        if self._tired("leave", most=1) or not self.voice.chance(0.3):
            return None
        return self.voice.phrase("thanks")

    def _tells(self, question: Asked, reply: Reply) -> Move | None:
        """Answer the question, by a button where there is one that fits."""
        wanted = self.goal.facts.get(_PRESSED.get(question, ""), "")
        button = _button(reply, wanted) if wanted else None
        again = self._count[f"asked {question}"] > 1
        if button and (again or self.voice.chance(self.temper.presses)):
            return Move(button=button)
        if button and self.voice.chance(self.temper.counts):
            place = str(reader.listed(reply).index(button) + 1)
            return self.voice.phrase("place", place=place)
        if not self.voice.can_say(_ANSWERS[question]):
            return self._goes_on(Asked.UNCLEAR)
        return self.voice.phrase(_ANSWERS[question])

    def _strays(self) -> bool:
        """Whether something else is asked now; once a talk."""
        wants = self.goal.asides and self.voice.chance(self.temper.strays)
        return bool(wants) and not self._tired("stray", most=1)

    def _tired(self, what: str, *, most: int = PATIENCE) -> bool:
        """Count it; whether it has happened more often than `most` by now."""
        self._count[what] = self._count.get(what, 0) + 1
        return self._count[what] > most


# Openings that are questions: what is told answers them.
_QUESTIONS = frozenset(
    {
        "order_status",
        "list_orders",
        "refund_status",
        "price",
        "stock",
        "promotion_subscribe",
        "promotion_unsubscribe",
        *(f"facts.{name}" for name in words.bank("en")["facts"]),
        *(f"policy.{name}" for name in words.bank("en")["policy"]),
    }
)


def _button(reply: Reply, value: str) -> tuple[str, str] | None:
    """The button that sends this, or begins with it where it ends in a colon."""
    for label, sent in reply.buttons:
        if sent == value or (value.endswith(":") and sent.startswith(value)):
            return label, sent
    return None
