"""Pieces in stock: taken and put back, never below zero."""

from collections.abc import Mapping

from django.db.models import F

from orders.models import Variant
from orders.refusal import Code, Refusal


def find(skus: set[str]) -> dict[str, Variant]:
    """The variants of these SKUs, unlocked: what `move` finds is what counts."""
    found = Variant.objects.filter(sku__in=skus).select_related("product")
    return {variant.sku: variant for variant in found}


def is_available(variant: Variant, pieces: int) -> bool:
    """Whether so many pieces can be had; stock that is not counted only says whether."""
    needed = pieces if variant.counted else 1
    return variant.product.active and variant.stock >= needed


def move(changes: Mapping[int, int]) -> None:
    """Add to (or, below 0, take from) the stock of variants by key, in that order.

    Raises `Refusal` (SOLD_OUT) where there is not so much.
    """
    for pk, change in sorted(changes.items()):
        counted = Variant.objects.filter(pk=pk, counted=True)
        if change > 0:
            counted.update(stock=F("stock") + change)
        elif change < 0:
            enough = counted.filter(stock__gte=-change)
            # The condition is the guard: whatever runs at once, it never goes below 0.
            if not enough.update(stock=F("stock") + change) and counted.exists():
                raise Refusal(Code.SOLD_OUT)
