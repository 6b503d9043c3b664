"""A line of cases.jsonl."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from orders.importing import values
from orders.importing.errors import LineError
from orders.importing.fields import REF, Fields, string
from orders.models import Case
from orders.text import Localized


@dataclass(frozen=True, kw_only=True, slots=True)
class RefundRow:
    amount: Decimal
    method: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRow:
    ref: str
    kind: Case.Kind
    order: str
    # How many of each; the file repeats a SKU instead.
    skus: Counter[str]
    status: Case.Status
    reason: str
    localized: dict[str, Localized]
    opened_at: datetime
    refund: RefundRow | None
    replacement_skus: list[str]
    # None where the file does not say: then it stays as it is.
    ground: Case.Ground | None
    difference: Decimal | None
    fee: Decimal | None
    deadline: datetime | None
    decision: str | None
    cancels_order: bool | None
    # Which of the order's payments settle it, counted from 0 in the order of time.
    payments: list[int] | None


def parse_case(fields: Fields) -> CaseRow:
    skus = Counter(fields.texts("skus"))
    if not skus:
        raise LineError(_("is empty"), field="skus")
    return CaseRow(
        ref=fields.ref("ref"),
        kind=fields.choice("kind", Case.Kind),
        order=fields.ref("order"),
        skus=skus,
        status=fields.choice("status", Case.Status),
        reason=fields.wording("reason", 500),
        localized=fields.said,
        opened_at=fields.moment("opened_at"),
        refund=_refund(fields.inner("refund")),
        replacement_skus=fields.texts("replacement_skus"),
        ground=fields.optional("ground", _ground),
        difference=fields.optional("difference", values.signed),
        fee=fields.optional("fee", values.amount),
        deadline=fields.optional("deadline", values.moment),
        decision=fields.optional("decision", string(500)),
        cancels_order=fields.optional("cancels_order", values.flag),
        payments=fields.optional("payments", _places),
    )


def _ground(value: object) -> Case.Ground:
    return values.choice(value, Case.Ground)


def _places(value: object) -> list[int]:
    if not isinstance(value, list):
        raise LineError(_("must be a list"))
    return [values.whole(place, least=0) for place in value]


def _refund(fields: Fields | None) -> RefundRow | None:
    if fields is None:
        return None
    return RefundRow(amount=fields.amount("amount"), method=fields.text("method", REF))
