"""The shop as goals are drawn from it, read once."""

import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from bots.dialogue.act import labels
from bots.simulation import rules, snapshot
from bots.simulation.ends import End
from kb.models import Entry
from orders.models import Customer, Order, Product, Variant
from orders.text import pick

TAIL = 4
# A Chinese name this long has the name of its line and of its kind.
_LINE_AND_KIND = 5


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A goal before it has an id and a temper."""

    opening: str
    customer: Customer
    facts: Mapping[str, str]
    end: End
    known: bool
    not_these: tuple[str, ...] = ()
    wants_person: bool = False
    wrong_order: str = ""
    hears: tuple[str, ...] = ()
    again: Mapping[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Shop:
    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def rows(self) -> snapshot.Snapshot:
        return snapshot.take()

    @cached_property
    def orders(self) -> list[Order]:
        return list(Order.objects.with_details().order_by("pk"))

    @cached_property
    def customers(self) -> list[Customer]:
        return list(Customer.objects.order_by("pk"))

    @cached_property
    def products(self) -> list[Product]:
        products = Product.objects.filter(active=True).prefetch_related("variants")
        return list(products.order_by("pk"))

    @cached_property
    def answers(self) -> dict[tuple[str, str], str]:
        """What the published FAQ entries say, by ref and language."""
        entries = Entry.objects.in_force(self.now).prefetch_related("translations")
        return {
            (entry.ref, one.language): one.answer
            for entry in entries
            for one in entry.translations.all()
        }

    def allowing(self, action: str) -> list[Order]:
        """Orders with which this may be done, and that are in no case yet."""
        return [order for order in self.orders if self._is_free(order, action)]

    def _is_free(self, order: Order, action: str) -> bool:
        placed = self.rows.orders[order.number]
        return not placed.cases and rules.allows(action, placed, self.now)

    def with_status(self, *statuses: str) -> list[Order]:
        return [order for order in self.orders if order.status in statuses]

    def of(self, customer: Customer) -> list[Order]:
        """The customer's orders, the newest first."""
        own = [o for o in self.orders if o.customer_id == customer.pk]
        return sorted(own, key=lambda order: order.placed_at, reverse=True)


def any_of(
    orders: Iterable[Order],
    rng: random.Random,
    fits: Callable[[Order], bool] = lambda _: True,
) -> Order | None:
    fitting = [order for order in orders if fits(order)]
    return rng.choice(fitting) if fitting else None


def proof(customer: Customer, rng: random.Random) -> str:
    """What proves that an order is theirs: the e-mail or the end of the phone number."""
    digits = "".join(char for char in customer.phone if char.isdigit())[-TAIL:]
    return rng.choice([one for one in (customer.email, digits) if one])


def name(product: Product, language: str) -> str:
    return pick(product.name, language)


def short(product: Product, among: Iterable[Product], language: str) -> str:
    """Part of its name, as people recall it; the whole where it names others too."""
    whole = name(product, language)
    part = _english(whole) if language == "en" else _chinese(whole)
    others = (name(one, language) for one in among if one != product)
    return whole if any(part in other for other in others) else part


def _english(whole: str) -> str:
    """The two words before "with …" and the like."""
    named = re.split(r" (?:with|for|of) ", whole)[0].split()[-2:]
    is_name = len(named) == 2 and named[0].isalpha() and named[0] != "and"
    return " ".join(named) if is_name and named[1].isalpha() else whole


def _chinese(whole: str) -> str:
    """Without the two characters of its line: 晴风轻跑鞋 is 轻跑鞋."""
    last = whole.rsplit(maxsplit=1)[-1]
    return last[2:] if len(last) > _LINE_AND_KIND and last[:2].isalpha() else last


def option(key: str, value: str, language: str) -> str:
    """An option's value as it is asked for."""
    said = labels.option(key, value, language)
    if key != "size":
        return said
    return f"{said}码" if language == "zh" else f"size {said}"


def swaps(variant: Variant) -> list[tuple[Variant, str]]:
    """What a piece may become, with the one option in which it differs."""
    found = []
    for one in variant.product.variants.all():
        other = [k for k in one.options if one.options[k] != variant.options.get(k)]
        if len(other) == 1 and one.stock > 1 and one.price == variant.price:
            found.append((one, other[0]))
    return found
