"""The shop tells what happened to an order; its shopper hears of it once."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.orders import files
from tests.shopper import Shopper
from tests.stack import Embedded

Open = Callable[..., Shopper]

NUMBER, TRACKING = "SO777001", "SF777001"


def ago(**span: float) -> str:
    return (datetime.now(UTC) - timedelta(**span)).isoformat()


@pytest.fixture
def bring(shop: Embedded, tmp_path: Path) -> Callable[..., None]:
    """Import one order of somebody of the demo shop, as the shop's system has it."""
    sku, product = json.loads(
        shop.shell(
            "import json; from orders.models import Variant;"
            "one = Variant.objects.select_related('product').first();"
            "print(json.dumps([one.sku, one.product.ref]))"
        )
    )

    def bring(number: str, customer: str, **changes: Any) -> None:
        base = {
            "number": number,
            "customer": customer,
            "placed_at": ago(days=3),
            "lines": [files.line(sku, product=product)],
            "payments": [],
            "shipments": [],
            "status": "processed",
        }
        files.write(tmp_path, orders=[files.order(**{**base, **changes})])
        shop.manage("import_shop", str(tmp_path))

    return bring


def parcel(tracking: str, *events: dict[str, Any]) -> dict[str, Any]:
    return files.shipment(tracking_number=tracking, skus=[], events=list(events))


def heard(one: Shopper, number: str) -> list[str]:
    return [said["text"] for said in one.transcript() if number in said["text"]]


def test_a_parcels_way_is_told_step_by_step_and_once(
    shopper: Open, bring: Callable[..., None]
) -> None:
    siyuan, stranger = shopper("C1001"), shopper("C1003")
    siyuan.say("你好")
    stranger.say("hello")
    left = files.event(at=ago(hours=5), status="picked_up")
    bring(NUMBER, "C1001", status="shipped", shipments=[parcel(TRACKING, left)])
    told = siyuan.hears()
    assert "已发货" in told
    assert TRACKING in told
    there = files.event(at=ago(minutes=5), status="delivered")
    arrived = {
        "status": "delivered",
        "delivered_at": there["at"],
        "shipments": [parcel(TRACKING, left, there)],
    }
    bring(NUMBER, "C1001", **arrived)
    assert "已送达" in siyuan.hears()
    bring(NUMBER, "C1001", **arrived)
    siyuan.say("谢谢")
    assert len(heard(siyuan, NUMBER)) == 2
    assert heard(stranger, NUMBER) == []


def test_it_is_told_in_english_to_who_writes_english(
    shopper: Open, bring: Callable[..., None]
) -> None:
    emily = shopper("C1003")
    emily.say("hello there")
    bring("SO777002", "C1003", payments=[files.payment(method="", at=ago(hours=1))])
    told = emily.hears()
    assert "SO777002" in told
    assert "received ¥399.00" in told


def test_stop_ends_promotions_and_not_the_news(
    shopper: Open, bring: Callable[..., None]
) -> None:
    liu = shopper("C1005")
    liu.say("STOP")
    bring("SO777003", "C1005", payments=[files.payment(method="", at=ago(hours=1))])
    assert "SO777003" in liu.hears()
