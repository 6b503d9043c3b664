"""A shopper asks and acts for what is theirs, staff for what is anybody's."""

import json
from typing import Any

import pytest

from orders import tools
from orders.acting import By
from orders.models import Customer
from orders.refusal import Code, Refusal
from orders.tools import TOOLS, Audience
from tests import factories
from tests.orders.whole import snapshot

STAFF = [name for name, tool in TOOLS.items() if tool.audience == Audience.STAFF]


def refused(name: str, arguments: dict[str, Any], by: By) -> Refusal:
    """The refusal of a call; a code that is not told beforehand is a fault."""
    before = snapshot()
    with pytest.raises(Refusal) as caught:
        tools.call(name, arguments, by=by)
    assert snapshot() == before
    return caught.value


def test_a_shopper_sees_their_order(by_anna: By, anna: Customer) -> None:
    order = factories.order(anna)
    found = tools.call("get_order", {"number": order.number}, by=by_anna)
    assert found["order"]["number"] == order.number
    assert "cancel_order" in found["possible"]
    json.dumps(found)


def test_a_foreign_order_is_as_an_unknown_one(by_eve: By, anna: Customer) -> None:
    order = factories.order(anna)
    foreign = refused("get_order", {"number": order.number}, by_eve)
    unknown = refused("get_order", {"number": "SO9999999"}, by_eve)
    assert foreign.code == Code.ORDER_NOT_FOUND
    assert (foreign.sentence, foreign.instead) == (unknown.sentence, unknown.instead)


def test_a_foreign_profile_is_as_an_unknown_one(by_eve: By, anna: Customer) -> None:
    foreign = refused("get_customer", {"customer": anna.ref}, by_eve)
    unknown = refused("get_customer", {"customer": "C9999999"}, by_eve)
    assert foreign.code == unknown.code == Code.CUSTOMER_NOT_FOUND


def test_a_foreign_case_is_as_an_unknown_one(
    by_anna: By, by_eve: By, anna: Customer
) -> None:
    order = factories.delivered_order(anna)
    items = [{"sku": order.lines.get().variant.sku}]
    arguments = {"number": order.number, "items": items}
    opened = tools.call("open_return", arguments, by=by_anna)
    assert opened["case"]["order"] == order.number
    for name in ("get_case", "withdraw_case"):
        case = {"ref": opened["case"]["ref"]}
        assert refused(name, case, by_eve).code == Code.CASE_NOT_FOUND


@pytest.mark.parametrize("name", STAFF)
def test_tools_of_staff_are_not_for_shoppers(by_anna: By, name: str) -> None:
    assert refused(name, {}, by_anna).code == Code.NOT_ALLOWED


def test_staff_find_a_customer(by_staff: By, anna: Customer) -> None:
    found = tools.call("find_customer", {"email": anna.email.upper()}, by=by_staff)
    assert found == {"customer": anna.ref}


def test_staff_name_whom_they_mean(by_staff: By, anna: Customer) -> None:
    found = tools.call("get_customer", {"customer": anna.ref}, by=by_staff)
    assert found["customer"]["email"] == anna.email
    assert refused("get_customer", {}, by_staff).code == Code.CUSTOMER_NOT_FOUND


def test_a_refused_write_names_what_is_possible(by_anna: By, anna: Customer) -> None:
    order = factories.delivered_order(anna)
    arguments = {"number": order.number, "reason": "no_longer_needed"}
    refusal = refused("cancel_order", arguments, by_anna)
    assert refusal.code == Code.NOT_PENDING
    assert "open_return" in refusal.instead


def test_a_refusal_names_nothing_of_a_foreign_order(by_eve: By, anna: Customer) -> None:
    order = factories.delivered_order(anna)
    arguments = {"number": order.number, "reason": "no_longer_needed"}
    refusal = refused("cancel_order", arguments, by_eve)
    assert (refusal.code, refusal.instead) == (Code.ORDER_NOT_FOUND, ("list_orders",))
