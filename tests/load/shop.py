"""Writes a synthetic shop in the format of `import_shop`, of any size."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

_KINDS = (
    ("shoes", "跑鞋", "running shoe"),
    ("bags", "背包", "backpack"),
    ("audio", "蓝牙耳机", "wireless headphones"),
    ("clothing", "衬衫", "shirt"),
    ("kitchen", "保温杯", "vacuum bottle"),
    ("shoes", "凉鞋", "sandal"),
    ("clothing", "羽绒服", "down jacket"),
    ("computers", "机械键盘", "mechanical keyboard"),
    ("home", "台灯", "desk lamp"),
    ("sports", "瑜伽垫", "yoga mat"),
    ("kitchen", "电热水壶", "electric kettle"),
    ("toys", "积木", "building blocks"),
    ("pets", "猫砂盆", "litter box"),
    ("beauty", "面霜", "face cream"),
    ("office", "笔记本", "notebook"),
    ("garden", "浇水壶", "watering can"),
)
_LOOKS = (
    ("轻便", "light"),
    ("防水", "waterproof"),
    ("经典", "classic"),
    ("儿童", "kids"),
    ("专业", "professional"),
    ("复古", "retro"),
    ("大容量", "large"),
    ("折叠", "folding"),
    ("静音", "silent"),
    ("加厚", "thick"),
    ("商务", "business"),
)
_STUFFS = (
    ("棉", "cotton"),
    ("不锈钢", "stainless steel"),
    ("竹", "bamboo"),
    ("皮革", "leather"),
    ("硅胶", "silicone"),
    ("羊毛", "wool"),
    ("铝", "aluminium"),
)
_COLORS = ("black", "white", "blue", "green")
_START = datetime(2026, 1, 1, tzinfo=UTC)
_STATUSES = ("pending", "processed", "shipped", "delivered", "cancelled")
_WAY = ("label_created", "picked_up", "in_transit", "out_for_delivery", "delivered")


def write_shop(
    directory: Path, *, orders: int, products: int, customers: int, seed: int
) -> None:
    """Write customers, products, orders and cases; the same seed, the same bytes."""
    random = Random(seed)
    directory.mkdir(parents=True, exist_ok=True)
    _write(directory / "customers.jsonl", (_customer(n) for n in range(customers)))
    _write(directory / "products.jsonl", (_product(n) for n in range(products)))
    numbers = range(orders)
    with (
        (directory / "orders.jsonl").open("w", encoding="utf-8") as order_file,
        (directory / "cases.jsonl").open("w", encoding="utf-8") as case_file,
    ):
        for number in numbers:
            order = _order(number, random, customers=customers, products=products)
            print(json.dumps(order, ensure_ascii=False), file=order_file)
            if order["status"] == "delivered" and random.random() < 0.05:
                print(json.dumps(_case(number, order)), file=case_file)


def _write(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False), file=file)


def _customer(number: int) -> dict[str, Any]:
    return {
        "ref": f"C{number:06}",
        "name": f"顾客 {number}",
        "email": f"shopper{number}@example.com",
        "phone": f"+86138{number:08}",
        "language": "zh" if number % 3 else "en",
        "timezone": "Asia/Shanghai",
        "tags": ["vip"] if number % 10 == 0 else [],
        "marketing_opt_in": number % 2 == 0,
        "preferences": [_KINDS[number % len(_KINDS)][0]],
        "address": _address(number),
        "payment_methods": [
            {"ref": "pm1", "kind": "alipay", "label": f"***{number % 10_000:04}"},
            {"ref": "pm2", "kind": "gift_card", "balance": f"{number % 500}.00"},
        ],
    }


def _address(number: int) -> dict[str, str]:
    return {
        "recipient": f"顾客 {number}",
        "phone": f"+86138{number:08}",
        "line1": f"中山路 {number % 900 + 1} 号",
        "line2": "",
        "city": "上海市",
        "region": "上海市",
        "country": "CN",
        "postcode": "200000",
    }


def _product(number: int) -> dict[str, Any]:
    category, zh, en = _KINDS[number % len(_KINDS)]
    look_zh, look_en = _LOOKS[number % len(_LOOKS)]
    stuff_zh, stuff_en = _STUFFS[number % len(_STUFFS)]
    return {
        "ref": f"P{number:05}",
        "name": {
            "zh": f"{look_zh}{zh} {number} 号",
            "en": f"{look_en} {en} no. {number}".capitalize(),
        },
        "category": category,
        "brand": f"Brand {number % 20}",
        "description": {
            "zh": f"好用的{zh},{stuff_zh}制。",
            "en": f"A good {en} made of {stuff_en}.",
        },
        "attributes": {
            "weight": f"{number % 900 + 100} g",
            "material": {"zh": stuff_zh, "en": stuff_en},
        },
        "tags": [category],
        "active": True,
        "image": "",
        "url": f"https://shop.example/p/P{number:05}",
        "variants": [
            {
                "sku": _sku(number, color),
                "options": {"color": color},
                "price": _price(number),
                "stock": number % 50,
            }
            for color in _COLORS
        ],
    }


def _sku(product: int, color: str) -> str:
    return f"P{product:05}-{color[:3].upper()}"


def _price(product: int) -> str:
    return f"{product % 900 + 19}.00"


def _order(
    number: int, random: Random, *, customers: int, products: int
) -> dict[str, Any]:
    placed = _START + timedelta(minutes=3 * number)
    status = random.choice(_STATUSES)
    customer = random.randrange(customers)
    lines = [_line(random, products) for _ in range(random.choice((1, 1, 2, 3)))]
    total = sum(float(line["unit_price"]) * line["quantity"] for line in lines)
    sent = status in {"shipped", "delivered"}
    return {
        "number": f"SO{number + 1:08}",
        "customer": f"C{customer:06}",
        "placed_at": placed.isoformat(),
        "status": status,
        "currency": "CNY",
        "lines": lines,
        "address": _address(customer),
        "payments": [
            {
                "kind": "payment",
                "method": "pm1",
                "amount": f"{total:.2f}",
                "at": (placed + timedelta(minutes=2)).isoformat(),
            }
        ],
        "shipments": [_shipment(number, lines, placed, status)] if sent else [],
        "delivered_at": (
            (placed + timedelta(hours=12 * len(_WAY))).isoformat()
            if status == "delivered"
            else None
        ),
    }


def _line(random: Random, products: int) -> dict[str, Any]:
    product = random.randrange(products)
    return {
        "sku": _sku(product, random.choice(_COLORS)),
        "product": f"P{product:05}",
        "quantity": random.choice((1, 1, 1, 2)),
        "unit_price": _price(product),
    }


def _shipment(
    number: int, lines: list[dict[str, Any]], placed: datetime, status: str
) -> dict[str, Any]:
    steps = _WAY if status == "delivered" else _WAY[:3]
    return {
        "carrier": "SF Express",
        "tracking_number": f"SF{number + 1:010}",
        "skus": [line["sku"] for line in lines],
        "estimated_delivery": (placed + timedelta(days=3)).date().isoformat(),
        "events": [
            {
                "at": (placed + timedelta(hours=12 * (step + 1))).isoformat(),
                "place": "Shanghai",
                "status": event,
                "text": {"zh": "运输中", "en": "On its way"},
            }
            for step, event in enumerate(steps)
        ],
    }


def _case(number: int, order: dict[str, Any]) -> dict[str, Any]:
    line = order["lines"][0]
    return {
        "ref": f"A{number + 1}",
        "kind": "return",
        "order": order["number"],
        "skus": [line["sku"]],
        "status": "requested",
        "reason": "too small",
        "opened_at": order["delivered_at"],
        "refund": {"amount": line["unit_price"], "method": "pm1"},
        "replacement_skus": [],
    }
