"""Goals with an order that is not packed yet."""

import random
from datetime import timedelta

from django.utils import timezone

from bots.dialogue.act import labels, phrasing
from bots.simulation import words
from bots.simulation.drawing.shop import (
    Draft,
    Shop,
    any_of,
    name,
    option,
    proof,
    short,
    swaps,
)
from bots.simulation.ends import (
    Addressed,
    Cancelled,
    End,
    PaidWith,
    Scheduled,
    Swapped,
)
from orders.models import Order, PaymentMethod


def cancel_order(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    order = any_of(shop.allowing("cancel_order"), rng)
    if order is None:
        return None
    reasons = words.bank(language)["reasons"]["cancel"]
    code = rng.choice(sorted(reasons))
    reason = rng.choice(reasons[code])
    facts = of(order, rng) | {"reason": reason, "reason_code": code}
    # What was not said is not known: the reason counts only where it was.
    return draft(shop, rng, order, "cancel_order", facts, Cancelled(order=order.number))


def change_address(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    order = any_of(shop.allowing("change_address"), rng)
    if order is None:
        return None
    address = rng.choice(words.bank(language)["addresses"])
    end = Addressed(order=order.number, city=address["city"], street=address["street"])
    facts = of(order, rng) | {"address": address["text"]}
    return draft(shop, rng, order, "change_address", facts, end)


def change_delivery(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    order = any_of(shop.allowing("change_delivery"), rng)
    if order is None:
        return None
    if rng.random() < 0.5:
        note = rng.choice(words.bank(language)["texts"]["note"])
        end = Scheduled(order=order.number, note=note.partition(",")[0][:8])
        facts = of(order, rng) | {"note": note, "delivery": note}
    else:
        on = timezone.localdate(shop.now) + timedelta(days=rng.randint(3, 12))
        day = f"{on:%-m月%-d日}" if language == "zh" else f"{on:%B %-d}"
        end = Scheduled(order=order.number, on=on)
        facts = of(order, rng) | {"day": day, "delivery": day}
    return draft(shop, rng, order, "change_delivery", facts, end)


def change_payment(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    def others(order: Order) -> list[PaymentMethod]:
        paid = [one for one in order.payments.all() if one.kind == "payment"]
        if len(paid) != 1 or paid[0].method is None or paid[0].state != "settled":
            return []
        kinds = [one.kind for one in order.customer.payment_methods.all()]
        return [
            one
            for one in order.customer.payment_methods.all()
            if one != paid[0].method
            and kinds.count(one.kind) == 1
            and (one.balance is None or one.balance >= paid[0].amount)
        ]

    order = any_of(shop.allowing("change_payment"), rng, lambda one: bool(others(one)))
    if order is None:
        return None
    method = rng.choice(others(order))
    facts = of(order, rng) | {
        "method": phrasing.kind(method.kind, language),
        "method_value": f"method {method.ref}",
    }
    end = PaidWith(order=order.number, method=method.ref)
    return draft(shop, rng, order, "change_payment", facts, end)


def change_items(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    return swapping(shop, rng, language, action="change_items", opening="change_items")


def swapping(
    shop: Shop, rng: random.Random, language: str, *, action: str, opening: str
) -> Draft | None:
    """One of the order's pieces becomes another variant."""

    def swappable(order: Order) -> bool:
        return distinct(order) and any(swaps(one.variant) for one in order.lines.all())

    order = any_of(shop.allowing(action), rng, swappable)
    if order is None:
        return None
    lines = list(order.lines.all())
    line = rng.choice([one for one in lines if swaps(one.variant)])
    new, key = rng.choice(swaps(line.variant))
    products = [one.product for one in lines]
    facts = of(order, rng) | {
        "product": short(line.product, products, language),
        "sku": line.variant.sku,
        "option": option(key, new.options[key], language),
        "new_sku": new.sku,
        "shown_option": labels.option(key, new.options[key], language),
    }
    end = Swapped(order=order.number, sku=line.variant.sku, new_sku=new.sku)
    others = tuple(name(one, language) for one in products if one != line.product)
    return draft(shop, rng, order, opening, facts, end, not_these=others)


def of(order: Order, rng: random.Random) -> dict[str, str]:
    return {"order": order.number, "proof": proof(order.customer, rng)}


def distinct(order: Order) -> bool:
    """Whether each line is of another product."""
    products = [line.product_id for line in order.lines.all()]
    return len(products) == len(set(products))


def draft(
    shop: Shop,
    rng: random.Random,
    order: Order,
    opening: str,
    facts: dict[str, str],
    end: End,
    *,
    not_these: tuple[str, ...] = (),
) -> Draft:
    """With half of the shoppers logged in; these may name another of their orders."""
    known = rng.random() < 0.5
    others = [o.number for o in shop.of(order.customer) if o.number != order.number]
    return Draft(
        opening=opening,
        customer=order.customer,
        facts=facts,
        end=end,
        known=known,
        not_these=not_these,
        wrong_order=rng.choice(others) if known and others else "",
    )
