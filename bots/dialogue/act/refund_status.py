"""Where a refund or an after-sales case stands."""

from collections.abc import Mapping
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import phrasing, refunds
from bots.dialogue.act.fields import OwnOrder
from bots.dialogue.act.skill import Tell
from bots.dialogue.act.talk import Talk
from orders.models import Case, Order

Status = Case.Status


class RefundStatus(Tell):
    name = "refund_status"
    often_general = True

    order = OwnOrder(statuses=("cancelled", "delivered"))

    def act(self, talk: Talk, values: Mapping[str, Any]) -> None:
        order = talk.order(values["order"])
        if order is None:
            talk.say("order/not_found", number=values["order"])
            return
        talk.note(order=order.number)
        said = tell_cases(talk, order)
        if not refunds.tell(talk, order) and not said:
            talk.say(
                "refund/none",
                number=order.number,
                status=phrasing.status(order, talk.language),
                buttons=(talk.button("human"),),
            )


def tell_cases(talk: Talk, order: Order, *, still_open: bool = False) -> bool:
    """Say where each case of the order stands; whether there is one."""
    cases = [case for case in order.cases.all() if case.is_open or not still_open]
    for case in cases:
        _tell(talk, order, case)
    return bool(cases)


def _tell(talk: Talk, order: Order, case: Case) -> None:
    waits = waits_for_photo(talk, case)
    talk.say(
        "refund/case",
        number=order.number,
        ref=case.ref,
        kind=answer.in_language(case.get_kind_display, talk.language),
        status=answer.in_language(case.get_status_display, talk.language),
        state=case.status,
        decision=case.decision,
        waits=waits,
        buttons=(talk.person("problem"),) if waits else (),
    )


def waits_for_photo(talk: Talk, case: Case) -> bool:
    """Whether the shop wants to see the goods before it decides."""
    if case.status != Status.REQUESTED or case.evidence.exists():
        return False
    return case.ground in talk.terms.evidence_grounds
