"""Goals that must come to nothing, and be told so."""

import random
from collections.abc import Iterable
from dataclasses import replace

from bots.simulation import rules, words
from bots.simulation.drawing.before_packing import draft, of
from bots.simulation.drawing.shop import Draft, Shop, any_of, name
from bots.simulation.ends import Told
from orders.models import Order

LATE = ("has passed", "过期")
SENT = ("shipped already", "已经发货")
PACKED = ("packed already", "已经打包")
NOT_IN_PREPARATION = ("no longer in preparation", "不在备货", "无法", "不能")
NOT_FOUND = ("cannot find", "没有找到")
NO_MATCH = ("does not fit", "对不上")


def return_late(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    reasons = words.bank(language)["reasons"]["return"]["changed_mind"]
    order = any_of(_late(shop, "open_return"), rng)
    facts = {"reason": rng.choice(reasons)}
    return _refused(shop, rng, order, "return_order", facts, LATE)


def exchange_late(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    order = any_of(_late(shop, "open_exchange"), rng)
    if order is None:
        return None
    product = name(order.lines.all()[0].product, language)
    facts = {"product": product}
    return _refused(shop, rng, order, "exchange_order", facts, LATE)


def cancel_late(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    order = any_of(shop.with_status("shipped", "processed"), rng)
    if order is None:
        return None
    hears = SENT if order.status == "shipped" else PACKED
    reasons = words.bank(language)["reasons"]["cancel"]["no_longer_needed"]
    facts = {"reason": rng.choice(reasons)}
    return _refused(shop, rng, order, "cancel_order", facts, hears)


def change_late(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    order = any_of(shop.with_status("shipped", "processed"), rng)
    address = rng.choice(words.bank(language)["addresses"])["text"]
    facts = {"address": address}
    return _refused(shop, rng, order, "change_address", facts, NOT_IN_PREPARATION)


def not_theirs(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    """Somebody who is logged in names another customer's order."""
    order = any_of(shop.with_status("pending", "shipped", "delivered"), rng)
    others = [one for one in shop.customers if order and one != order.customer]
    if order is None or not others:
        return None
    opening = {"pending": "cancel_order", "shipped": "order_status"}.get(
        order.status, "return_order"
    )
    stranger = rng.choice(others)
    secrets = _secrets(order, language) - {
        name(line.product, language)
        for own in shop.of(stranger)
        for line in own.lines.all()
    }
    return Draft(
        opening=opening,
        customer=stranger,
        facts={"order": order.number},
        end=Told(says=(NOT_FOUND,), never=tuple(sorted(secrets))),
        known=True,
        hears=NOT_FOUND,
    )


def wrong_proof(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    """Nobody known, who knows an order's number and not whose it is."""
    order = any_of(shop.with_status("pending", "shipped", "delivered"), rng)
    if order is None:
        return None
    digits = order.customer.phone[-4:]
    guesses = ["0417", "8826", "5931", "someone.else@example.org"]
    facts = {
        "order": order.number,
        "proof": rng.choice([guess for guess in guesses if guess != digits]),
    }
    opening = rng.choice(["order_status", "cancel_order", "return_order"])
    return Draft(
        opening=opening,
        customer=order.customer,
        facts=facts,
        end=Told(says=(NO_MATCH,), never=tuple(sorted(_secrets(order, language)))),
        known=False,
        hears=NO_MATCH,
    )


def _late(shop: Shop, action: str) -> list[Order]:
    return [
        order
        for order in shop.with_status("delivered")
        if not shop.rows.orders[order.number].cases
        and not rules.allows(action, shop.rows.orders[order.number], shop.now)
    ]


def _secrets(order: Order, language: str) -> set[str]:
    """What only its owner may hear of an order."""
    parcels: Iterable[str] = (p.tracking_number for p in order.shipments.all())
    goods = (name(line.product, language) for line in order.lines.all())
    return {*filter(None, parcels), *goods}


def _refused(
    shop: Shop,
    rng: random.Random,
    order: Order | None,
    opening: str,
    facts: dict[str, str],
    hears: tuple[str, ...],
) -> Draft | None:
    if order is None:
        return None
    found = draft(
        shop, rng, order, opening, of(order, rng) | facts, Told(says=(hears,))
    )
    return replace(found, hears=hears, wrong_order="")
