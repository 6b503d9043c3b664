"""tau-bench's tools on a shop of our own."""

from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from ecomsupport.taubench import TOOLS
from ecomsupport.taubench.refused import RefusedError
from ecomsupport.taubench.tools import call
from orders.acting import By
from orders.models import Customer, Order
from tests import factories

pytestmark = pytest.mark.django_db


def _by(customer: Customer | None) -> By:
    return By(at=timezone.now(), customer=customer, actor="taubench")


def _error(name: str, arguments: object, customer: Customer | None = None) -> str:
    with pytest.raises(RefusedError) as refused:
        call(name, arguments, by=_by(customer))
    return refused.value.error


@pytest.mark.parametrize("name", [name for name in TOOLS if TOOLS[name].personal])
def test_nobody_is_not_identified(name: str) -> None:
    order = factories.order()
    lists = {"item_ids", "new_item_ids"}
    given = {key: [] if key in lists else "x" for key in TOOLS[name].arguments}
    given |= {"order_id": order.number} if "order_id" in given else {}
    assert _error(name, given) == "not_identified"
    order.refresh_from_db()
    assert order.status == Order.Status.PENDING


@pytest.mark.parametrize("name", TOOLS)
@pytest.mark.parametrize("arguments", [None, [], "x", {"other": "x"}])
def test_unfit_arguments_are_malformed(name: str, arguments: Any) -> None:
    assert _error(name, arguments) == "malformed_call"


@pytest.mark.parametrize("items", ["S1", None, [1], {"S1": 1}, ["\0"]])
def test_items_must_be_listed(items: Any) -> None:
    given = {"order_id": "1", "item_ids": items, "payment_method_id": "pm"}
    assert _error("return_delivered_order_items", given) == "malformed_call"


@pytest.mark.parametrize("name", ["refund_all", ""])
def test_unknown_tool_is_malformed(name: str) -> None:
    assert _error(name, {}) == "malformed_call"


def test_order_id_is_exact() -> None:
    owner = factories.customer()
    order = factories.order(owner, number="#W1")
    given = {"order_id": "#w1"}
    assert _error("get_order_details", given, owner) == "order_not_found"
    found = call("get_order_details", {"order_id": order.number}, by=_by(owner))
    assert found["order_id"] == "#W1"


def test_other_profile_is_not_found() -> None:
    other = factories.customer()
    error = _error("get_user_details", {"user_id": other.ref}, factories.customer())
    assert error == "user_not_found"


def test_names_are_found_in_any_case() -> None:
    mia = factories.customer(name="Mia Garcia", address={"postcode": "46229"})
    given = {"first_name": "mIA", "last_name": "GARCIA", "zip": "46229"}
    assert call("find_user_id_by_name_zip", given, by=_by(None)) == mia.ref
    given["zip"] = "00000"
    assert _error("find_user_id_by_name_zip", given) == "user_not_found"


def test_method_of_other_user_is_named() -> None:
    owner = factories.customer()
    order = factories.order(owner)
    other = factories.method(factories.customer())
    given = {"order_id": order.number, "payment_method_id": other.ref}
    name = "modify_pending_order_payment"
    assert _error(name, given, owner) == "payment_method_of_other_user"
    given["payment_method_id"] = "nothing"
    assert _error(name, given, owner) == "payment_method_not_found"
    assert order.payments.count() == 1


@pytest.mark.parametrize(
    ("items", "news", "error"),
    [
        ([], ["S"], "empty_item_list"),
        (["nothing"], [], "item_not_in_order"),
        (["own", "own"], ["S"], "more_copies_than_ordered"),
        (["own"], [], "item_count_mismatch"),
        (["own"], ["nothing"], "new_item_unknown"),
    ],
)
@pytest.mark.parametrize("status", [Order.Status.PENDING, Order.Status.DELIVERED])
def test_faults_count_in_order(
    items: list[str], news: list[str], error: str, status: str
) -> None:
    owner = factories.customer()
    order = factories.order(owner, status=status, delivered_at=timezone.now())
    sku = order.lines.get().variant.sku
    given = {
        "order_id": order.number,
        "item_ids": [sku if item == "own" else item for item in items],
        "new_item_ids": news,
        "payment_method_id": "nothing",
    }
    name = {
        Order.Status.PENDING: "modify_pending_order_items",
        Order.Status.DELIVERED: "exchange_delivered_order_items",
    }[Order.Status(status)]
    assert _error(name, given, owner) == error


def test_sum_is_exact() -> None:
    given = {"expression": "(0.1 + 0.2) * 3"}
    assert call("calculate", given, by=_by(None)) == Fraction(9, 10)


@pytest.mark.parametrize("expression", ["", "1/0", "2**3", "7//2", "1 2", "abs(3)"])
def test_bad_sum_is_refused(expression: str) -> None:
    assert _error("calculate", {"expression": expression}) == "bad_expression"
