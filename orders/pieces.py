"""Pieces of an order: which are meant, which are free, and what was paid for each."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from orders import balance
from orders.models import Case, CaseLine, Order, OrderLine, fetched
from orders.refusal import Code, Refusal

_CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """So many pieces of a line of an order."""

    line: OrderLine
    quantity: int

    @property
    def amount(self) -> Decimal:
        """Their price, before any discount of the order."""
        return self.line.unit_price * self.quantity


@dataclass(frozen=True, kw_only=True)
class Swap:
    """So many pieces of one SKU for as many of another."""

    sku: str
    new_sku: str
    quantity: int = 1


def ordered(order: Order) -> list[Pieces]:
    """Every piece of the order."""
    lines = order.lines.all()
    if not fetched.has(order, "lines"):
        lines = lines.select_related("product", "variant")
    return [Pieces(line=line, quantity=line.quantity) for line in lines]


def free(order: Order) -> list[Pieces]:
    """What of each line is in no case: rejected ones aside, and repairs that ended."""
    taken = taken_counts(order)
    left = [
        Pieces(line=pieces.line, quantity=pieces.quantity - taken[pieces.line.pk])
        for pieces in ordered(order)
    ]
    return [pieces for pieces in left if pieces.quantity > 0]


def taken_counts(order: Order) -> Counter[int]:
    """How many pieces of each line are in a case."""
    taken: Counter[int] = Counter()
    for part in _taken(order):
        taken[part.line_id] += part.quantity
    return taken


def take(possible: Sequence[Pieces], counts: Mapping[str, int]) -> list[Pieces]:
    """Take so many pieces of each SKU, first lines first.

    Raises `Refusal` (NO_ITEMS, LINE_NOT_IN_ORDER, TOO_MANY_PIECES).
    """
    if not counts or min(counts.values()) < 1:
        raise Refusal(Code.NO_ITEMS)
    wanted = Counter(counts)
    skus = {pieces.line.variant.sku for pieces in possible}
    for sku in wanted:
        if sku not in skus:
            raise Refusal(Code.LINE_NOT_IN_ORDER, sku=sku)
    chosen = []
    for pieces in possible:
        sku = pieces.line.variant.sku
        taken = min(wanted[sku], pieces.quantity)
        if taken > 0:
            wanted[sku] -= taken
            chosen.append(Pieces(line=pieces.line, quantity=taken))
    for sku, missing in wanted.items():
        if missing:
            raise Refusal(Code.TOO_MANY_PIECES, sku=sku)
    return chosen


def count(skus: Iterable[str]) -> dict[str, int]:
    """A SKU once a piece, as counts."""
    return dict(Counter(skus))


def paid_for(order: Order, chosen: Sequence[Pieces]) -> dict[int, Decimal]:
    """What was paid for these pieces, by line: their share of the goods less discount.

    Shares are cut from running sums, less what other cases count for their pieces of
    the line: so those of all pieces of the order, in however many cases, add up to what
    was paid for the goods, to the cent.
    """
    wanted: Counter[int] = Counter()
    for pieces in chosen:
        wanted[pieces.line.pk] += pieces.quantity
    shares = _shares(order)
    ends, counted = taken_counts(order) + wanted, _counted(order, shares)
    return {
        pk: max(shares[pk](ends[pk]) - counted[pk], Decimal("0.00")) for pk in wanted
    }


def cost_of(order: Order, chosen: Sequence[Pieces]) -> Decimal:
    """What these pieces cost: their share of the goods less discount.

    It is what was paid for them, where the order was paid.
    """
    wanted: Counter[int] = Counter()
    for pieces in chosen:
        wanted[pieces.line.pk] += pieces.quantity
    shares = _shares_of(order, order.goods - order.discount)
    taken = taken_counts(order)
    costs = (
        shares[pk](taken[pk] + count) - shares[pk](taken[pk])
        for pk, count in wanted.items()
    )
    return sum(costs, Decimal("0.00"))


def _shares(order: Order) -> dict[int, Callable[[int], Decimal]]:
    """Of each line, what was paid for its first so many pieces."""
    paid = max(balance.charged(order) - order.shipping_fee, Decimal())
    return _shares_of(order, min(paid, order.goods))


def _shares_of(order: Order, paid: Decimal) -> dict[int, Callable[[int], Decimal]]:
    """Of each line, the share that its first so many pieces have in the sum paid."""
    lines = sorted(order.lines.all(), key=lambda line: line.pk)
    goods = sum((line.amount for line in lines), Decimal())
    shares: dict[int, Callable[[int], Decimal]] = {}
    before = Decimal()
    for line in lines:
        shares[line.pk] = partial(_share, paid, goods, before, line.unit_price)
        before += line.amount
    return shares


def _share(
    paid: Decimal, goods: Decimal, before: Decimal, price: Decimal, count: int
) -> Decimal:
    if not goods:
        return Decimal("0.00")
    end = before + price * count
    return _cents(paid * end / goods) - _cents(paid * before / goods)


def _counted(
    order: Order, shares: Mapping[int, Callable[[int], Decimal]]
) -> dict[int, Decimal]:
    """What the cases of each line count for its pieces that they have."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    unknown: Counter[int] = Counter()
    for part in _taken(order):
        if part.paid is None:
            unknown[part.line_id] += part.quantity
        else:
            found[part.line_id] += part.paid
    for pk, quantity in unknown.items():
        found[pk] += shares[pk](quantity)
    return found


def _taken(order: Order) -> list[CaseLine]:
    return [part for part in _parts(order) if _takes(part.case)]


def _parts(order: Order) -> list[CaseLine]:
    if fetched.has(order, "cases"):
        return [part for case in order.cases.all() for part in case.lines.all()]
    return list(CaseLine.objects.filter(line__order=order).select_related("case"))


def _takes(case: Case) -> bool:
    mended = case.kind == Case.Kind.REPAIR and case.status == Case.Status.COMPLETED
    return not (case.cancels_order or case.status == Case.Status.REJECTED or mended)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
