"""A line of orders.jsonl."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from orders.importing import values
from orders.importing.errors import LineError
from orders.importing.fields import REF, Fields, string
from orders.importing.parse.customers import address_part
from orders.models import Order, Payment, ShipmentEvent
from orders.text import Localized

_CURRENCY = re.compile("[A-Z]{3}")


@dataclass(frozen=True, kw_only=True, slots=True)
class LineRow:
    sku: str
    product: str
    quantity: int
    unit_price: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class PaymentRow:
    kind: Payment.Kind
    method: str
    amount: Decimal
    at: datetime
    # None where the file does not say.
    state: Payment.State | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EventRow:
    at: datetime
    place: Localized
    status: ShipmentEvent.Status
    text: Localized


@dataclass(frozen=True, kw_only=True, slots=True)
class ShipmentRow:
    carrier: str
    localized: dict[str, Localized]
    tracking_number: str
    skus: list[str]
    estimated_delivery: date | None
    events: list[EventRow]


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderRow:
    ref: str
    customer: str
    placed_at: datetime
    status: Order.Status
    currency: str
    lines: list[LineRow]
    address: dict[str, str | Localized]
    payments: list[PaymentRow]
    shipments: list[ShipmentRow]
    delivered_at: datetime | None
    # None where the file does not say: then it stays as it is.
    discount: Decimal | None
    shipping_fee: Decimal | None
    delivery_method: str | None
    deliver_on: date | None
    delivery_note: str | None
    cancelled_at: datetime | None
    cancel_reason: str | None
    items_changed_at: datetime | None


def parse_order(fields: Fields) -> OrderRow:
    # An empty list is what shops leave of an order that was emptied and cancelled.
    lines = [_line(line) for line in fields.objects("lines", required=True)]
    skus = {line.sku for line in lines}
    return OrderRow(
        ref=fields.ref("number"),
        customer=fields.ref("customer"),
        placed_at=fields.moment("placed_at"),
        status=fields.choice("status", Order.Status),
        currency=fields.required("currency", _currency),
        lines=lines,
        address=fields.mapping("address", address_part),
        payments=_payments(fields),
        shipments=[_own(item, skus) for item in fields.objects("shipments")],
        delivered_at=fields.optional("delivered_at", values.moment),
        discount=fields.optional("discount", values.amount),
        shipping_fee=fields.optional("shipping_fee", values.amount),
        delivery_method=fields.optional("delivery_method", string(32)),
        deliver_on=fields.day("deliver_on"),
        delivery_note=fields.optional("delivery_note", string(300)),
        cancelled_at=fields.optional("cancelled_at", values.moment),
        cancel_reason=fields.optional("cancel_reason", string(64)),
        items_changed_at=fields.optional("items_changed_at", values.moment),
    )


def _line(fields: Fields) -> LineRow:
    return LineRow(
        sku=fields.ref("sku"),
        product=fields.ref("product"),
        quantity=fields.whole("quantity", least=1, default=1),
        unit_price=fields.amount("unit_price"),
    )


def _payments(fields: Fields) -> list[PaymentRow]:
    payments = [
        PaymentRow(
            kind=payment.choice("kind", Payment.Kind),
            method=payment.text("method", REF),
            amount=payment.amount("amount"),
            at=payment.moment("at"),
            state=payment.optional("state", _state),
        )
        for payment in fields.objects("payments")
    ]
    return sorted(payments, key=lambda payment: payment.at)


def _own(fields: Fields, ordered: set[str]) -> ShipmentRow:
    row = parse_shipment(fields)
    for sku in row.skus:
        if sku not in ordered:
            raise LineError(
                _("“%(sku)s” is not in this order") % {"sku": sku},
                field=fields.at("skus"),
            )
    return row


def parse_shipment(fields: Fields) -> ShipmentRow:
    events = [parse_event(event) for event in fields.objects("events")]
    return ShipmentRow(
        carrier=fields.wording("carrier", 64),
        localized=fields.said,
        tracking_number=fields.text("tracking_number", 64),
        skus=fields.texts("skus"),
        estimated_delivery=fields.day("estimated_delivery"),
        events=sorted(events, key=lambda event: event.at),
    )


def parse_event(fields: Fields) -> EventRow:
    return EventRow(
        at=fields.moment("at"),
        place=fields.localized("place"),
        status=fields.choice("status", ShipmentEvent.Status),
        text=fields.localized("text"),
    )


def _state(value: object) -> Payment.State:
    return values.choice(value, Payment.State)


def _currency(value: object) -> str:
    text = values.string(value, values.LONG_TEXT)
    if not _CURRENCY.fullmatch(text):
        raise LineError(_("must be three capital letters such as “CNY”"))
    return text
