"""What after-sales skills share: the refusals they explain, and the case's number."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import refund_status, refunds
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import order_of, say_refusal, steps
from orders.models import Case
from orders.refusal import Code, Refusal

_IN_A_CASE = frozenset({Code.CASE_OPEN, Code.LINE_NOT_IN_ORDER})


def counted(items: Mapping[str, int]) -> list[dict[str, Any]]:
    """The items as the tools take them."""
    return [{"sku": sku, "quantity": count} for sku, count in items.items()]


def opened(
    talk: Talk, values: Mapping[str, Any], result: Any, *, topic: str, items: str
) -> None:
    """Say its number, and what it waits for, in the words of `topic`."""
    order = order_of(talk, values)
    case = Case.objects.get(ref=result["case"]["ref"])
    talk.say(
        f"{topic}/done",
        ref=case.ref,
        state=case.status,
        items=items,
        amount=answer.money(case.refund_amount or Decimal(), order.currency),
    )
    if case.status == Case.Status.COMPLETED:
        refunds.tell(talk, order)
    if refund_status.waits_for_photo(talk, case):
        talk.say("case/photo", ref=case.ref, buttons=(talk.person("problem"),))


def refused(talk: Talk, values: Mapping[str, Any], refusal: Refusal) -> None:
    """Say the day that has passed, or the cases there are; else the refusal itself."""
    order = order_of(talk, values)
    if refusal.code == Code.WINDOW_PASSED:
        deadline = datetime.fromisoformat(str(refusal.facts["deadline"]))
        talk.say(
            "case/window_passed",
            number=order.number,
            deadline=answer.day(deadline, talk.language),
            days=refusal.facts["days"],
            buttons=steps(talk, refusal),
        )
    elif refusal.code in _IN_A_CASE:
        talk.say("case/open", number=order.number, buttons=steps(talk, refusal))
        refund_status.tell_cases(talk, order)
    else:
        say_refusal(talk, refusal)
