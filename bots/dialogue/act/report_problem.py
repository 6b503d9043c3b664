"""Goods that came damaged, wrong, or not at all: money back, and nothing to send back."""

from collections.abc import Mapping
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import cases, phrasing
from bots.dialogue.act.fields import OwnOrder
from bots.dialogue.act.grounds import problem
from bots.dialogue.act.items import Items
from bots.dialogue.act.skill import Field
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import Write, order_of
from bots.messages import Button
from orders import aftersales
from orders.models import Case
from orders.refusal import Code, Refusal

_GROUNDS = (Case.Ground.DAMAGED, Case.Ground.WRONG_ITEM, Case.Ground.LOST)
# A note of what was said is no longer than a case keeps.
_MOST = 500


class Problem(Field):
    """What went wrong, in the shopper's words: `{"ground": …, "said": …}`."""

    def take(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, str] | None:
        if not talk.fresh:
            return None
        asked = talk.task.asked == self.name
        if asked and (chosen := talk.chosen()) in _GROUNDS:
            return {"ground": chosen, "said": ""}
        if not asked and self.name in values:
            return None
        text = talk.given.text.strip()
        found = problem(text)
        return {"ground": found, "said": text[:_MOST]} if found else None

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        buttons = tuple(
            Button(label=_named(ground, talk.language), value=ground)
            for ground in _GROUNDS
        )
        wording = "problem/which_again" if again else "problem/which"
        talk.say(wording, buttons=(*buttons, talk.button("human")))


class ReportProblem(Write):
    name = "report_problem"
    tool = "open_refund"

    order = OwnOrder(statuses=("shipped", "delivered"))
    problem = Problem()
    items = Items("problem")

    def arguments(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "number": values["order"],
            "items": cases.counted(values["items"]),
            "ground": values["problem"]["ground"],
            "reason": values["problem"]["said"],
        }

    def propose(self, talk: Talk, values: Mapping[str, Any], preview: Any) -> None:
        order = order_of(talk, values)
        ground = Case.Ground(values["problem"]["ground"])
        quote = talk.call(
            aftersales.quote_refund,
            order,
            values["items"],
            ground=ground,
            now=talk.given.at,
        )
        talk.say(
            "problem/confirm",
            number=order.number,
            items=phrasing.counts(order, values["items"], talk.language),
            ground=_named(ground, talk.language),
            amount=answer.money(quote.amount, order.currency),
            method=phrasing.payee(quote.method, talk.language),
            buttons=(*talk.answers(), talk.person("problem")),
        )

    def done(self, talk: Talk, values: Mapping[str, Any], result: Any) -> None:
        items = phrasing.counts(order_of(talk, values), values["items"], talk.language)
        cases.opened(talk, values, result, topic="problem", items=items)

    def refused(self, talk: Talk, values: Mapping[str, Any], refusal: Refusal) -> None:
        order = order_of(talk, values)
        if refusal.code not in {Code.NOT_SENT, Code.NOT_DELIVERED}:
            cases.refused(talk, values, refusal)
            return
        talk.say(
            "problem/not_arrived",
            number=order.number,
            status=phrasing.status(order, talk.language),
            buttons=(talk.button("order_status"), talk.person("problem")),
        )


def _named(ground: str, language: str) -> str:
    return answer.in_language(lambda: str(Case.Ground(ground).label), language)
