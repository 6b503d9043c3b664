"""How orders, money and options are named in a sentence."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from bots.dialogue import answer
from bots.dialogue.act import labels
from orders.aftersales import Pieces
from orders.models import Order, OrderLine, Payment, Variant
from orders.text import pick


def items(lines: Iterable[OrderLine], language: str) -> str:
    """Name the pieces: "Kettle × 2, Lamp"."""
    names = [
        pick(line.product.name, language)
        + (f" × {line.quantity}" if line.quantity > 1 else "")
        for line in lines
    ]
    return ("、" if language == "zh" else ", ").join(names)


def pieces(chosen: Iterable[Pieces], language: str) -> str:
    """Name what goes back, with the count where there are several of a line."""
    names = [_counted(one, language) for one in chosen]
    return ("、" if language == "zh" else ", ").join(names)


def _counted(one: Pieces, language: str) -> str:
    name = pick(one.line.product.name, language)
    if one.line.quantity == 1:
        return name
    if one.quantity == one.line.quantity:
        return f"{name} × {one.quantity}"
    return answer.say(
        "return/part", language, name=name, count=one.quantity, total=one.line.quantity
    )


def order_label(order: Order, language: str) -> str:
    """What a button for an order shows: its number, status and first piece."""
    lines = list(order.lines.all())
    first = pick(lines[0].product.name, language) if lines else ""
    more = " …" if len(lines) > 1 else ""
    return f"{order.number} · {status(order, language)} · {first}{more}"


def status(order: Order, language: str) -> str:
    return answer.in_language(order.get_status_display, language)


def paid(order: Order) -> Decimal:
    """What was paid and not given back."""
    sign = {Payment.Kind.PAYMENT: 1, Payment.Kind.REFUND: -1}
    return sum(
        (
            sign[Payment.Kind(payment.kind)] * payment.amount
            for payment in order.payments.all()
        ),
        Decimal(),
    )


def options(values: Mapping[str, str], language: str) -> str:
    named = [labels.option(name, str(said), language) for name, said in values.items()]
    return " / ".join(named)


def price(variants: Iterable[Variant], currency: str) -> tuple[str, str]:
    """The lowest and highest price, as money."""
    prices = [variant.price for variant in variants]
    return answer.money(min(prices), currency), answer.money(max(prices), currency)
