"""Every write leaves one row that says it all, and that nobody can change."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from orders import aftersales, changes
from orders.models import AuditEntry, AuditIsImmutableError, Case, Order
from orders.refusal import Code
from orders.tools.calling import call
from orders.tools.register import TOOLS
from orders.tools.tool import Audience
from orders.tools.writes import WRITES
from tests import factories
from tests.orders.calls import CASE_WRITES, GOOD, case_arguments, ready
from tests.orders.shop import ADDRESS, STAFF, Shop, refuses, snapshot

NAMES = [tool.name for tool in WRITES]


def given(shop: Shop, name: str) -> dict[str, Any]:
    """Arguments with which this write is done."""
    if name in GOOD:
        return {"number": ready(shop, name).number, **GOOD[name](shop)}
    if name in CASE_WRITES:
        [status, *_] = sorted(CASE_WRITES[name])
        return case_arguments(name, shop.case(status).ref)
    return {"address": ADDRESS}


def write(shop: Shop, name: str, arguments: dict[str, Any], **by: Any) -> Any:
    staff = TOOLS[name].audience == Audience.STAFF
    who = {"customer": None, "actor": "staff"} if staff else {}
    return call(name, arguments, by=shop.by(**{**who, **by}))


@pytest.mark.parametrize("name", NAMES)
def test_every_write_leaves_one_row(shop: Shop, name: str) -> None:
    arguments = given(shop, name)
    write(shop, name, arguments, confirmation="token")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.confirmation) == (name, "token")
    staff = TOOLS[name].audience == Audience.STAFF
    who = ("staff", None) if staff else ("bot", shop.anna)
    assert (entry.actor, entry.customer) == who
    assert entry.before != entry.after
    assert entry.arguments or name in CASE_WRITES


@pytest.mark.parametrize("name", NAMES)
def test_a_key_used_again_returns_the_first_result(shop: Shop, name: str) -> None:
    arguments = given(shop, name)
    first = write(shop, name, arguments, key="k")
    before = snapshot()
    assert write(shop, name, arguments, key="k") == first
    assert snapshot() == before


@pytest.mark.parametrize("name", NAMES)
def test_a_key_is_not_for_another_request(shop: Shop, name: str) -> None:
    arguments = given(shop, name)
    other = shop.order()
    changes.change_address(other.number, address=ADDRESS, by=shop.by(key="k"))
    with refuses(Code.KEY_REUSED):
        write(shop, name, arguments, key="k")


def test_a_key_is_not_for_other_arguments(shop: Shop) -> None:
    order = shop.order(Order.Status.DELIVERED)
    one = {shop.red.sku: 1}
    aftersales.open_return(order.number, items=one, by=shop.by(key="k"))
    with refuses(Code.KEY_REUSED):
        aftersales.open_return(
            order.number, items={shop.red.sku: 2}, by=shop.by(key="k")
        )


def test_a_refused_write_leaves_its_key_free(shop: Shop) -> None:
    order = shop.order()
    with refuses(Code.INVALID_REASON):
        changes.cancel(order.number, reason="x", by=shop.by(key="k"))
    changes.cancel(order.number, reason="other", by=shop.by(key="k"))
    assert AuditEntry.objects.get().key == "k"


def test_no_key_is_not_a_key(shop: Shop) -> None:
    for _ in range(2):
        changes.change_default_address(shop.anna.ref, address=ADDRESS, by=shop.by())
    assert AuditEntry.objects.count() == 2


def test_anothers_key_finds_nothing(shop: Shop) -> None:
    order = shop.order()
    changes.cancel(order.number, reason="other", by=shop.by(key="k"))
    eve = shop.by(key="k", customer=factories.customer())
    with refuses(Code.ORDER_NOT_FOUND):
        changes.cancel(order.number, reason="other", by=eve)


def test_the_row_says_what_was_and_what_became(shop: Shop) -> None:
    order = shop.order()
    changes.cancel(order.number, reason="other", note="Sorry", by=shop.by())
    entry = AuditEntry.objects.get()
    assert entry.arguments == {"reason": "other", "note": "Sorry"}
    assert (entry.before["status"], entry.after["status"]) == ("pending", "cancelled")
    paid = ["payment", "297.00", shop.card.ref, "settled"]
    assert entry.before["payments"] == [paid]
    back = ["refund", "297.00", shop.card.ref, "due"]
    assert entry.after["payments"] == [paid, back]
    assert entry.result_ref == f"order:{order.number}"


def test_the_row_of_a_case_names_it(shop: Shop) -> None:
    order = shop.order(Order.Status.DELIVERED)
    case = aftersales.open_return(
        order.number, items={shop.red.sku: 1}, by=shop.by(confirmation="token")
    )
    entry = AuditEntry.objects.get()
    assert (entry.object_ref, entry.result_ref) == (order.number, f"case:{case.ref}")
    [found] = entry.after["cases"]
    assert (found["ref"], Decimal(found["refund"])) == (case.ref, Decimal(99))


def test_a_photo_is_written_down_by_its_hash(shop: Shop) -> None:
    case = shop.case()
    aftersales.attach(
        case.ref, name="a", content_type="image/png", content=b"x", by=shop.by()
    )
    assert len(AuditEntry.objects.get().arguments["content"]) == 64


def entry_of(shop: Shop) -> AuditEntry:
    changes.change_default_address(shop.anna.ref, address=ADDRESS, by=shop.by())
    return AuditEntry.objects.get()


def test_a_row_is_not_changed_by_a_model(shop: Shop) -> None:
    entry = entry_of(shop)
    for change in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(actor="eve"),
    ):
        with pytest.raises(AuditIsImmutableError):
            change()


def refuses_to_change() -> None:
    with (
        pytest.raises(DatabaseError, match="cannot be changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE orders_auditentry SET actor = 'eve'")
    assert AuditEntry.objects.get().actor == "bot"


def test_nor_past_the_models_by_sql(shop: Shop) -> None:
    entry_of(shop)
    refuses_to_change()


@pytest.mark.services
def test_nor_on_postgresql(postgres: None) -> None:
    entry_of(Shop())
    refuses_to_change()


def test_a_case_can_be_found_by_its_key_after_it_moved_on(shop: Shop) -> None:
    order = shop.order(Order.Status.DELIVERED)

    def ask() -> Case:
        return aftersales.open_return(
            order.number, items={shop.red.sku: 1}, by=shop.by(key="k")
        )

    case = ask()
    aftersales.receive(case.ref, by=STAFF)
    assert ask().status == Case.Status.RECEIVED
