"""Facts about products, from the catalogue, never invented."""

from collections.abc import Sequence

from bots.dialogue import answer
from bots.dialogue.act import aspects, browsing, comparing, options, phrasing
from bots.dialogue.act.talk import Talk
from orders import catalogue, lookup
from orders.models import Product, Variant
from orders.text import pick

# How many variants are named before a list is too long to read.
NAMED = 8
# Scores this near to each other name a product equally well.
AS_GOOD = 0.02


def ask(talk: Talk, ref: str = "") -> None:
    """Answer a question about a product: the one named, chosen, or shown last."""
    compared = [] if ref else comparing.named(talk)
    if compared:
        _compare(talk, compared)
        return
    product = _meant(talk, ref)
    if product is None:
        _ask_which(talk)
        return
    _answer(talk, product)


def try_answer(talk: Talk) -> bool:
    """Answer a question for the price or stock of a product that is plainly named."""
    if not aspects.is_price_or_stock(talk.given.text):
        return False
    hits = catalogue.find(talk.given.text, language=talk.language)
    product = _plainly_meant(talk, hits, "") if hits else None
    if product:
        _answer(talk, product)
    return product is not None


def _answer(talk: Talk, product: Product) -> None:
    talk.note(product=product.ref)
    said = talk.slot("options") or {}
    variants = list(product.variants.all())
    if said and variants:
        _answer_options(talk, product, variants, said)
        return
    _answer_facts(talk, product, variants)


def _meant(talk: Talk, ref: str) -> Product | None:
    """The product of a button, of the words, or the one shown last."""
    shown = ref or talk.state.product
    named = talk.slot("product")
    if named and not ref:
        hits = catalogue.find(str(named), language=talk.language)
        if hits:
            return _plainly_meant(talk, hits, shown)
    if shown:
        return browsing.fetch(shown)
    hits = catalogue.find(talk.given.text, language=talk.language)
    return _plainly_meant(talk, hits, shown) if hits else None


def _plainly_meant(talk: Talk, hits: list[catalogue.Hit], shown: str) -> Product | None:
    """The best hit, if no other is as good; of equals, what fits, or was shown last."""
    best = [hit.product for hit in hits if hit.score > hits[0].score - AS_GOOD]
    fitting = browsing.with_options(talk, best)
    if len(fitting) == 1:
        return browsing.fetch(fitting[0].ref)
    if shown in {product.ref for product in fitting}:
        return browsing.fetch(shown)
    return None


def _ask_which(talk: Talk) -> None:
    hits = browsing.search(talk, in_stock=False)
    if not hits:
        talk.say("products/which")
        return
    found = browsing.with_options(talk, [hit.product for hit in hits])
    browsing.show(talk, found[: browsing.SHOWN])


def _compare(talk: Talk, products: Sequence[Product]) -> None:
    for product in products:
        _say_facts(talk, product, list(product.variants.all()))
    talk.note(product=products[0].ref)


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
    about = aspects.answering(talk.given.text, product.attributes)
    if about:
        found = aspects.facts(product.attributes, talk.language, about)
        talk.say("products/aspect", name=name, facts=found)
        return
    if variants and aspects.is_price_or_stock(talk.given.text):
        talk.reply(_price_and_stock(talk, product, variants))
        return
    if about is not None:
        talk.say(
            "products/not_said", name=name, buttons=(talk.person("unknown_answer"),)
        )
    _say_facts(talk, product, variants)


def _say_facts(talk: Talk, product: Product, variants: list[Variant]) -> None:
    talk.say(
        "products/facts",
        name=pick(product.name, talk.language),
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
