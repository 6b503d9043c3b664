"""Puts an order's event into words."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import phrasing
from bots.messages import Button
from orders.models import OrderEvent, OrderLine, PaymentMethod
from orders.text import pick

Kind = OrderEvent.Kind

_OF_MONEY = {Kind.PAID, Kind.REFUNDED, Kind.PAYMENT_FAILED}
_WENT_WRONG = {Kind.EXCEPTION, Kind.PAYMENT_FAILED}


def text(event: OrderEvent, language: str) -> str:
    facts = _money if event.kind in _OF_MONEY else _parcel
    return answer.say(
        f"notice/{event.kind}",
        language,
        number=event.order.number,
        **facts(event, language),
    )


def buttons(event: OrderEvent, language: str) -> tuple[Button, ...]:
    """A person, where something went wrong."""
    if event.kind in _WENT_WRONG:
        return (answer.button("human", language),)
    return ()


def _money(event: OrderEvent, language: str) -> dict[str, Any]:
    facts = event.facts
    kind = facts["method_kind"]
    return {
        "amount": answer.money(Decimal(facts["amount"]), facts["currency"]),
        "method": facts["method"] or _kind_of_method(kind, language),
        "at_once": kind == PaymentMethod.Kind.GIFT_CARD,
        "lacking": facts.get("lacking", False),
        "changeable": facts.get("changeable", False),
    }


def _kind_of_method(kind: str, language: str) -> str:
    if not kind:
        return ""
    return answer.in_language(lambda: str(PaymentMethod.Kind(kind).label), language)


def _parcel(event: OrderEvent, language: str) -> dict[str, Any]:
    facts = event.facts
    expected = facts["expected"]
    return {
        "items": phrasing.items(_lines(event), language),
        "carrier": facts["carrier"],
        "tracking_number": facts["tracking_number"],
        "expected": answer.day(date.fromisoformat(expected), language)
        if expected
        else "",
        "at": answer.moment(event.at, language),
        "place": pick(facts["place"], language),
        "said": pick(facts["text"], language),
    }


def _lines(event: OrderEvent) -> Iterable[OrderLine]:
    """What is in the parcel; all of the order where the shop does not say."""
    lines = event.order.lines.select_related("product", "variant")
    inside = lines.filter(variant__sku__in=event.facts["skus"])
    return list(inside) or list(lines)
