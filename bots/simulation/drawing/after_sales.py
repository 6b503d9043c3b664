"""Goals with an order that has arrived, or should have."""

import random
from dataclasses import replace

from bots.simulation import words
from bots.simulation.drawing.before_packing import distinct, draft, of, swapping
from bots.simulation.drawing.shop import Draft, Shop, any_of, name, short
from bots.simulation.ends import End, Kept, Opened, Swapped, Withdrawn
from orders.models import Order, OrderLine, Product

KINDS = {
    "en": {
        "return": "return",
        "exchange": "exchange",
        "repair": "repair",
        "refund": "refund",
    },
    "zh": {"return": "退货", "exchange": "换货", "repair": "维修", "refund": "退款"},
}
OPEN = ("requested", "approved")


def return_order(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    order = any_of(shop.allowing("open_return"), rng, distinct)
    if order is None:
        return None
    reasons = words.bank(language)["reasons"]["return"]
    ground = rng.choice(sorted(reasons))
    line = rng.choice(list(order.lines.all()))
    facts = {"reason": rng.choice(reasons[ground])}
    end = Opened(order=order.number, kind="return", items=_pieces(line))
    return _of_line(shop, rng, language, "return_order", line, facts, end)


def exchange_order(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    found = swapping(
        shop, rng, language, action="open_exchange", opening="exchange_order"
    )
    if found is None or not isinstance(found.end, Swapped):
        return None
    order = shop.rows.orders[found.end.order]
    [count] = [line[1] for line in order.lines if line[0] == found.end.sku]
    end = Opened(
        order=order.number,
        kind="exchange",
        items={found.end.sku: count},
        replacements=(found.end.new_sku,) * count,
    )
    return replace(found, end=end)


def repair_order(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    order = any_of(shop.allowing("open_repair"), rng, distinct)
    if order is None:
        return None
    line = rng.choice(list(order.lines.all()))
    facts = {"fault": rng.choice(words.bank(language)["texts"]["fault"])}
    end = Opened(order=order.number, kind="repair", items=_pieces(line))
    return _of_line(shop, rng, language, "repair_order", line, facts, end)


def report_problem(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    arrived = [o for o in shop.allowing("open_refund") if o.status == "delivered"]
    order = any_of(arrived, rng, distinct)
    if order is None:
        return None
    line = rng.choice(list(order.lines.all()))
    problems = words.bank(language)["reasons"]["problem"]
    ground = rng.choice(sorted(problems))
    product = short(line.product, _products(order), language)
    said = rng.choice(problems[ground]).format(product=product)
    facts = {"problem": said, "ground": ground}
    end = Opened(
        order=order.number, kind="refund", items=_pieces(line), grounds=(ground,)
    )
    return _of_line(shop, rng, language, "report_problem", line, facts, end)


def withdraw_case(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    def alone(order: Order) -> bool:
        cases = shop.rows.orders[order.number].cases
        return [case.status in OPEN for case in cases] == [True]

    order = any_of(shop.orders, rng, alone)
    if order is None:
        return None
    [case] = shop.rows.orders[order.number].cases
    facts = of(order, rng) | {
        "kind": KINDS[language][case.kind],
        "case_ref": case.ref,
    }
    end = Withdrawn(order=order.number, case=case.ref)
    return draft(shop, rng, order, "withdraw_case", facts, end)


def declined(shop: Shop, rng: random.Random, language: str) -> Draft | None:
    """One of the others, to which the shopper says no in the end."""
    found = rng.choice((return_order, exchange_order, repair_order))(
        shop, rng, language
    )
    return found and replace(found, end=Kept())


def _of_line(
    shop: Shop,
    rng: random.Random,
    language: str,
    opening: str,
    line: OrderLine,
    facts: dict[str, str],
    end: End,
) -> Draft:
    order = next(one for one in shop.orders if one.pk == line.order_id)
    products = _products(order)
    said = {
        "product": short(line.product, products, language),
        "sku": line.variant.sku,
    }
    others = tuple(name(one, language) for one in products if one != line.product)
    return draft(
        shop,
        rng,
        order,
        opening,
        of(order, rng) | said | facts,
        end,
        not_these=others,
    )


def _products(order: Order) -> list[Product]:
    return [line.product for line in order.lines.all()]


def _pieces(line: OrderLine) -> dict[str, int]:
    return {line.variant.sku: line.quantity}
