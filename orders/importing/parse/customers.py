"""A line of customers.jsonl."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from orders.importing import values
from orders.importing.errors import LineError
from orders.importing.fields import Fields
from orders.models import PaymentMethod
from orders.text import Localized

address_part = partial(values.text, limit=500)


@dataclass(frozen=True, kw_only=True, slots=True)
class MethodRow:
    ref: str
    kind: PaymentMethod.Kind
    label: str
    localized: dict[str, Localized]
    balance: Decimal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerRow:
    ref: str
    name: str
    localized: dict[str, Localized]
    email: str
    phone: str
    language: str
    timezone: str
    tags: list[str]
    marketing_opt_in: bool
    preferences: list[str]
    address: dict[str, str | Localized]
    payment_methods: list[MethodRow]


# An e-mail or a time zone is taken as it is: shops hold what their customers typed,
# and without the customer all of their orders would be lost too.
def parse_customer(fields: Fields) -> CustomerRow:
    return CustomerRow(
        ref=fields.ref("ref"),
        name=_name(fields),
        localized=fields.said,
        email=fields.text("email", 254),
        phone=fields.text("phone", 32),
        language=fields.optional("language", values.language) or "en",
        timezone=fields.text("timezone", 64),
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
            label=method.wording("label", 100),
            localized=method.said,
            balance=method.optional("balance", values.amount),
        )
        if row.ref in methods:
            raise LineError(
                _("“%(ref)s” is listed twice") % {"ref": row.ref},
                field=method.at("ref"),
            )
        methods[row.ref] = row
    return list(methods.values())


def _name(fields: Fields) -> str:
    name = fields.wording("name", 200)
    if not name.strip():
        raise LineError(_("is missing"), field="name")
    return name
