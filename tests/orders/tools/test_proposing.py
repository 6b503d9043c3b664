"""A write is rehearsed without a trace; its yes carries out exactly that, once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from orders import confirmation, tools
from orders.acting import By
from orders.models import AuditEntry, Confirmation, Customer, Order
from orders.refusal import Code, Refusal
from tests import factories
from tests.orders.whole import snapshot

REASON = "no_longer_needed"


@pytest.fixture
def order(anna: Customer) -> Order:
    return factories.order(anna)


@pytest.fixture
def cancel(order: Order) -> dict[str, Any]:
    return {"number": order.number, "reason": REASON}


def without_confirmations() -> dict[str, Any]:
    found = snapshot()
    found.pop("Confirmation")
    return found


def refused_yes(token: str, by: By) -> Code:
    before = snapshot()
    with pytest.raises(Refusal) as refused:
        tools.confirm(token, by=by)
    assert snapshot() == before
    return refused.value.code


def test_a_rehearsal_leaves_no_trace(by_anna: By, cancel: dict[str, Any]) -> None:
    before = without_confirmations()
    proposal = tools.propose("cancel_order", cancel, by=by_anna)
    assert proposal.preview["order"]["status"] == "cancelled"
    assert without_confirmations() == before


def test_a_yes_carries_it_out(
    by_anna: By, cancel: dict[str, Any], order: Order
) -> None:
    proposal = tools.propose("cancel_order", cancel, by=by_anna)
    result = tools.confirm(proposal.token, by=by_anna)
    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert result["order"]["status"] == "cancelled"
    assert AuditEntry.objects.get().confirmation == proposal.token


def test_a_second_yes_does_nothing(by_anna: By, cancel: dict[str, Any]) -> None:
    token = tools.propose("cancel_order", cancel, by=by_anna).token
    tools.confirm(token, by=by_anna)
    assert refused_yes(token, by_anna) == Code.NOT_CONFIRMED


def test_a_late_yes_does_nothing(by_anna: By, cancel: dict[str, Any]) -> None:
    token = tools.propose("cancel_order", cancel, by=by_anna).token
    later = replace(by_anna, at=by_anna.at + confirmation.LIFETIME)
    assert refused_yes(token, later) == Code.NOT_CONFIRMED


def test_nobody_else_says_yes(
    by_anna: By, by_eve: By, by_staff: By, cancel: dict[str, Any]
) -> None:
    token = tools.propose("cancel_order", cancel, by=by_anna).token
    assert refused_yes(token, by_eve) == Code.NOT_CONFIRMED
    assert refused_yes(token, by_staff) == Code.NOT_IDENTIFIED


def test_a_changed_parameter_is_not_what_was_agreed(
    by_anna: By, cancel: dict[str, Any], anna: Customer
) -> None:
    token = tools.propose("cancel_order", cancel, by=by_anna).token
    other = {**cancel, "number": factories.order(anna).number}
    Confirmation.objects.update(parameters=other)
    assert refused_yes(token, by_anna) == Code.NOT_CONFIRMED


def test_a_yes_that_fails_can_be_said_again(
    by_anna: By, cancel: dict[str, Any], order: Order
) -> None:
    token = tools.propose("cancel_order", cancel, by=by_anna).token
    Order.objects.update(status=Order.Status.SHIPPED)
    assert refused_yes(token, by_anna) == Code.NOT_PENDING
    Order.objects.update(status=Order.Status.PENDING)
    assert tools.confirm(token, by=by_anna)["order"]["status"] == "cancelled"


def test_what_would_be_refused_is_not_proposed(
    by_anna: By, order: Order, cancel: dict[str, Any]
) -> None:
    Order.objects.update(
        status=Order.Status.DELIVERED, delivered_at=by_anna.at - timedelta(days=1)
    )
    before = snapshot()
    with pytest.raises(Refusal) as refused:
        tools.propose("cancel_order", cancel, by=by_anna)
    assert refused.value.code == Code.NOT_PENDING
    assert "open_return" in refused.value.instead
    assert snapshot() == before


def test_a_question_is_not_proposed(by_anna: By, order: Order) -> None:
    with pytest.raises(Refusal) as refused:
        tools.propose("get_order", {"number": order.number}, by=by_anna)
    assert refused.value.code == Code.NOT_ALLOWED


def test_nobody_proposes(by_staff: By, cancel: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        tools.propose("cancel_order", cancel, by=by_staff)
    assert refused.value.code == Code.NOT_IDENTIFIED
    assert not Confirmation.objects.exists()
