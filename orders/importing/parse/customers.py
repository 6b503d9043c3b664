"""A line of customers.jsonl."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from orders.importing import values
from orders.importing.errors import LineError
from orders.importing.fields import Fields
from orders.models import PaymentMethod

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
address_part = partial(values.string, limit=500)


@dataclass(frozen=True, kw_only=True, slots=True)
class MethodRow:
    ref: str
    kind: PaymentMethod.Kind
    label: str
    balance: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerRow:
    ref: str
    name: str
    email: str
    phone: str
    language: str
    timezone: str
    tags: list[str]
    marketing_opt_in: bool
    preferences: list[str]
    address: dict[str, str]
    payment_methods: list[MethodRow]


def parse_customer(fields: Fields) -> CustomerRow:
    return CustomerRow(
        ref=fields.ref("ref"),
        name=fields.ref("name", 200),
        email=fields.optional("email", _email) or "",
        phone=fields.text("phone", 32),
        language=fields.optional("language", values.language) or "en",
        timezone=fields.optional("timezone", _timezone) or "",
        tags=fields.texts("tags"),
        marketing_opt_in=fields.flag("marketing_opt_in", default=False),
        preferences=fields.texts("preferences"),
        address=fields.mapping("address", address_part),
        payment_methods=_methods(fields),
    )


def _methods(fields: Fields) -> list[MethodRow]:
    methods: dict[str, MethodRow] = {}
    for method in fields.objects("payment_methods"):
        row = MethodRow(
            ref=method.ref("ref"),
            kind=method.choice("kind", PaymentMethod.Kind),
            label=method.text("label", 100),
            balance=method.optional("balance", values.amount),
        )
        if row.ref in methods:
            raise LineError(
                _("“%(ref)s” is listed twice") % {"ref": row.ref},
                field=method.at("ref"),
            )
        methods[row.ref] = row
    return list(methods.values())


def _email(value: object) -> str:
    text = values.string(value, 254)
    if text and not _EMAIL.fullmatch(text):
        raise LineError(_("is no e-mail address"))
    return text


def _timezone(value: object) -> str:
    text = values.string(value, 64)
    if text and text not in _timezones():
        raise LineError(_("unknown time zone “%(name)s”") % {"name": text})
    return text


@cache
def _timezones() -> set[str]:
    return available_timezones()
