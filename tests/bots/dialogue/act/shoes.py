"""A running shoe in two sizes and two colours."""

from decimal import Decimal

from orders.models import Order, Variant
from tests import factories


def shoe(order: Order) -> dict[str, Variant]:
    """The order's only piece becomes a black shoe of size 41; others are in stock."""
    line = order.lines.get()
    line.product.name = {"en": "Running shoe", "zh": "跑鞋"}
    line.product.save()
    made = {
        f"{size}-{colour}": factories.variant(
            line.product,
            options={"size": size, "color": colour},
            price=Decimal(price),
        )
        for size, colour, price in [
            ("41", "black", "99.00"),
            ("42", "black", "109.00"),
            ("41", "white", "89.00"),
            ("42", "white", "99.00"),
        ]
    }
    line.variant = made["41-black"]
    line.save()
    line.product.variants.filter(options={}).delete()
    return made
