"""Whatever the order in which events come, and however often: the same in the end."""

import json
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from orders import exporting, intake

NOW = timezone.now()
STATUSES = ["pending", "processed", "shipped", "delivered", "cancelled"]
NEWS = [
    "label_created",
    "picked_up",
    "in_transit",
    "out_for_delivery",
    "delivered",
    "exception",
]
START = datetime(2026, 11, 1, tzinfo=UTC)

moments = st.integers(0, 4).map(
    lambda hour: (START + timedelta(hours=hour)).isoformat()
)
parcels = st.fixed_dictionaries(
    {
        "carrier": st.sampled_from(["SF", {"en": "Post", "zh": "邮政"}]),
        "tracking_number": st.sampled_from(["T1", "T2", ""]),
        "skus": st.sampled_from([[], ["S1"], ["S2"], ["S1", "S2"]]),
        "estimated_delivery": st.sampled_from([None, "2026-11-04", "2026-11-05"]),
        "events": st.lists(
            st.fixed_dictionaries(
                {
                    "at": moments,
                    "status": st.sampled_from(NEWS),
                    "text": st.sampled_from(["", "on its way", "at the door"]),
                }
            ),
            max_size=3,
        ),
    }
)
customers = st.fixed_dictionaries(
    {
        "ref": st.just("C1"),
        "name": st.sampled_from(["Anna", "Bea"]),
        "payment_methods": st.just([{"ref": "pm1", "kind": "paypal"}]),
    }
)
products = st.fixed_dictionaries(
    {
        "ref": st.just("P1"),
        "name": st.sampled_from(["Kettle", {"zh": "水壶"}]),
        "variants": st.integers(0, 3).map(
            lambda stock: [
                {"sku": sku, "price": "10.00", "stock": stock} for sku in ("S1", "S2")
            ]
        ),
    }
)
lines = [
    {"sku": sku, "product": "P1", "quantity": 1, "unit_price": "10.00"}
    for sku in ("S1", "S2")
]
orders = st.fixed_dictionaries(
    {
        "number": st.just("SO1"),
        "customer": st.just("C1"),
        "placed_at": st.just(START.isoformat()),
        "status": st.sampled_from(STATUSES),
        "currency": st.sampled_from(["CNY", "EUR"]),
        "lines": st.just(lines),
        "payments": st.lists(
            st.fixed_dictionaries(
                {
                    "kind": st.sampled_from(["payment", "refund"]),
                    "method": st.just("pm1"),
                    "amount": st.sampled_from(["20.00", "10.00"]),
                    "at": moments,
                }
            ),
            max_size=2,
        ),
        "shipments": st.lists(parcels, max_size=2),
        "delivered_at": st.none() | moments,
    }
)
ships = parcels.map(lambda parcel: {"order": "SO1", "shipment": parcel})


def event(kind: str, data: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"type": st.just(kind), "occurred_at": moments, "data": data}
    )


histories = st.tuples(
    event("customer.updated", customers),
    event("product.updated", products),
    event("order.updated", orders),
    st.lists(
        st.one_of(
            event("shipment.updated", ships),
            event("order.updated", orders),
            event("customer.updated", customers),
            event("product.updated", products),
        ),
        max_size=6,
    ),
).map(lambda parts: [*parts[:3], *parts[3]])


def end_of(told: list[tuple[int, dict[str, Any]]]) -> list[Any]:
    """Tell it all to an empty shop, again where something is not known yet."""
    with transaction.atomic():
        waiting, refused = deque(told), 0
        while waiting and refused <= len(waiting):
            number, news = waiting.popleft()
            try:
                intake.take_in(f"e{number}", json.dumps(news).encode(), NOW)
                refused = 0
            except intake.NotYetError:
                waiting.append((number, news))
                refused += 1
        assert not waiting
        rows = [exporting._ROWS[kind]() for kind in ("customers", "products", "orders")]
        end = [_sorted(row) for kind in rows for row in kind]
        transaction.set_rollback(True)
    return end


def _sorted(value: Any) -> Any:
    """Parcels and news of one moment are a set: their sequence says nothing."""
    if isinstance(value, dict):
        return {name: _sorted(item) for name, item in value.items()}
    if isinstance(value, list):
        return sorted(map(_sorted, value), key=json.dumps)
    return value


class AnyOrder(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(history=histories, data=st.data())
    def test_the_end_is_the_same(
        self, history: list[dict[str, Any]], data: st.DataObject
    ) -> None:
        told = list(enumerate(history))
        repeats = data.draw(st.lists(st.sampled_from(told), max_size=3))
        shuffled = data.draw(st.permutations([*told, *repeats]))
        assert end_of(shuffled) == end_of(told)
