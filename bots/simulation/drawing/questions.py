"""Goals that change nothing of an order: to know something, or to be heard."""

import math
import random
from collections.abc import Mapping
from decimal import Decimal

from bots.dialogue import answer
from bots.simulation import words
from bots.simulation.drawing.before_packing import draft, of
from bots.simulation.drawing.shop import Draft, Shop, any_of, name, option, short
from bots.simulation.ends import Consented, End, HandedOver, Shown, Told
from orders import lookup
from orders.models import Customer, Order, Product
from orders.text import pick

STATES = {
    "pending": ("not packed", "打包", "待处理"),
    "processed": ("packed", "打包"),
    "delivered": ("delivered", "送达", "签收"),
    "cancelled": ("cancelled", "取消", "refund", "退款"),
}
YES = ("in stock", "有货", "有的")
NO = ("sold out", "do not have", "缺货", "没有")
# So many orders are a list.
LISTED = 2


def order_status(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    order = any_of(shop.orders, rng)
    if order is None:
        return None
    parcels = tuple(one.tracking_number for one in order.shipments.all())
    state = parcels if order.status == "shipped" else STATES[order.status]
    end = Told(says=((order.number,), state))
    return draft(shop, rng, order, "order_status", of(order, rng), end)


def list_orders(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    having = [one for one in shop.customers if len(shop.of(one)) >= LISTED]
    if not having:
        return None
    customer = rng.choice(having)
    newest = shop.of(customer)[:LISTED]
    end = Told(says=tuple((order.number,) for order in newest))
    return _question(customer, "list_orders", {}, end, known=True)


def refund_status(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    def says(order: Order) -> tuple[str, ...]:
        cases = tuple(case.ref for case in shop.rows.orders[order.number].cases)
        paid = tuple(
            answer.money(one.amount, order.currency)
            for one in order.payments.all()
            if one.kind == "refund"
        )
        return cases + paid

    order = any_of(shop.orders, rng, lambda one: bool(says(one)))
    if order is None:
        return None
    end = Told(says=(says(order),))
    return draft(shop, rng, order, "refund_status", of(order, rng), end)


def product_search(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    kinds = words.bank(language)["kinds"]
    found = [one for one in shop.products if one.category in kinds and _in_stock(one)]
    if not found:
        return None
    product = rng.choice(found)
    alike = sorted(_lowest(one) for one in found if one.category == product.category)
    # Half of them or more can be had for it.
    most = rng.choice(alike[len(alike) // 2 :])
    budget = math.ceil(float(most) / 50) * 50
    kind, other = rng.sample(kinds[product.category], 2)
    return _question(
        rng.choice(shop.customers),
        "product_search",
        {"kind": kind, "budget": str(budget)},
        Shown(category=product.category, budget=budget),
        again={"kind": other},
    )


def product_facts(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    asked = sorted(words.bank(language)["facts"])
    known = [(p, a) for p in shop.products for a in asked if a in p.attributes]
    if not known:
        return None
    product, attribute = rng.choice(known)
    value = product.attributes[attribute]
    said = pick(value, language) if isinstance(value, dict) else str(value)
    facts = {"product": _named(shop, product, rng, language)}
    customer = rng.choice(shop.customers)
    end = Told(says=((said,),))
    again = {"product": name(product, language)}
    return _question(customer, f"facts.{attribute}", facts, end, again=again)


def price(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    priced = [one for one in shop.products if one.variants.all()]
    if not priced:
        return None
    product = rng.choice(priced)
    told = answer.money(_lowest(product), lookup.currency())
    facts = {"product": _named(shop, product, rng, language)}
    customer = rng.choice(shop.customers)
    again = {"product": name(product, language)}
    return _question(customer, "price", facts, Told(says=((told,),)), again=again)


def stock(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    several = [one for one in shop.products if len(one.variants.all()) > 1]
    if not several:
        return None
    product = rng.choice(several)
    variant = rng.choice(list(product.variants.all()))
    key = rng.choice(sorted(variant.options))
    value = variant.options[key]
    having = [one for one in product.variants.all() if one.options.get(key) == value]
    facts = {
        "product": _named(shop, product, rng, language),
        "option": option(key, value, language),
    }
    says = YES if any(one.stock > 0 for one in having) else NO
    again = {"product": name(product, language)}
    end = Told(says=(says,))
    return _question(rng.choice(shop.customers), "stock", facts, end, again=again)


def policy_question(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    refs = asides(shop, language)
    if not refs:
        return None
    ref = rng.choice(refs)
    end = Told(says=((shop.answers[ref, language],),))
    return _question(rng.choice(shop.customers), f"policy.{ref}", {}, end)


def promotion_subscribe(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    others = [one for one in shop.customers if not one.marketing_opt_in]
    if not others:
        return None
    end = Consented(wanted=True)
    known = rng.random() < 0.5
    return _question(rng.choice(others), "promotion_subscribe", {}, end, known=known)


def promotion_unsubscribe(
    shop: Shop, rng: random.Random, language: str
) -> Draft | None:
    wanting = [one for one in shop.customers if one.marketing_opt_in]
    if not wanting:
        return None
    end = Consented(wanted=False)
    customer = rng.choice(wanting)
    return _question(customer, "promotion_unsubscribe", {}, end, known=True)


def human_agent(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    customer = rng.choice(shop.customers)
    return _question(customer, "human_agent", {}, HandedOver(), wants_person=True)


def complaint(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    customer = rng.choice(shop.customers)
    return _question(customer, "complaint", {}, HandedOver(), wants_person=True)


def invoice(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    order = any_of(shop.with_status("delivered"), rng)
    if order is None:
        return None
    told = tuple(text for (ref, said), text in shop.answers.items() if said == language)
    how = tuple(text for text in told if "invoice" in text.lower() or "发票" in text)
    end = HandedOver(says=how)
    return _question(
        order.customer, "invoice", of(order, rng), end, known=True, wants_person=True
    )


def asides(shop: Shop, language: str) -> list[str]:
    """FAQ entries that the shop has, and that shoppers have words for."""
    asked = words.bank(language)["policy"]
    return sorted(ref for ref in asked if (ref, language) in shop.answers)


def _question(
    customer: Customer,
    opening: str,
    facts: dict[str, str],
    end: End,
    *,
    known: bool = False,
    wants_person: bool = False,
    again: Mapping[str, str] | None = None,
) -> Draft:
    return Draft(
        opening=opening,
        customer=customer,
        facts=facts,
        end=end,
        known=known,
        wants_person=wants_person,
        again=again or {},
    )


def _named(shop: Shop, product: Product, rng: random.Random, language: str) -> str:
    if rng.random() < 0.5:
        return name(product, language)
    return short(product, shop.products, language)


def _in_stock(product: Product) -> bool:
    return any(one.stock > 0 for one in product.variants.all())


def _lowest(product: Product) -> Decimal:
    return min(one.price for one in product.variants.all())
