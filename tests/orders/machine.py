"""A shop that hypothesis acts in: any write, in any sequence, with any arguments."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.db import transaction
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
from orders.models import (
    AuditEntry,
    Case,
    CaseLine,
    ConnectorCall,
    Customer,
    Evidence,
    Order,
    OrderLine,
    Payment,
    PaymentMethod,
    Variant,
)
from orders.pieces import Swap
from orders.refusal import Refusal
from tests import factories
from tests.orders import laws, shop

Pick = st.integers(0, 59)
Count = st.sampled_from([1, 1, 1, 1, 1, 2, 2, 3, 0])
Items = st.lists(st.tuples(Pick, Count), min_size=1, max_size=3)
Swaps = st.lists(st.tuples(Pick, Pick, Count), min_size=1, max_size=3)
Ground = st.sampled_from(list(Case.Ground))
PRICES = ("0.01", "9.99", "33.33", "49.99", "0.00", "100.00", "7.77", "7.77", "250.00")
Status = Order.Status
NEXT = {
    Status.PENDING: Status.PROCESSED,
    Status.PROCESSED: Status.SHIPPED,
    Status.SHIPPED: Status.DELIVERED,
}


# What writes of the order side may change; the rest of the shop is not looked at.
# Models without a common manager type.
MODELS: tuple[Any, ...] = (
    Customer, PaymentMethod, Variant, Order, OrderLine, Payment, Case, CaseLine,
    Evidence, AuditEntry, ConnectorCall,
)  # fmt: skip


def stored() -> laws.Snapshot:
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in MODELS
    }


def has_cases(machine: "ShopMachine") -> bool:
    return Case.objects.exists()


def has_calls(machine: "ShopMachine") -> bool:
    return ConnectorCall.objects.filter(state="manual").exists()


class ShopMachine(RuleBasedStateMachine):
    """Each step is one call; the laws hold after every step."""

    # Over all runs, so that a test can see that something was done.
    tried: ClassVar[Counter[str]] = Counter()
    done: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.sandbox = transaction.atomic()
        self.sandbox.__enter__()
        self.now = shop.NOW
        # What the last step left, if it was a write.
        self.seen: laws.Snapshot = {}
        self.changed = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.sandbox.__exit__(None, None, None)

    # --- what there is --------------------------------------------------------------

    @initialize(
        limit=st.sampled_from(["0", "50", "10000"]),
        cancel_limit=st.sampled_from([None, "100"]),
        fee=st.sampled_from(["0", "4.90"]),
        closes=st.booleans(),
    )
    def open_shop(
        self, limit: str, cancel_limit: str | None, fee: str, closes: bool
    ) -> None:
        shop.terms(
            approval_limit=Decimal(limit),
            cancel_approval_limit=cancel_limit and Decimal(cancel_limit),
            return_shipping_fee=Decimal(fee),
            item_change_closes_order=closes,
        )
        self.customers = [factories.customer() for _ in range(2)]
        self.methods = [
            made
            for customer in self.customers
            for made in (factories.method(customer), shop.method(customer, "60.00"))
        ]
        products = [factories.product() for _ in range(3)]
        self.variants = [
            factories.variant(
                products[number // 3], price=Decimal(price), stock=number % 4
            )
            for number, price in enumerate(PRICES)
        ]
        self.orders: list[Order] = []
        self.ledger = laws.Ledger.now()
        for status in (Status.PENDING, Status.DELIVERED):
            self.sell(0, [(4, 2), (0, 1), (1, 3)], "10.00", "5.00", 1, status)

    @rule(
        owner=st.integers(0, 1),
        pieces=st.lists(st.tuples(Pick, st.integers(1, 3)), min_size=1, max_size=4),
        discount=st.sampled_from(["0", "0.01", "10.00", "33.33"]),
        shipping=st.sampled_from(["0", "5.00", "15.00"]),
        method=st.integers(0, 1),
        status=st.sampled_from([Status.PENDING, Status.DELIVERED, Status.SHIPPED]),
    )
    def sell(
        self,
        owner: int,
        pieces: list[tuple[int, int]],
        discount: str,
        shipping: str,
        method: int,
        status: str,
    ) -> None:
        if len(self.orders) >= 5:
            return
        self.seen = {}
        self.changed = True
        bought = {self.variant(pick): count for pick, count in pieces}
        goods = sum((v.price * n for v, n in bought.items()), Decimal())
        self.orders.append(
            shop.order(
                self.customers[owner],
                bought,
                self.methods[2 * owner + method],
                status=status,
                discount=min(Decimal(discount), goods),
                shipping_fee=Decimal(shipping),
            )
        )
        self.ledger = laws.Ledger.now()

    @rule(order=Pick)
    def send(self, order: int) -> None:
        found = Order.objects.get(pk=self.order(order).pk)
        self.seen = {}
        if found.status in NEXT:
            found.status = NEXT[Status(found.status)]
            delivered = found.status == Status.DELIVERED
            found.delivered_at = self.now if delivered else None
            found.save()

    @rule(days=st.sampled_from([0, 1]))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    # --- before packing -------------------------------------------------------------

    @rule(order=Pick, reason=st.sampled_from(["other", "other", "x"]), who=Pick)
    def cancel(self, order: int, reason: str, who: int) -> None:
        of = self.order(order)
        by = self.by(of, who)
        self.attempt("cancel", lambda: changes.cancel(of.number, reason=reason, by=by))

    @rule(order=Pick, method=Pick, who=Pick)
    def change_payment(self, order: int, method: int, who: int) -> None:
        of = self.order(order)
        by, ref = self.by(of, who), self.ref(of, method)
        self.attempt(
            "change_payment",
            lambda: changes.change_payment(of.number, method=ref, by=by),
        )

    @rule(
        order=Pick,
        swaps=Swaps,
        method=Pick,
    )
    def change_items(
        self, order: int, swaps: list[tuple[int, int, int]], method: int
    ) -> None:
        of = self.order(order)
        by, ref, given = self.by(of), self.ref(of, method), self.swaps(of, swaps)
        self.attempt(
            "change_items",
            lambda: changes.change_items(of.number, swaps=given, method=ref, by=by),
        )

    @rule(
        order=Pick,
        way=st.sampled_from(["standard", "express", "balloon", None]),
        pay_with=st.none() | Pick,
    )
    def change_delivery(
        self, order: int, way: str | None, pay_with: int | None
    ) -> None:
        of = self.order(order)
        by, ref = self.by(of), self.ref_or_none(of, pay_with)
        self.attempt(
            "change_delivery",
            lambda: changes.change_delivery(of.number, method=way, pay_with=ref, by=by),
        )

    # --- after-sales ----------------------------------------------------------------

    @rule(
        order=Pick,
        items=Items,
        method=st.none() | Pick,
        ground=Ground,
        who=Pick,
    )
    def open_return(
        self,
        order: int,
        items: list[tuple[int, int]],
        method: int | None,
        ground: Case.Ground,
        who: int,
    ) -> None:
        of = self.order(order)
        by, ref, given = (
            self.by(of, who),
            self.ref_or_none(of, method),
            self.items(of, items),
        )
        self.attempt(
            "open_return",
            lambda: aftersales.open_return(
                of.number, items=given, ground=ground, method=ref, by=by
            ),
        )

    @rule(
        order=Pick,
        items=Items,
        method=st.none() | Pick,
        ground=Ground,
    )
    def open_refund(
        self,
        order: int,
        items: list[tuple[int, int]],
        method: int | None,
        ground: Case.Ground,
    ) -> None:
        of = self.order(order)
        by, ref, given = (
            self.by(of),
            self.ref_or_none(of, method),
            self.items(of, items),
        )
        self.attempt(
            "open_refund",
            lambda: aftersales.open_refund(
                of.number, items=given, ground=ground, method=ref, by=by
            ),
        )

    @rule(order=Pick, items=Items)
    def open_repair(self, order: int, items: list[tuple[int, int]]) -> None:
        of = self.order(order)
        by, given = self.by(of), self.items(of, items)
        self.attempt(
            "open_repair",
            lambda: aftersales.open_repair(of.number, items=given, by=by),
        )

    @rule(
        order=Pick,
        swaps=Swaps,
        method=st.none() | Pick,
    )
    def open_exchange(
        self, order: int, swaps: list[tuple[int, int, int]], method: int | None
    ) -> None:
        of = self.order(order)
        by, ref, given = (
            self.by(of),
            self.ref_or_none(of, method),
            self.swaps(of, swaps),
        )
        self.attempt(
            "open_exchange",
            lambda: aftersales.open_exchange(of.number, swaps=given, method=ref, by=by),
        )

    @precondition(has_cases)
    @rule(
        case=Pick,
        move=st.sampled_from(
            [aftersales.approve, aftersales.receive, aftersales.complete]
        ),
        shopper=st.sampled_from([False, False, False, True]),
    )
    def move(self, case: int, move: Callable[..., Case], shopper: bool) -> None:
        found = self.case(case)
        by = By(
            at=self.now,
            customer=found.order.customer if shopper else None,
            actor="staff",
        )
        self.attempt(move.__name__, lambda: move(found.ref, by=by))

    @precondition(has_cases)
    @rule(case=Pick)
    def reject(self, case: int) -> None:
        ref, by = self.case(case).ref, By(at=self.now, customer=None)
        self.attempt("reject", lambda: aftersales.reject(ref, decision="No.", by=by))

    @precondition(has_cases)
    @rule(case=Pick, who=Pick)
    def withdraw(self, case: int, who: int) -> None:
        found = self.case(case)
        by = self.by(found.order, who)
        self.attempt("withdraw", lambda: aftersales.withdraw(found.ref, by=by))

    @precondition(has_cases)
    @rule(case=Pick, content_type=st.sampled_from(["image/png", "text/html"]))
    def attach(self, case: int, content_type: str) -> None:
        found = self.case(case)
        by = self.by(found.order)
        self.attempt(
            "attach",
            lambda: aftersales.attach(
                found.ref, name="a", content_type=content_type, content=b"x", by=by
            ),
        )

    # --- the outside ----------------------------------------------------------------

    @precondition(has_calls)
    @rule(call=Pick, works=st.booleans())
    def carry_out(self, call: int, works: bool) -> None:
        """Staff say what became of a charge or a refund, in any sequence."""
        found = list(ConnectorCall.objects.filter(state="manual").order_by("pk"))
        chosen = found[call % len(found)]
        end = payments.settled_by_hand if works else payments.failed_by_hand
        number, by = chosen.order.number, By(at=self.now, customer=None)
        self.attempt(end.__name__, lambda: end(number, call=chosen.key, by=by))

    # --- the laws -------------------------------------------------------------------

    @invariant()
    def laws_hold(self) -> None:
        if self.changed:
            laws.check(self.ledger)
        self.changed = False

    def attempt(self, name: str, write: Callable[[], Any]) -> None:
        before = self.seen or stored()
        self.tried[name] += 1
        try:
            write()
        except (Refusal, payments.NotArrivedError):
            assert stored() == before
            self.seen = before
            return
        self.done[name] += 1
        self.seen = stored()
        assert len(self.seen["AuditEntry"]) == len(before["AuditEntry"]) + 1
        laws.check_moves(before, self.seen)
        self.changed = True

    # --- picking --------------------------------------------------------------------

    def order(self, pick: int) -> Order:
        return self.orders[pick % len(self.orders)]

    def case(self, pick: int) -> Case:
        found = list(Case.objects.select_related("order__customer").order_by("pk"))
        return (
            found[pick % len(found)] if found else Case(ref="R0", order=self.order(0))
        )

    def variant(self, pick: int) -> Variant:
        return self.variants[pick % len(self.variants)]

    def ref(self, of: Order, pick: int) -> str:
        """Mostly the owner's own."""
        own = [one for one in self.methods if one.customer_id == of.customer_id]
        choice = [*own * 3, *self.methods[:3]]
        return choice[pick % len(choice)].ref

    def ref_or_none(self, of: Order, pick: int | None) -> str | None:
        return None if pick is None else self.ref(of, pick)

    def by(self, of: Order, who: int = 0) -> By:
        """Mostly the one whose order it is."""
        strangers = [one for one in self.customers if one.pk != of.customer_id]
        return By(at=self.now, customer=strangers[0] if who > 55 else of.customer)

    def pieces(self, of: Order) -> list[Variant]:
        return [line.variant for line in of.lines.select_related("variant")]

    def items(self, of: Order, picks: list[tuple[int, int]]) -> dict[str, int]:
        """Mostly of its own pieces."""
        own = self.pieces(of) * 3 + self.variants[:1]
        return {own[pick % len(own)].sku: count for pick, count in picks}

    def swaps(self, of: Order, picks: list[tuple[int, int, int]]) -> list[Swap]:
        """Mostly within a product."""
        own, made = self.pieces(of), []
        for pick, new, count in picks:
            old = own[pick % len(own)]
            kin = [v for v in self.variants if v.product_id == old.product_id] * 3
            choice = [*kin, *self.variants[:1]]
            found = choice[new % len(choice)]
            made.append(Swap(sku=old.sku, new_sku=found.sku, quantity=count))
        return made
