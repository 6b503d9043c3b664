"""Looking for products, and showing what was found."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import options, phrasing, small_talk
from bots.dialogue.act.talk import Talk
from bots.dialogue.state import Choice
from bots.messages import Button, Card
from orders import catalogue, lookup
from orders.models import Product
from orders.text import pick

SHOWN = 4
# One of those on the list is meant, rather than something else that costs less.
_OF_LIST = re.compile(r"哪|最|\bwhich\b|\bcheapest\b|\bthe cheaper\b", re.IGNORECASE)
_CENT = Decimal("0.01")


def browse(talk: Talk) -> None:
    """Show what fits the words, the price and the options."""
    hits = search(talk, in_stock=True) or search(talk, in_stock=False)
    if not hits:
        small_talk.nothing_found(talk)
        return
    found = [hit.product for hit in hits]
    if _none_comes_so(talk, found):
        talk.say(
            "products/none_so", options=phrasing.options(_said(talk), talk.language)
        )
    show(talk, with_options(talk, found)[:SHOWN])


def _said(talk: Talk) -> dict[str, str]:
    return dict(talk.slot("options") or {})


def _none_comes_so(talk: Talk, products: Sequence[Product]) -> bool:
    """Whether options were asked for that none of the products comes in."""
    said = _said(talk)
    return bool(said) and not any(
        options.fits(variant, said)
        for product in products
        for variant in product.variants.all()
    )


def cheaper(talk: Talk) -> None:
    """Show what costs less than the product shown last, or the cheapest on the list."""
    now = fetch(talk, talk.state.product)
    on_sale = [one for one in _listed(talk) if one.variants.all()]
    if len(on_sale) > 1 and (now is None or _OF_LIST.search(talk.given.text)):
        show(talk, sorted(on_sale, key=_lowest)[:1])
        return
    less = _less_than(talk, now) if now and now.variants.all() else []
    if less:
        show(talk, less)
    elif now:
        name = pick(now.name, talk.language)
        talk.say("products/cheapest", name=name, price=price(talk, now))
    else:
        talk.say("products/which")


def search(talk: Talk, *, in_stock: bool) -> list[catalogue.Hit]:
    category = _still_meant(talk)
    return talk.call(
        catalogue.search,
        str(talk.slot("product") or ("" if category else talk.given.text)),
        language=talk.language,
        category=category,
        price_min=_amount(talk.slot("price_min")),
        price_max=_amount(talk.slot("price_max")),
        in_stock=in_stock,
        limit=SHOWN * 2,
    )


def _still_meant(talk: Talk) -> str:
    """The kind of what was listed, where only a price is said to it; or ""."""
    priced = talk.slot("price_max") or talk.slot("price_min")
    if talk.slot("product") or not priced:
        return ""
    kinds = Counter(product.category for product in _listed(talk))
    return kinds.most_common(1)[0][0] if kinds else ""


def _listed(talk: Talk) -> list[Product]:
    """The products of the list that was shown last."""
    found = (
        fetch(talk, choice.value.partition(":")[2])
        for choice in talk.state.shown
        if choice.value.startswith("product:")
    )
    return [product for product in found if product]


def with_options(talk: Talk, products: list[Product]) -> list[Product]:
    """Those that come as asked; all of them where none does."""
    said = talk.slot("options") or {}
    fitting = [
        product
        for product in products
        if any(options.fits(variant, said) for variant in product.variants.all())
    ]
    return fitting or products


def show(talk: Talk, products: Sequence[Product]) -> None:
    """List the products, and remember the list and its first."""
    lines = [answer.say("products/found", talk.language)]
    cards = []
    buttons = []
    for product in products:
        name = pick(product.name, talk.language)
        facts = {
            "name": name,
            "price": price(talk, product),
            "stock": _stock(talk, product),
        }
        lines.append(answer.say("products/line", talk.language, **facts))
        cards.append(
            Card(
                title=name,
                subtitle=f"{facts['price']} · {facts['stock']}",
                image=product.image,
                url=product.url,
            )
        )
        buttons.append(Button(label=name, value=f"product:{product.ref}"))
    talk.reply(
        "\n".join(lines),
        source="products/found",
        buttons=tuple(buttons),
        cards=tuple(cards),
    )
    shown = tuple(Choice(label=one.label, value=one.value) for one in buttons)
    talk.note(product=products[0].ref, shown=shown)


def price(talk: Talk, product: Product) -> str:
    """From the lowest to the highest price; "" where there is nothing to sell."""
    variants = list(product.variants.all())
    if not variants:
        return ""
    low, high = phrasing.price(variants, talk.call(lookup.currency))
    return low if low == high else f"{low}–{high}"


def fetch(talk: Talk, ref: str) -> Product | None:
    return talk.call(_product, ref)


def _product(ref: str) -> Product | None:
    return (
        Product.objects.filter(ref=ref, active=True)
        .prefetch_related("variants")
        .first()
    )


def _less_than(talk: Talk, product: Product) -> list[Product]:
    """Others of its kind that cost less, the cheapest first."""
    hits = talk.call(
        catalogue.search,
        "",
        language=talk.language,
        category=product.category,
        price_max=_lowest(product) - _CENT,
        in_stock=True,
        limit=SHOWN * 2,
    )
    return sorted((hit.product for hit in hits), key=_lowest)[:SHOWN]


def _lowest(product: Product) -> Decimal:
    return min(variant.price for variant in product.variants.all())


def _stock(talk: Talk, product: Product) -> str:
    in_stock = any(variant.stock for variant in product.variants.all())
    wording = "products/in_stock" if in_stock else "products/sold_out"
    return answer.say(wording, talk.language)


def _amount(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
