"""One order whose charges and refunds end this way or that while it is changed."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from orders import aftersales, changes
from orders.acting import By
from orders.connectors import payments
from orders.models import Case, ConnectorCall, Order
from orders.pieces import Swap
from orders.refusal import Refusal
from tests import factories
from tests.orders import laws, shop

Pick = st.integers(0, 11)
PRICES = ("33.33", "0.01", "250.00", "7.77", "60.00")
Status = Order.Status


def is_pending(machine: "ChargeMachine") -> bool:
    return shop.state(machine.order) == Status.PENDING


def is_delivered(machine: "ChargeMachine") -> bool:
    return shop.state(machine.order) == Status.DELIVERED


def waiting() -> QuerySet[ConnectorCall]:
    return ConnectorCall.objects.filter(state=ConnectorCall.State.MANUAL)


def has_calls(machine: "ChargeMachine") -> bool:
    return waiting().exists()


class ChargeMachine(RuleBasedStateMachine):
    """Nothing stands in the way of a write but the money."""

    done: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.sandbox = transaction.atomic()
        self.sandbox.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.sandbox.__exit__(None, None, None)

    @initialize(method=st.integers(0, 2), discount=st.sampled_from(["0", "10.00"]))
    def buy(self, method: int, discount: str) -> None:
        shop.terms(
            approval_limit=Decimal(10000),
            item_change_closes_order=False,
            evidence_grounds=[],
        )
        anna = factories.customer()
        self.methods = [
            factories.method(anna),
            factories.method(anna),
            shop.method(anna, "60.00"),
        ]
        kettle = factories.product()
        self.variants = [
            factories.variant(kettle, price=Decimal(price), stock=99)
            for price in PRICES
        ]
        self.order = shop.order(
            anna,
            {self.variants[0]: 1, self.variants[4]: 1},
            self.methods[method],
            status=Status.PENDING,
            discount=Decimal(discount),
        )
        self.by = By(at=shop.NOW, customer=anna)
        self.ledger = laws.Ledger.now()

    @precondition(is_pending)
    @rule(method=Pick)
    def change_payment(self, method: int) -> None:
        ref = self.methods[method % 3].ref
        self.attempt(changes.change_payment, method=ref)

    @precondition(is_pending)
    @rule(piece=Pick, new=Pick, method=Pick)
    def change_items(self, piece: int, new: int, method: int) -> None:
        ref = self.methods[method % 3].ref
        swaps = [Swap(sku=self.sku(piece), new_sku=self.variants[new % 5].sku)]
        self.attempt(changes.change_items, swaps=swaps, method=ref)

    @rule(way=st.sampled_from(["standard", "express"]), method=Pick)
    def change_delivery(self, way: str, method: int) -> None:
        ref = self.methods[method % 3].ref
        self.attempt(changes.change_delivery, method=way, pay_with=ref)

    @precondition(has_calls)
    @rule(call=Pick, works=st.booleans())
    def carry_out(self, call: int, works: bool) -> None:
        found = list(waiting().order_by("pk"))
        end = payments.settled_by_hand if works else payments.failed_by_hand
        self.attempt(end, call=found[call % len(found)].key)

    @precondition(is_pending)
    @rule(sure=Pick)
    def cancel(self, sure: int) -> None:
        if sure < 4:
            self.attempt(changes.cancel, reason="other")

    @precondition(is_pending)
    @rule(sure=Pick)
    def send(self, sure: int) -> None:
        if sure < 4:
            Order.objects.filter(pk=self.order.pk).update(
                status=Status.DELIVERED, delivered_at=shop.DELIVERED
            )

    @precondition(is_delivered)
    @rule(piece=Pick, method=st.sampled_from([None, 0, 1, 2]))
    def refund(self, piece: int, method: int | None) -> None:
        self.attempt(
            aftersales.open_refund,
            items={self.sku(piece): 1},
            ground=Case.Ground.DAMAGED,
            method=None if method is None else self.methods[method].ref,
        )

    @precondition(is_delivered)
    @rule(piece=Pick, new=Pick, method=Pick)
    def exchange(self, piece: int, new: int, method: int) -> None:
        swaps = [Swap(sku=self.sku(piece), new_sku=self.variants[new % 5].sku)]
        ref = self.methods[method % 3].ref
        self.attempt(aftersales.open_exchange, swaps=swaps, method=ref)
        for case in Case.objects.filter(status=Case.Status.APPROVED):
            aftersales.receive(case.ref, by=shop.STAFF)
        for case in Case.objects.filter(status=Case.Status.RECEIVED):
            self.attempt(aftersales.complete, ref=case.ref)

    @invariant()
    def laws_hold(self) -> None:
        laws.check(self.ledger)

    def attempt(
        self, write: Callable[..., Any], *, ref: str | None = None, **given: Any
    ) -> None:
        by_staff = write.__name__.endswith(("by_hand", "complete"))
        by = shop.STAFF if by_staff else self.by
        try:
            write(ref or self.order.number, **given, by=by)
        except (Refusal, payments.NotArrivedError) as refused:
            self.done[f"{write.__name__}: {refused}"] += 1
        else:
            self.done[write.__name__] += 1

    def sku(self, pick: int) -> str:
        lines = list(self.order.lines.select_related("variant").order_by("pk"))
        return lines[pick % len(lines)].variant.sku
