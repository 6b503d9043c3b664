"""The least that makes a valid object of each kind."""

import itertools
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Permission, User
from django.utils import timezone

from bots.messages import Inbound, Kind
from bots.models import Channel, Contact, Conversation
from kb.models import Entry, Translation
from orders.models import (
    Customer,
    Order,
    OrderLine,
    Payment,
    PaymentMethod,
    Product,
    Variant,
)

_numbers = itertools.count(1)


def customer(**values: Any) -> Customer:
    number = next(_numbers)
    defaults = {
        "ref": f"C{number}",
        "name": "Anna Li",
        "email": f"anna{number}@example.com",
        "phone": f"+861380000{number:04}",
    }
    return Customer.objects.create(**{**defaults, **values})


def product(name: str | dict[str, str] = "Kettle", **values: Any) -> Product:
    number = next(_numbers)
    names = {"en": name, "zh": "电水壶"} if isinstance(name, str) else name
    defaults = {"ref": f"P{number}", "name": names}
    return Product.objects.create(**{**defaults, **values})


def variant(of: Product | None = None, **values: Any) -> Variant:
    defaults = {
        "product": of or product(),
        "sku": f"S{next(_numbers)}",
        "price": Decimal("99.00"),
        "stock": 5,
    }
    return Variant.objects.create(**{**defaults, **values})


def order(
    owner: Customer | None = None, *, lines: int = 1, paid: bool = True, **values: Any
) -> Order:
    """An order of one-piece lines, paid by card unless told otherwise."""
    owner = owner or customer()
    defaults: dict[str, Any] = {
        "number": f"SO{100000 + next(_numbers)}",
        "customer": owner,
        "placed_at": timezone.now() - timedelta(days=2),
        "status": Order.Status.PENDING,
        "currency": "CNY",
    }
    made = Order.objects.create(**{**defaults, **values})
    for _ in range(lines):
        piece = variant()
        OrderLine.objects.create(
            order=made, product=piece.product, variant=piece, unit_price=piece.price
        )
    if paid:
        Payment.objects.create(
            order=made,
            kind=Payment.Kind.PAYMENT,
            method=method(owner),
            amount=made.total,
            at=made.placed_at,
        )
    return made


def delivered_order(
    owner: Customer | None = None, *, days_ago: float = 1, **values: Any
) -> Order:
    at = timezone.now() - timedelta(days=days_ago)
    return order(owner, status=Order.Status.DELIVERED, delivered_at=at, **values)


def method(owner: Customer, **values: Any) -> PaymentMethod:
    defaults = {
        "customer": owner,
        "ref": f"pm{next(_numbers)}",
        "kind": PaymentMethod.Kind.CREDIT_CARD,
    }
    return PaymentMethod.objects.create(**{**defaults, **values})


def channel(kind: str = Channel.Kind.WEB, **values: Any) -> Channel:
    defaults = {"kind": kind, "slug": f"{kind}{next(_numbers)}", "name": "Shop"}
    return Channel.objects.create(**{**defaults, **values})


def conversation(on: Channel | None = None, **values: Any) -> Conversation:
    on = on or channel()
    number = next(_numbers)
    contact = values.pop("contact", None) or Contact.objects.create(
        channel=on, external_id=f"person{number}"
    )
    defaults = {"channel": on, "external_key": f"talk{number}", "contact": contact}
    return Conversation.objects.create(**{**defaults, **values})


def inbound(text: str = "hello", **values: Any) -> Inbound:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "dedup_key": f"u:{number}",
        "conversation_key": "chat:1",
        "sender_id": "1",
        "kind": Kind.TEXT,
        "occurred_at": timezone.now(),
        "text": text,
    }
    return Inbound(**{**defaults, **values})


def entry(question: str, answer: str, *, language: str = "en") -> Entry:
    made = Entry.objects.create(ref=f"F{next(_numbers)}", status=Entry.Status.PUBLISHED)
    Translation.objects.create(
        entry=made, language=language, question=question, answer=answer
    )
    return made


def agent(name: str = "agent") -> User:
    user = User.objects.create_user(
        f"{name}{next(_numbers)}", password="pass", is_staff=True
    )
    user.user_permissions.add(Permission.objects.get(codename="answer_ticket"))
    return user


def ago(**span: float) -> datetime:
    return timezone.now() - timedelta(**span)
