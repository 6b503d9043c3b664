"""Where an order is."""

import re
from collections.abc import Mapping
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import phrasing, refund_status, refunds
from bots.dialogue.act.fields import OwnOrder
from bots.dialogue.act.skill import Tell
from bots.dialogue.act.talk import Talk
from orders.models import Order, Shipment
from orders.text import pick

# "Show me my orders" asks for all of them, not for the one that is on its way.
_LIST = re.compile(
    r"\b(?:my|all|the)(?: (?:\w+ )?)?orders\b|\borders (?:that )?i\b"
    r"|(?:哪些|所有|全部|几个)的?(?:订单|单)|订单.{0,4}(?:列|有哪)|哪些单|(?:看看?|列出?|查看)"
    r"(?:一?下)?我的订单",
    re.IGNORECASE,
)


class AnyOrder(OwnOrder):
    """All are likely where a list is asked for."""

    def default(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        several = len(talk.orders) > 1
        return None if several and _asks_list(talk) else super().default(talk, values)

    def _candidates(self, talk: Talk) -> list[Order]:
        return talk.orders if _asks_list(talk) else super()._candidates(talk)


def _asks_list(talk: Talk) -> bool:
    return talk.fresh and bool(_LIST.search(talk.given.text))


class OrderStatus(Tell):
    name = "order_status"

    order = AnyOrder(statuses=("pending", "processed", "shipped"))

    def act(self, talk: Talk, values: Mapping[str, Any]) -> None:
        order = talk.order(values["order"])
        if order is None:
            talk.say("order/not_found", number=values["order"])
            return
        talk.note(order=order.number)
        language = talk.language
        delivered = order.delivered_at
        talk.say(
            f"order_status/{order.status}",
            number=order.number,
            items=phrasing.items(order.lines.all(), language),
            placed=answer.day(order.placed_at, language),
            delivered=answer.moment(delivered, language) if delivered else "",
            parcels=[_parcel(parcel, language) for parcel in order.shipments.all()],
            buttons=_next_steps(talk, order),
        )
        refund_status.tell_cases(talk, order, still_open=True)
        if order.status == Order.Status.CANCELLED:
            refunds.tell(talk, order)


def _parcel(parcel: Shipment, language: str) -> dict[str, str]:
    newest = max(parcel.events.all(), key=lambda event: event.at, default=None)
    said = {
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "expected": (
            answer.day(parcel.estimated_delivery, language)
            if parcel.estimated_delivery
            else ""
        ),
    }
    if newest:
        said["at"] = answer.moment(newest.at, language)
        said["place"] = pick(newest.place, language)
        said["event"] = pick(newest.text, language) or answer.in_language(
            newest.get_status_display, language
        )
    return said


def _next_steps(talk: Talk, order: Order) -> tuple[Any, ...]:
    if order.status == Order.Status.DELIVERED:
        return (talk.button("return_order"), talk.button("human"))
    return ()
