"""What a bad call raises is what its tool says beforehand, and changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from orders import tools
from orders.acting import By
from orders.models import Customer, Order, PaymentMethod, Variant
from orders.refusal import Code, Refusal
from orders.tools import TOOLS, Audience
from tests import factories
from tests.orders.whole import snapshot


@dataclass(frozen=True, kw_only=True)
class Shop:
    """One shopper's orders in every state, and one of somebody else."""

    pending: str
    processed: str
    delivered: str
    late: str
    cancelled: str
    closed: str
    unpaid: str
    repaid: str
    foreign: str
    sku: dict[str, str]
    other_sku: str
    sold_out: str
    foreign_card: str
    poor_card: str
    card: str
    case: str
    done_case: str


@pytest.fixture
def shop(anna: Customer, eve: Customer, by_anna: By, by_staff: By) -> Shop:
    now = by_anna.at
    card = factories.method(anna)
    gift = PaymentMethod.Kind.GIFT_CARD
    poor = factories.method(anna, kind=gift, balance=Decimal("1.00"))
    delivered, late = factories.delivered_order(anna), factories.delivered_order(anna)
    Order.objects.filter(pk=late.pk).update(
        placed_at=now - timedelta(days=900), delivered_at=now - timedelta(days=800)
    )
    closed, repaid = factories.order(anna), factories.order(anna)
    Order.objects.filter(pk=closed.pk).update(items_changed_at=now)
    tools.call(
        "change_payment", {"number": repaid.number, "method": card.ref}, by=by_anna
    )
    made = {
        "pending": factories.order(anna),
        "processed": factories.order(anna, status=Order.Status.PROCESSED),
        "delivered": delivered,
        "late": late,
        "cancelled": factories.order(anna, status=Order.Status.CANCELLED),
        "closed": closed,
        "unpaid": factories.order(anna, paid=False),
        "repaid": repaid,
        "foreign": factories.order(eve),
    }
    sku = {name: one.lines.get().variant.sku for name, one in made.items()}
    dear = variant_like(sku["pending"], price=Decimal("500.00"))
    return Shop(
        **{name: one.number for name, one in made.items()},
        sku={**sku, "dear": dear.sku},
        other_sku=factories.variant().sku,
        sold_out=variant_like(sku["pending"], stock=0).sku,
        foreign_card=factories.method(eve).ref,
        poor_card=poor.ref,
        card=card.ref,
        case=opened(anna, by_anna),
        done_case=rejected(anna, by_anna, by_staff),
    )


def variant_like(sku: str, **values: Any) -> Variant:
    product = Variant.objects.get(sku=sku).product
    return factories.variant(product, **{"price": Decimal("99.00"), **values})


def opened(anna: Customer, by: By) -> str:
    order = factories.delivered_order(anna)
    items = [{"sku": order.lines.get().variant.sku}]
    made = tools.call("open_return", {"number": order.number, "items": items}, by=by)
    ref: str = made["case"]["ref"]
    return ref


def rejected(anna: Customer, by: By, by_staff: By) -> str:
    ref = opened(anna, by)
    tools.call("reject_case", {"ref": ref, "decision": "No."}, by=by_staff)
    return ref


Arguments = dict[str, Any]
ADDRESS = {"line1": "1 Main St", "city": "Springfield"}
REASON = "too_slow"


def items(sku: str, quantity: int = 1) -> list[Arguments]:
    return [{"sku": sku, "quantity": quantity}]


def swap(sku: str, new_sku: str) -> list[Arguments]:
    return [{"sku": sku, "new_sku": new_sku}]


def change(shop: Shop, number: str, sku: str, new: str, card: str = "") -> Arguments:
    method = card or shop.card
    return {"number": number, "swaps": swap(sku, new), "method": method}


def exchange(shop: Shop, state: str, new: str) -> Arguments:
    return {"number": getattr(shop, state), "swaps": swap(shop.sku[state], new)}


def back(shop: Shop, state: str, **more: Any) -> Arguments:
    number = getattr(shop, state)
    return {"number": number, "items": items(shop.sku[state]), **more}


BAD: list[tuple[str, Code, Callable[[Shop], Arguments]]] = [
    *(
        ("cancel_order", code, lambda s, at=at: {"number": getattr(s, at), "reason": REASON})
        for at, code in {
            "foreign": Code.ORDER_NOT_FOUND,
            "processed": Code.NOT_PENDING,
            "cancelled": Code.ALREADY_CANCELLED,
            "closed": Code.CLOSED,
        }.items()
    ),
    ("cancel_order", Code.INVALID_REASON, lambda s: {"number": s.pending, "reason": "?"}),
    ("change_address", Code.ORDER_NOT_FOUND, lambda s: {"number": s.foreign, "address": ADDRESS}),
    ("change_address", Code.NOT_PENDING, lambda s: {"number": s.delivered, "address": ADDRESS}),
    ("change_address", Code.CLOSED, lambda s: {"number": s.closed, "address": ADDRESS}),
    ("change_address", Code.INVALID_ADDRESS, lambda s: {"number": s.pending, "address": {"line1": "", "city": ""}}),
    ("change_default_address", Code.CUSTOMER_NOT_FOUND, lambda _s: {"customer": "C0", "address": ADDRESS}),
    ("change_default_address", Code.INVALID_ADDRESS, lambda _s: {"address": {"line1": "", "city": ""}}),
    ("change_payment", Code.ORDER_NOT_FOUND, lambda s: {"number": s.foreign, "method": s.card}),
    ("change_payment", Code.NOT_PENDING, lambda s: {"number": s.processed, "method": s.card}),
    ("change_payment", Code.METHOD_NOT_FOUND, lambda s: {"number": s.pending, "method": s.foreign_card}),
    ("change_payment", Code.BALANCE_TOO_LOW, lambda s: {"number": s.pending, "method": s.poor_card}),
    ("change_payment", Code.NOT_PAID, lambda s: {"number": s.unpaid, "method": s.card}),
    ("change_payment", Code.METHOD_CHANGED, lambda s: {"number": s.repaid, "method": s.card}),
    ("change_items", Code.ORDER_NOT_FOUND, lambda s: change(s, s.foreign, s.sku["foreign"], s.sku["dear"])),
    ("change_items", Code.NOT_PENDING, lambda s: change(s, s.delivered, s.sku["delivered"], s.sku["dear"])),
    ("change_items", Code.NO_ITEMS, lambda s: {"number": s.pending, "swaps": [], "method": s.card}),
    ("change_items", Code.LINE_NOT_IN_ORDER, lambda s: change(s, s.pending, s.other_sku, s.sku["dear"])),
    ("change_items", Code.NEW_ITEM_UNKNOWN, lambda s: change(s, s.pending, s.sku["pending"], "S0")),
    ("change_items", Code.OTHER_PRODUCT, lambda s: change(s, s.pending, s.sku["pending"], s.other_sku)),
    ("change_items", Code.SOLD_OUT, lambda s: change(s, s.pending, s.sku["pending"], s.sold_out)),
    ("change_items", Code.METHOD_NOT_FOUND, lambda s: change(s, s.pending, s.sku["pending"], s.sku["dear"], s.foreign_card)),
    ("change_items", Code.BALANCE_TOO_LOW, lambda s: change(s, s.pending, s.sku["pending"], s.sku["dear"], s.poor_card)),
    ("change_items", Code.TOO_MANY_PIECES, lambda s: {"number": s.pending, "swaps": swap(s.sku["pending"], s.sku["dear"]) * 2, "method": s.card}),
    ("change_delivery", Code.ORDER_NOT_FOUND, lambda s: {"number": s.foreign, "note": "Ring."}),
    ("change_delivery", Code.NOT_PENDING, lambda s: {"number": s.processed, "note": "Ring."}),
    ("change_delivery", Code.INVALID_DELIVERY, lambda s: {"number": s.pending, "method": "drone"}),
    ("change_delivery", Code.INVALID_DELIVERY, lambda s: {"number": s.pending, "on": "2001-01-01"}),
    ("change_delivery", Code.NOTHING_CHANGED, lambda s: {"number": s.pending}),
    *(
        (tool, code, lambda s, at=at: back(s, at))
        for tool in ("open_return", "open_repair")
        for at, code in {
            "foreign": Code.ORDER_NOT_FOUND,
            "pending": Code.NOT_DELIVERED,
            "late": Code.WINDOW_PASSED,
        }.items()
    ),
    *(
        (tool, code, lambda s, given=given: {"number": s.delivered, "items": given(s)})
        for tool in ("open_return", "open_repair")
        for code, given in {
            Code.NO_ITEMS: lambda _s: [],
            Code.LINE_NOT_IN_ORDER: lambda s: items(s.other_sku),
            Code.TOO_MANY_PIECES: lambda s: items(s.sku["delivered"], 2),
        }.items()
    ),
    ("open_return", Code.METHOD_NOT_FOUND, lambda s: back(s, "delivered", method=s.foreign_card)),
    ("open_return", Code.METHOD_NOT_ALLOWED, lambda s: back(s, "delivered", method=s.card)),
    ("open_refund", Code.INVALID_GROUND, lambda s: back(s, "delivered", ground="changed_mind")),
    ("open_refund", Code.NOT_SENT, lambda s: back(s, "pending", ground="lost")),
    ("open_refund", Code.NOT_DELIVERED, lambda s: back(s, "pending", ground="damaged")),
    ("open_refund", Code.WINDOW_PASSED, lambda s: back(s, "late", ground="damaged")),
    ("open_exchange", Code.NOT_DELIVERED, lambda s: exchange(s, "pending", s.sku["dear"])),
    ("open_exchange", Code.WINDOW_PASSED, lambda s: exchange(s, "late", s.sku["dear"])),
    ("open_exchange", Code.OTHER_PRODUCT, lambda s: exchange(s, "delivered", s.other_sku)),
    ("open_exchange", Code.NEW_ITEM_UNKNOWN, lambda s: exchange(s, "delivered", "S0")),
    ("withdraw_case", Code.CASE_NOT_FOUND, lambda _s: {"ref": "RMA0"}),
    ("withdraw_case", Code.CASE_STATUS, lambda s: {"ref": s.done_case}),
    ("approve_case", Code.CASE_STATUS, lambda s: {"ref": s.done_case}),
    ("receive_case", Code.CASE_STATUS, lambda s: {"ref": s.done_case}),
    ("complete_case", Code.CASE_STATUS, lambda s: {"ref": s.case}),
    ("reject_case", Code.CASE_NOT_FOUND, lambda _s: {"ref": "RMA0", "decision": "No."}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code", "arguments"),
    BAD,
    ids=[f"{n}-{name}-{code}" for n, (name, code, _) in enumerate(BAD)],
)
def test_a_bad_call_is_refused_as_described(
    shop: Shop,
    by_anna: By,
    by_staff: By,
    name: str,
    code: Code,
    arguments: Callable[[Shop], Arguments],
) -> None:
    by = by_staff if TOOLS[name].audience == Audience.STAFF else by_anna
    given, before = arguments(shop), snapshot()
    with pytest.raises(Refusal) as refused:
        tools.call(name, given, by=by)
    assert refused.value.code == code
    assert code in TOOLS[name].errors
    assert refused.value.sentence
    assert snapshot() == before


def test_every_write_has_bad_calls() -> None:
    writes = {name for name, tool in TOOLS.items() if tool.writes}
    assert {name for name, _code, _given in BAD} == writes
