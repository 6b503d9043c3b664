"""How orders, money and options are named in a sentence."""

from collections.abc import Iterable, Mapping

from bots.dialogue import answer
from bots.dialogue.act import labels
from orders.models import Order, OrderLine, PaymentMethod, Variant
from orders.pieces import Pieces, ordered, take
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


def chosen(lines: Iterable[OrderLine], language: str) -> str:
    """Name the pieces with the options that each has."""
    names = [
        variant(line.variant, language)
        + (f" × {line.quantity}" if line.quantity > 1 else "")
        for line in lines
    ]
    return ("、" if language == "zh" else ", ").join(names)


def counts(order: Order, skus: Mapping[str, int], language: str) -> str:
    """Name so many pieces of each SKU of the order."""
    return pieces(take(ordered(order), skus), language)


def _counted(one: Pieces, language: str) -> str:
    name = pick(one.line.product.name, language)
    if one.line.quantity == 1:
        return name
    if one.quantity == one.line.quantity:
        return f"{name} × {one.quantity}"
    return answer.say(
        "items/part", language, name=name, count=one.quantity, total=one.line.quantity
    )


def order_label(order: Order, language: str) -> str:
    """What a button for an order shows: its number, status and first piece."""
    lines = list(order.lines.all())
    first = pick(lines[0].product.name, language) if lines else ""
    more = " …" if len(lines) > 1 else ""
    return f"{order.number} · {status(order, language)} · {first}{more}"


def status(order: Order, language: str) -> str:
    return answer.in_language(order.get_status_display, language)


def method(method: PaymentMethod | None, language: str) -> str:
    """Name a payment method as its owner knows it; "" where none is known."""
    if method is None:
        return ""
    named = kind(method.kind, language)
    return answer.say("money/method", language, kind=named, label=method.label)


def payee(to: PaymentMethod | None, language: str) -> str:
    """Name what money goes back to; "" also for cash, which nothing goes back to."""
    if to and to.kind == PaymentMethod.Kind.CASH_ON_DELIVERY:
        return ""
    return method(to, language)


def kind(kind: str, language: str) -> str:
    """Name a kind of payment method; an unknown one as it is written."""
    labels = dict(PaymentMethod.Kind.choices)
    return answer.in_language(lambda: str(labels.get(kind, kind)), language)


def variant(variant: Variant, language: str) -> str:
    """Name a variant by its product and its options: "Kettle (black)"."""
    name = pick(variant.product.name, language)
    said = options(variant.options, language)
    return f"{name} ({said})" if said else name


def options(values: Mapping[str, str], language: str) -> str:
    named = [labels.option(name, str(said), language) for name, said in values.items()]
    return " / ".join(named)


def price(variants: Iterable[Variant], currency: str) -> tuple[str, str]:
    """The lowest and highest price, as money."""
    prices = [variant.price for variant in variants]
    return answer.money(min(prices), currency), answer.money(max(prices), currency)
