"""How a talk should have ended: predicates over what it left in the database.

Each says what it lacks; nothing lacking is a success. Whatever else an end asks for,
no other order may have changed.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bots.simulation.evidence import Evidence
from bots.simulation.snapshot import Placed
from orders.models import Product


@dataclass(frozen=True, kw_only=True)
class End(ABC):
    # The only order that may have changed, if any may.
    order: str = ""

    def lacks(self, seen: Evidence) -> list[str]:
        others = seen.before.changed_orders(seen.after) - {self.order}
        found = [f"order {number} changed" for number in sorted(others)]
        return [*found, *self._lacks(seen)]

    @abstractmethod
    def _lacks(self, seen: Evidence) -> Iterator[str]: ...

    def _now(self, seen: Evidence) -> Placed:
        return seen.after.orders[self.order]


@dataclass(frozen=True, kw_only=True)
class Cancelled(End):
    reason: str = ""

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        order = self._now(seen)
        if order.status != "cancelled":
            yield f"{self.order} is {order.status}, not cancelled"
        elif self.reason and order.cancel_reason != self.reason:
            yield f"the reason is {order.cancel_reason!r}, not {self.reason!r}"


@dataclass(frozen=True, kw_only=True)
class Addressed(End):
    city: str
    street: str

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        address = self._now(seen).address
        whole = " ".join(str(part) for part in address.values())
        for part in (self.city, self.street):
            if part not in whole:
                yield f"the address lacks {part!r}: {whole}"


@dataclass(frozen=True, kw_only=True)
class Scheduled(End):
    """Delivered on a day, or with a note that holds these words."""

    on: date | None = None
    note: str = ""

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        _, on, note = self._now(seen).delivery
        if self.on and on != self.on:
            yield f"delivered on {on}, not {self.on}"
        if self.note not in note:
            yield f"the note is {note!r}"


@dataclass(frozen=True, kw_only=True)
class PaidWith(End):
    method: str

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        paid = [p for p in self._now(seen).payments if p[0] == "payment"]
        if not paid or paid[-1][1] != self.method:
            yield f"paid with {paid[-1][1] if paid else None}, not {self.method}"


@dataclass(frozen=True, kw_only=True)
class Swapped(End):
    sku: str
    new_sku: str

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        before = {line[0]: line[1] for line in seen.before.orders[self.order].lines}
        wanted = {**before, self.new_sku: before[self.sku]}
        del wanted[self.sku]
        found = {line[0]: line[1] for line in self._now(seen).lines}
        if found != wanted:
            yield f"the order is for {found}, not {wanted}"


@dataclass(frozen=True, kw_only=True)
class Opened(End):
    """One new case of this kind, for exactly these items."""

    kind: str
    items: Mapping[str, int]
    # As the shop knows what was said; any where nothing was said.
    grounds: tuple[str, ...] = ()
    replacements: tuple[str, ...] = ()

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        known = {case.ref for case in seen.before.orders[self.order].cases}
        new = [case for case in self._now(seen).cases if case.ref not in known]
        if len(new) != 1:
            yield f"{len(new)} new cases"
            return
        [case] = new
        if case.kind != self.kind:
            yield f"a {case.kind}, not a {self.kind}"
        if case.items != self.items:
            yield f"for {case.items}, not {self.items}"
        if self.grounds and case.ground not in self.grounds:
            yield f"the ground is {case.ground!r}, not {' or '.join(self.grounds)}"
        if self.replacements and case.replacements != self.replacements:
            yield f"becomes {case.replacements}, not {self.replacements}"


@dataclass(frozen=True, kw_only=True)
class Withdrawn(End):
    case: str

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        found = {case.ref: case.status for case in self._now(seen).cases}
        if found[self.case] != "rejected":
            yield f"{self.case} is {found[self.case]}"


@dataclass(frozen=True, kw_only=True)
class Told(End):
    """Nothing changed, and the bot said what is true: one of each group."""

    says: tuple[tuple[str, ...], ...] = ()
    # What it must keep to itself.
    never: tuple[str, ...] = ()

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        told = seen.told.casefold()
        for group in self.says:
            if not any(words.casefold() in told for words in group):
                yield f"not told: {' | '.join(words[:60] for words in group)}"
        for words in self.never:
            if words.casefold() in told:
                yield f"told what is not theirs: {words}"


@dataclass(frozen=True, kw_only=True)
class Kept(End):
    """Something was proposed and declined: nothing changed."""

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        if not any(v.startswith("yes:") for values in seen.offered for v in values):
            yield "nothing was proposed"


@dataclass(frozen=True, kw_only=True)
class Shown(End):
    """The last list of products fits the category and the budget."""

    category: str
    budget: int

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        lists = [found for values in seen.offered if (found := _products(values))]
        if not lists:
            yield "no product was shown"
            return
        shown = list(Product.objects.filter(ref__in=lists[-1]))
        dear = [product.ref for product in shown if _lowest(product) > self.budget]
        if dear:
            yield f"over the budget: {', '.join(dear)}"
        if not any(product.category == self.category for product in shown):
            yield f"nothing of {self.category}"


def _products(values: list[str]) -> list[str]:
    return [v.partition(":")[2] for v in values if v.startswith("product:")]


def _lowest(product: Product) -> float:
    return min((float(one.price) for one in product.variants.all()), default=0.0)


@dataclass(frozen=True, kw_only=True)
class Consented(End):
    wanted: bool

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        if seen.wants_promotions != self.wanted:
            yield f"promotions are {'on' if seen.wants_promotions else 'off'}"


@dataclass(frozen=True, kw_only=True)
class HandedOver(End):
    """A person has the talk; or, where there are `says`, one of these was told."""

    says: tuple[str, ...] = field(default=())

    def _lacks(self, seen: Evidence) -> Iterator[str]:
        if any(words in seen.told for words in self.says):
            return
        if not seen.tickets or seen.conversation.owner != "human":
            yield "no person has the talk"
