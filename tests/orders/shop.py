"""A shop small enough to know by heart, for tests of what writes do to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.utils import translation

from orders.acting import By
from orders.models import (
    Case,
    Customer,
    Order,
    OrderLine,
    Payment,
    PaymentMethod,
    PolicyTerms,
    Variant,
)
from orders.refusal import Code, Refusal
from tests import factories

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
PLACED = NOW - timedelta(days=5)
DELIVERED = NOW - timedelta(days=2)
ADDRESS = {"line1": "1 New Road", "city": "Bath"}


class Shop:
    """Anna has a card, another card and a gift card; a kettle comes in three colours."""

    def __init__(self, **changes: Any) -> None:
        self.terms = terms(**changes)
        self.anna = factories.customer()
        self.card = factories.method(self.anna)
        self.other_card = factories.method(self.anna)
        self.gift = method(self.anna, "20.00")
        kettle = factories.product()
        self.red = factories.variant(kettle, price=Decimal("99.00"))
        self.blue = factories.variant(kettle, price=Decimal("109.50"))
        self.gold = factories.variant(kettle, price=Decimal("300.00"))
        self.sold_out = factories.variant(kettle, stock=0)
        self.toaster = factories.variant()

    def order(self, status: str = Order.Status.PENDING, **values: Any) -> Order:
        """Two red kettles and a toaster, paid by card."""
        return order(
            self.anna,
            {self.red: 2, self.toaster: 1},
            self.card,
            status=status,
            **values,
        )

    def case(self, status: str = Case.Status.REQUESTED, **values: Any) -> Case:
        """Of one red kettle of a delivered order."""
        of = self.order(Order.Status.DELIVERED)
        return case(of, status=status, refund_method=self.card, **values)

    def by(self, **values: Any) -> By:
        return By(**{"at": NOW, "customer": self.anna, **values})


STAFF = By(at=NOW, customer=None, actor="staff")


def terms(**values: Any) -> PolicyTerms:
    """Nothing waits for a person, unless a test says so."""
    defaults: dict[str, Any] = {
        "valid_from": PLACED - timedelta(days=100),
        "approval_limit": Decimal(1000),
        "delivery_methods": {"standard": "0.00", "express": "15.00"},
    }
    return PolicyTerms.objects.create(**{**defaults, **values})


def method(owner: Customer, balance: str) -> PaymentMethod:
    kind = PaymentMethod.Kind.GIFT_CARD
    return factories.method(owner, kind=kind, balance=Decimal(balance))


def order(
    owner: Customer,
    pieces: dict[Variant, int],
    paid_with: PaymentMethod | None = None,
    **values: Any,
) -> Order:
    if values.get("status") == Order.Status.DELIVERED:
        values.setdefault("delivered_at", DELIVERED)
    made = factories.order(
        owner, lines=0, paid=False, **{"placed_at": PLACED, **values}
    )
    for variant, quantity in pieces.items():
        OrderLine.objects.create(
            order=made,
            product=variant.product,
            variant=variant,
            quantity=quantity,
            unit_price=variant.price,
        )
    if paid_with:
        pay(made, made.total, paid_with)
    return made


def pay(
    made: Order,
    amount: Decimal | str,
    paid_with: PaymentMethod | None,
    kind: str = "payment",
    **values: Any,
) -> Payment:
    return Payment.objects.create(
        order=made,
        kind=kind,
        method=paid_with,
        amount=Decimal(amount),
        at=PLACED,
        **values,
    )


def case(of: Order, **values: Any) -> Case:
    """A return of one piece of the first line."""
    defaults: dict[str, Any] = {
        "ref": f"R{Case.objects.count()}",
        "kind": Case.Kind.RETURN,
        "order": of,
        "opened_at": NOW,
        "ground": Case.Ground.CHANGED_MIND,
        "refund_amount": Decimal("99.00"),
    }
    made = Case.objects.create(**{**defaults, **values})
    line = of.lines.all()[0]
    made.lines.create(line=line, quantity=1, paid=line.unit_price)
    return made


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Everything that the order side has stored."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("orders").get_models()
    }


@contextmanager
def refuses(*codes: Code) -> Iterator[None]:
    """See that it is refused, in words for both languages, and that nothing changed."""
    before = snapshot()
    with pytest.raises(Refusal) as caught:
        yield
    assert snapshot() == before
    assert caught.value.code in codes
    for language in ("en", "zh-hans"):
        with translation.override(language):
            sentence = caught.value.sentence
        assert sentence
        assert "%(" not in sentence


def state(of: Order) -> str:
    return Order.objects.get(pk=of.pk).status


def balance(of: PaymentMethod) -> Decimal | None:
    return PaymentMethod.objects.get(pk=of.pk).balance


def stock(of: Variant) -> int:
    return Variant.objects.get(pk=of.pk).stock


def booked(of: Order, kind: str = "refund") -> dict[PaymentMethod | None, Decimal]:
    """What went back (or was paid), by method."""
    found: dict[PaymentMethod | None, Decimal] = {}
    for payment in of.payments.filter(kind=kind).select_related("method"):
        found[payment.method] = found.get(payment.method, Decimal()) + payment.amount
    return found
