"""Pieces that become other variants of the same product."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from orders import pieces, stock
from orders.models import Variant
from orders.pieces import Pieces, Swap
from orders.refusal import Code, Refusal


def swap(
    possible: Sequence[Pieces], swaps: Sequence[Swap], *, same_variant: bool
) -> list[tuple[Pieces, Variant]]:
    """Pair the pieces that are meant with the variants that they become.

    Raises `Refusal` (NO_ITEMS, LINE_NOT_IN_ORDER, TOO_MANY_PIECES, NEW_ITEM_UNKNOWN,
    OTHER_PRODUCT, SOLD_OUT, SAME_VARIANT).
    """
    wanted: Counter[str] = Counter()
    for one in swaps:
        wanted[one.sku] += one.quantity
    if any(one.quantity < 1 for one in swaps):
        raise Refusal(Code.NO_ITEMS)
    chosen = pieces.take(possible, wanted)
    variants = stock.find({one.new_sku for one in swaps})
    products = {piece.line.variant.sku: piece.line.product_id for piece in chosen}
    _check_news(swaps, variants, products)
    for one in swaps:
        if one.new_sku == one.sku and not same_variant:
            raise Refusal(Code.SAME_VARIANT, sku=one.new_sku)
    return list(_paired(chosen, swaps, variants))


def price_difference(chosen: Sequence[tuple[Pieces, Variant]]) -> Decimal:
    """What the new variants cost more than the pieces did."""
    return sum(
        (
            (variant.price - piece.line.unit_price) * piece.quantity
            for piece, variant in chosen
        ),
        Decimal("0.00"),
    )


def _check_news(
    swaps: Sequence[Swap], variants: Mapping[str, Variant], products: Mapping[str, int]
) -> None:
    """Check rule by rule, so that of several faults the same one is always told."""
    for one in swaps:
        if one.new_sku not in variants:
            raise Refusal(Code.NEW_ITEM_UNKNOWN, sku=one.new_sku)
    for one in swaps:
        if variants[one.new_sku].product_id != products[one.sku]:
            raise Refusal(Code.OTHER_PRODUCT, sku=one.new_sku)
    news: Counter[str] = Counter()
    for one in swaps:
        news[one.new_sku] += one.quantity
        if not stock.is_available(variants[one.new_sku], news[one.new_sku]):
            raise Refusal(Code.SOLD_OUT, sku=one.new_sku)


def _paired(
    chosen: Sequence[Pieces], swaps: Sequence[Swap], variants: Mapping[str, Variant]
) -> list[tuple[Pieces, Variant]]:
    """Spread the pieces over the swaps of their SKU, in the order given."""
    news: dict[str, list[Variant]] = {}
    for one in swaps:
        news.setdefault(one.sku, []).extend([variants[one.new_sku]] * one.quantity)
    pairs = []
    for piece in chosen:
        queue = news[piece.line.variant.sku]
        counts = Counter(variant.sku for variant in queue[: piece.quantity])
        del queue[: piece.quantity]
        for sku, quantity in counts.items():
            share = Pieces(line=piece.line, quantity=quantity)
            pairs.append((share, variants[sku]))
    return pairs
