"""Finding products, and facts about them from the catalogue, never invented."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import aspects, options, phrasing
from bots.dialogue.act.talk import Talk
from bots.messages import Button, Card
from orders import catalogue, lookup
from orders.models import Product, Variant
from orders.text import pick

SHOWN = 4
# How many variants are named before a list is too long to read.
NAMED = 8
# Scores this near to each other name a product equally well.
AS_GOOD = 0.02


def browse(talk: Talk) -> None:
    """Show what fits the words, the price and the options."""
    hits = _search(talk, in_stock=True) or _search(talk, in_stock=False)
    if not hits:
        talk.say("products/none", buttons=(talk.button("human"),))
        return
    found = _with_options(talk, [hit.product for hit in hits])[:SHOWN]
    talk.note(product=found[0].ref)
    _show(talk, found)


def ask(talk: Talk, ref: str = "") -> None:
    """Answer a question about a product: the one named, chosen, or shown last."""
    product = _meant(talk, ref)
    if product is None:
        _ask_which(talk)
        return
    talk.note(product=product.ref)
    said = talk.slot("options") or {}
    variants = list(product.variants.all())
    if said and variants:
        _answer_options(talk, product, variants, said)
        return
    _answer_facts(talk, product, variants)


def _search(talk: Talk, *, in_stock: bool) -> list[catalogue.Hit]:
    return catalogue.search(
        str(talk.slot("product") or talk.given.text),
        language=talk.language,
        price_min=_amount(talk.slot("price_min")),
        price_max=_amount(talk.slot("price_max")),
        in_stock=in_stock,
        limit=SHOWN * 2,
    )


def _with_options(talk: Talk, products: list[Product]) -> list[Product]:
    """Those that come as asked; all of them where none does."""
    said = talk.slot("options") or {}
    fitting = [
        product
        for product in products
        if any(options.fits(variant, said) for variant in product.variants.all())
    ]
    return fitting or products


def _amount(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _show(talk: Talk, products: Sequence[Product]) -> None:
    currency = lookup.currency()
    lines = [answer.say("products/found", talk.language)]
    cards = []
    buttons = []
    for product in products:
        name = pick(product.name, talk.language)
        price, stock = _price(talk, product, currency), _stock(talk, product)
        lines.append(
            answer.say(
                "products/line", talk.language, name=name, price=price, stock=stock
            )
        )
        cards.append(
            Card(
                title=name,
                subtitle=f"{price} · {stock}",
                image=product.image,
                url=product.url,
            )
        )
        buttons.append(Button(label=name, value=f"product:{product.ref}"))
    talk.reply("\n".join(lines), buttons=tuple(buttons), cards=tuple(cards))


def _price(talk: Talk, product: Product, currency: str) -> str:
    variants = list(product.variants.all())
    if not variants:
        return ""
    low, high = phrasing.price(variants, currency)
    return low if low == high else f"{low}–{high}"


def _stock(talk: Talk, product: Product) -> str:
    in_stock = any(variant.stock for variant in product.variants.all())
    wording = "products/in_stock" if in_stock else "products/sold_out"
    return answer.say(wording, talk.language)


def _meant(talk: Talk, ref: str) -> Product | None:
    """The product of a button, of the words, or the one shown last."""
    shown = ref or talk.state.product
    named = talk.slot("product")
    if named and not ref:
        hits = catalogue.find(str(named), language=talk.language)
        if hits:
            return _plainly_meant(hits, shown)
    if shown:
        return _fetch(shown)
    hits = catalogue.find(talk.given.text, language=talk.language)
    return _plainly_meant(hits, shown) if hits else None


def _plainly_meant(hits: list[catalogue.Hit], shown: str) -> Product | None:
    """The best hit, if no other is as good; of equals, the one shown last."""
    best = [hit for hit in hits if hit.score > hits[0].score - AS_GOOD]
    if len(best) == 1:
        return _fetch(best[0].product.ref)
    if shown in {hit.product.ref for hit in best}:
        return _fetch(shown)
    return None


def _fetch(ref: str) -> Product | None:
    return (
        Product.objects.filter(ref=ref, active=True)
        .prefetch_related("variants")
        .first()
    )


def _ask_which(talk: Talk) -> None:
    hits = _search(talk, in_stock=False)
    if hits:
        _show(talk, [hit.product for hit in hits][:SHOWN])
    else:
        talk.say("products/which")


def _answer_options(
    talk: Talk, product: Product, variants: list[Variant], said: dict[str, str]
) -> None:
    name = pick(product.name, talk.language)
    fitting = [variant for variant in variants if options.fits(variant, said)]
    in_stock = [variant for variant in fitting if variant.stock]
    words = phrasing.options(said, talk.language)
    if in_stock:
        low, _ = phrasing.price(in_stock, lookup.currency())
        talk.say("products/option_yes", name=name, options=words, price=low)
    elif fitting:
        talk.say("products/option_no", name=name, options=words)
    else:
        choices = _choices(variants, talk.language)
        talk.say("products/option_unknown", name=name, options=words, choices=choices)


def _answer_facts(talk: Talk, product: Product, variants: list[Variant]) -> None:
    """The asked fact where the catalogue has it, else all that it says."""
    name = pick(product.name, talk.language)
    if variants and aspects.is_price_or_stock(talk.given.text):
        talk.reply(_price_and_stock(talk, product, variants))
        return
    about = aspects.asked(talk.given.text)
    if about:
        found = aspects.facts(product.attributes, talk.language, about)
        if found:
            talk.say("products/aspect", name=name, facts=found)
            return
        talk.say(
            "products/not_said", name=name, buttons=(talk.person("unknown_answer"),)
        )
    talk.say(
        "products/facts",
        name=name,
        description=pick(product.description, talk.language),
        facts=aspects.facts(product.attributes, talk.language),
        price=_price_and_stock(talk, product, variants),
    )


def _price_and_stock(talk: Talk, product: Product, variants: list[Variant]) -> str:
    if not variants:
        return ""
    name = pick(product.name, talk.language)
    low, high = phrasing.price(variants, lookup.currency())
    wording = "products/price" if low == high else "products/price_from"
    price = answer.say(wording, talk.language, name=name, price=low, low=low, high=high)
    in_stock = [variant for variant in variants if variant.stock]
    stock = answer.say(
        "products/stock_yes" if in_stock else "products/stock_no",
        talk.language,
        name=name,
        variants=_choices(in_stock, talk.language),
    )
    return f"{price}\n{stock}"


def _choices(variants: Sequence[Variant], language: str) -> str:
    named = [
        phrasing.options(variant.options, language) or variant.sku
        for variant in variants
    ]
    joint = "、" if language == "zh" else ", "
    return joint.join(named[:NAMED]) + (" …" if len(named) > NAMED else "")
