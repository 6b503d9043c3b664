"""Facts about products, from the catalogue, never invented."""

from collections.abc import Sequence

from bots.dialogue import answer
from bots.dialogue.act import (
    aspects,
    browsing,
    comparing,
    options,
    phrasing,
    products_options,
    products_range,
)
from bots.dialogue.act.talk import Talk
from orders import catalogue, lookup
from orders.models import Product, Variant
from orders.text import pick

# Scores this near to each other name a product equally well.
AS_GOOD = 0.02


def ask(talk: Talk, ref: str = "") -> None:
    """Answer a question about a product: the one named, chosen, or shown last."""
    if not ref and products_range.tell(talk):
        return
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
    """Answer a question for a fact of a product that is plainly named."""
    text = talk.given.text
    if not (aspects.is_price_or_stock(text) or aspects.asked(text)):
        return False
    hits = talk.call(catalogue.find, talk.given.text, language=talk.language)
    product = _plainly_meant(talk, hits, "") if hits else None
    if product:
        _answer(talk, product)
    return product is not None


def _answer(talk: Talk, product: Product) -> None:
    talk.note(product=product.ref)
    variants = list(product.variants.all())
    said = _options(talk, product, variants)
    if said and not _is_about_a_fact(talk, product):
        products_options.answer(talk, product, variants, said)
        return
    _answer_facts(talk, product, variants)


def _options(
    talk: Talk, product: Product, variants: Sequence[Variant]
) -> dict[str, str]:
    """The options that are asked for; the 5 L of an air fryer's name are none."""
    heard: dict[str, str] = talk.slot("options") or {}
    if not heard or not variants:
        return {}
    names = " ".join(product.name.values()).casefold().replace(" ", "")
    wanted = options.said(talk.given.text, heard, variants, variants[0])
    return {
        name: value
        for name, value in wanted.items()
        if value.casefold().replace(" ", "") not in names
        or any(options.fits(one, {name: value}) for one in variants)
    }


def _meant(talk: Talk, ref: str) -> Product | None:
    """The product of a button, of the words, or the one shown last."""
    shown = ref or talk.state.product
    named = talk.slot("product")
    if named and not ref:
        hits = talk.call(catalogue.find, str(named), language=talk.language)
        if hits:
            # "How much is the Sunwood X2?", of which only the brand was read.
            plain = _plainly_meant(talk, hits, shown)
            whole = talk.call(catalogue.find, talk.given.text, language=talk.language)
            return plain or (_plainly_meant(talk, whole, shown) if whole else None)
    if shown:
        return browsing.fetch(talk, shown)
    hits = talk.call(catalogue.find, talk.given.text, language=talk.language)
    return _plainly_meant(talk, hits, shown) if hits else None


def _plainly_meant(talk: Talk, hits: list[catalogue.Hit], shown: str) -> Product | None:
    """The best hit, if no other is as good; of equals, what fits, or was shown last."""
    best = [hit.product for hit in hits if hit.score > hits[0].score - AS_GOOD]
    fitting = browsing.with_options(talk, best)
    if len(fitting) == 1:
        return browsing.fetch(talk, fitting[0].ref)
    if shown in {product.ref for product in fitting}:
        return browsing.fetch(talk, shown)
    return None


def _ask_which(talk: Talk) -> None:
    """Answer for each of a few that may be meant, and show them."""
    hits = browsing.search(talk, in_stock=False)
    if not hits:
        talk.say("products/which")
        return
    found = [hit.product for hit in hits]
    of_options = [one for one in found if not _is_about_a_fact(talk, one)]
    if talk.slot("options") and products_options.tell(talk, of_options):
        return
    found = browsing.with_options(talk, found)[: browsing.SHOWN]
    for product in found:
        about = _asked(talk, product)
        if about:
            facts = aspects.facts(product.attributes, talk.language, about)
            name = pick(product.name, talk.language)
            talk.say("products/aspect", name=name, facts=facts)
    browsing.show(talk, found)


def _is_about_a_fact(talk: Talk, product: Product) -> bool:
    """Whether what sounds like an option is none of its: 16 inches of a backpack."""
    said = talk.slot("options") or {}
    variants = list(product.variants.all())
    names = {name for variant in variants for name in variant.options}
    if not said or names & set(said):
        return False
    return bool(_asked(talk, product)) and not any(
        options.fits(variant, said) for variant in variants
    )


def _asked(talk: Talk, product: Product) -> list[str] | None:
    names = (*product.name.values(), str(talk.slot("product") or ""))
    return aspects.answering(talk.given.text, product.attributes, names)


def _compare(talk: Talk, products: Sequence[Product]) -> None:
    for product in products:
        _say_facts(talk, product, list(product.variants.all()))
    talk.note(product=products[0].ref)


def _answer_facts(talk: Talk, product: Product, variants: list[Variant]) -> None:
    """The asked fact where the catalogue has it, else all that it says."""
    name = pick(product.name, talk.language)
    about = _asked(talk, product)
    if about:
        found = aspects.facts(product.attributes, talk.language, about)
        talk.say("products/aspect", name=name, facts=found)
        return
    if variants and aspects.is_price_or_stock(talk.given.text):
        text = _price_and_stock(talk, product, variants)
        talk.reply(text, source="products/price")
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
    low, high = phrasing.price(variants, talk.call(lookup.currency))
    wording = "products/price" if low == high else "products/price_from"
    price = answer.say(wording, talk.language, name=name, price=low, low=low, high=high)
    in_stock = [variant for variant in variants if variant.stock]
    stock = answer.say(
        "products/stock_yes" if in_stock else "products/stock_no",
        talk.language,
        name=name,
        variants=products_options.choices(in_stock, talk.language),
    )
    return f"{price}\n{stock}"
