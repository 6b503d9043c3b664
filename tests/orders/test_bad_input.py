"""Whatever is wrong with a write: a typed refusal in words, and nothing is changed."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders import aftersales, changes
from orders.models import Case, Order, PolicyTerms
from orders.refusal import Code, Refusal
from orders.tools.calling import call
from orders.tools.tool import Tool
from orders.tools.writes import WRITES
from tests import factories
from tests.orders.calls import (
    AFTER_SALES,
    BEFORE_PACKING,
    CASE_WRITES,
    GOOD,
    Arguments,
    case_arguments,
    item,
    ready,
    swap,
    write,
)
from tests.orders.shop import ADDRESS, DELIVERED, Shop, pay, refuses
from tests.orders.shop import order as order_of

pytestmark = pytest.mark.django_db

Status, CaseStatus = Order.Status, Case.Status


def test_every_write_is_tried_with_bad_input() -> None:
    names = {tool.name for tool in WRITES}
    assert names
    assert names == {*GOOD, *CASE_WRITES, "change_default_address"}


@pytest.mark.parametrize("name", GOOD)
def test_what_the_table_calls_good_is_done(shop: Shop, name: str) -> None:
    order = ready(shop, name)
    write(name, {"number": order.number, **GOOD[name](shop)}, shop)


@pytest.mark.parametrize("status", [s for s in Status if s != Status.PENDING])
@pytest.mark.parametrize("name", BEFORE_PACKING)
def test_what_is_packed_is_not_changed(shop: Shop, name: str, status: str) -> None:
    order = shop.order(status)
    twice = name == "cancel_order" and status == Status.CANCELLED
    with refuses(Code.ALREADY_CANCELLED if twice else Code.NOT_PENDING):
        write(name, {"number": order.number, **GOOD[name](shop)}, shop)


@pytest.mark.parametrize("status", [s for s in Status if s != Status.DELIVERED])
@pytest.mark.parametrize("name", AFTER_SALES)
def test_no_case_before_delivery(shop: Shop, name: str, status: str) -> None:
    order = shop.order(status)
    with refuses(Code.NOT_DELIVERED):
        write(name, {"number": order.number, **GOOD[name](shop)}, shop)


@pytest.mark.parametrize("status", ["pending", "processed", "cancelled"])
def test_what_was_never_sent_is_not_lost(shop: Shop, status: str) -> None:
    order = shop.order(status)
    lost = {**item(shop.red.sku), "ground": "lost"}
    with refuses(Code.NOT_SENT):
        write("open_refund", {"number": order.number, **lost}, shop)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        (name, status)
        for name, allowed in CASE_WRITES.items()
        for status in CaseStatus
        if status not in allowed
    ],
)
def test_a_case_moves_only_along_its_way(shop: Shop, name: str, status: str) -> None:
    case = shop.case(status)
    with refuses(Code.CASE_STATUS):
        write(name, case_arguments(name, case.ref), shop)


@pytest.mark.parametrize("status", [CaseStatus.REJECTED, CaseStatus.COMPLETED])
def test_nothing_is_attached_to_a_closed_case(shop: Shop, status: str) -> None:
    case = shop.case(status)
    with refuses(Code.CASE_STATUS):
        attach(shop, case, "image/png", b"x")


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("image/svg+xml", b"x"),
        ("text/html", b"x"),
        ("image/png", b""),
        ("image/png", b"x" * (aftersales.EVIDENCE_SIZE + 1)),
    ],
)
def test_only_photos_of_some_size_are_attached(
    shop: Shop, content_type: str, content: bytes
) -> None:
    case = shop.case()
    with refuses(Code.EVIDENCE_NOT_ALLOWED):
        attach(shop, case, content_type, content)


def attach(shop: Shop, case: Case, content_type: str, content: bytes) -> None:
    aftersales.attach(
        case.ref, name="a", content_type=content_type, content=content, by=shop.by()
    )


@pytest.mark.parametrize("name", GOOD)
def test_anothers_order_is_as_one_that_is_not(shop: Shop, name: str) -> None:
    order = ready(shop, name)
    eve = shop.by(customer=factories.customer())
    seen = []
    for number in (order.number, "SO0"):
        arguments = {"number": number, **GOOD[name](shop)}
        with (
            CaptureQueriesContext(connection) as queries,
            pytest.raises(Refusal) as caught,
        ):
            call(name, arguments, by=eve)
        seen.append((caught.value.code, caught.value.sentence, len(queries)))
        with refuses(Code.ORDER_NOT_FOUND):
            call(name, arguments, by=eve)
    assert seen[0] == seen[1]


@pytest.mark.parametrize("name", ["withdraw_case", "attach_evidence"])
def test_anothers_case_is_as_one_that_is_not(shop: Shop, name: str) -> None:
    case = shop.case()
    eve = shop.by(customer=factories.customer())
    seen = []
    for ref in (case.ref, "R000"):
        with (
            refuses(Code.CASE_NOT_FOUND),
            CaptureQueriesContext(connection) as queries,
        ):
            if name == "withdraw_case":
                aftersales.withdraw(ref, by=eve)
            else:
                aftersales.attach(
                    ref, name="a", content_type="image/png", content=b"x", by=eve
                )
        seen.append(len(queries))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("name", CASE_WRITES)
def test_an_unknown_case_is_not_found(shop: Shop, name: str) -> None:
    with refuses(Code.CASE_NOT_FOUND):
        write(name, case_arguments(name, "R000"), shop)


@pytest.mark.parametrize(
    "name", [name for name in CASE_WRITES if name != "withdraw_case"]
)
def test_a_shopper_decides_on_no_case(shop: Shop, name: str) -> None:
    case = shop.case()
    with refuses(Code.NOT_ALLOWED):
        call(name, case_arguments(name, case.ref), by=shop.by())


@pytest.mark.parametrize(
    "decide", [aftersales.approve, aftersales.receive, aftersales.complete]
)
def test_not_even_past_the_tools(shop: Shop, decide: Callable[..., Case]) -> None:
    case = shop.case()
    with refuses(Code.NOT_ALLOWED):
        decide(case.ref, by=shop.by())


def test_anothers_profile_is_not_found(shop: Shop) -> None:
    eve = shop.by(customer=factories.customer())
    for ref in (shop.anna.ref, "C0"):
        with refuses(Code.CUSTOMER_NOT_FOUND):
            changes.change_default_address(ref, address=ADDRESS, by=eve)


@pytest.mark.parametrize("name", BEFORE_PACKING)
def test_an_order_whose_items_changed_is_closed(shop: Shop, name: str) -> None:
    order = shop.order(items_changed_at=DELIVERED)
    with refuses(Code.CLOSED):
        write(name, {"number": order.number, **GOOD[name](shop)}, shop)


DAYS = {"open_return": 7, "open_refund": 7, "open_exchange": 15, "open_repair": 365}


@pytest.mark.parametrize("name", AFTER_SALES)
def test_a_second_after_the_window_is_too_late(shop: Shop, name: str) -> None:
    order = ready(shop, name)
    given = {"number": order.number, **GOOD[name](shop)}
    last = DELIVERED + timedelta(days=DAYS[name])
    with refuses(Code.WINDOW_PASSED):
        call(name, given, by=shop.by(at=last + timedelta(seconds=1)))
    call(name, given, by=shop.by(at=last))
    assert order.cases.exists()


@pytest.mark.parametrize("name", AFTER_SALES)
def test_delivered_nobody_knows_when(shop: Shop, name: str) -> None:
    order = shop.order(Status.DELIVERED, delivered_at=None)
    with refuses(Code.NOT_DELIVERED):
        write(name, {"number": order.number, **GOOD[name](shop)}, shop)


@pytest.mark.parametrize("second", AFTER_SALES)
@pytest.mark.parametrize("first", AFTER_SALES)
def test_a_piece_is_in_one_case(shop: Shop, first: str, second: str) -> None:
    order = shop.order(Status.DELIVERED)
    everything = {
        "items": [{"sku": shop.red.sku, "quantity": 2}],
        "swaps": swap(shop.red.sku, shop.blue.sku, 2)["swaps"],
    }
    given = GOOD[first](shop)
    whole = {name: everything.get(name, value) for name, value in given.items()}
    write(first, {"number": order.number, **whole}, shop)
    with refuses(Code.CASE_OPEN):
        write(second, {"number": order.number, **GOOD[second](shop)}, shop)


@pytest.mark.parametrize("name", AFTER_SALES)
def test_one_case_an_order_where_terms_say_so(shop: Shop, name: str) -> None:
    PolicyTerms.objects.update(one_case_an_order=True)
    order = shop.order(Status.DELIVERED)
    write("open_return", {"number": order.number, **item(shop.toaster.sku)}, shop)
    with refuses(Code.CASE_OPEN):
        write(name, {"number": order.number, **GOOD[name](shop)}, shop)


@pytest.mark.parametrize(
    ("payments", "code"),
    [
        ([], Code.NOT_PAID),
        ([("payment", "settled"), ("payment", "settled")], Code.METHOD_CHANGED),
        ([("payment", "settled"), ("refund", "settled")], Code.METHOD_CHANGED),
    ],
)
def test_only_one_payment_is_moved_to_another_method(
    shop: Shop, payments: list[tuple[str, str]], code: Code
) -> None:
    order = shop.order()
    order.payments.all().delete()
    for kind, outcome in payments:
        pay(order, "10.00", shop.card, kind, state=outcome)
    with refuses(code):
        write(
            "change_payment",
            {"number": order.number, "method": shop.other_card.ref},
            shop,
        )


def test_much_money_back_for_other_items_waits_for_a_person(shop: Shop) -> None:
    PolicyTerms.objects.update(approval_limit=Decimal("10.49"))
    order = order_of(shop.anna, {shop.blue: 1}, shop.card)
    given = {
        "number": order.number,
        **swap(shop.blue.sku, shop.red.sku),
        "method": shop.card.ref,
    }
    with refuses(Code.NEEDS_APPROVAL):
        write("change_items", given, shop)
    PolicyTerms.objects.update(approval_limit=Decimal("10.50"))
    write("change_items", given, shop)


@pytest.mark.parametrize("tool", WRITES, ids=lambda tool: tool.name)
@pytest.mark.parametrize("given", [{}, {"number": 5}, {"number": "x", "more": "y"}])
def test_a_call_that_is_no_call(shop: Shop, tool: Tool, given: Arguments) -> None:
    if tool.name == "change_default_address" and given:
        given = {"address": given}
    with refuses(Code.MALFORMED):
        write(tool.name, given, shop)
