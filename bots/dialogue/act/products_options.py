"""Whether a product comes as it is asked for: yes or no, and what there is instead."""

from collections.abc import Mapping, Sequence

from bots.dialogue.act import browsing, options, phrasing
from bots.dialogue.act.talk import Talk
from orders import lookup
from orders.models import Product, Variant
from orders.text import pick

# How many variants are named before a list is too long to read.
NAMED = 8
# How many products are answered about in one go.
ANSWERED = 3


def tell(talk: Talk, products: Sequence[Product]) -> bool:
    """Say which of the products come as asked, else that none does; whether it did."""
    said = talk.slot("options") or {}
    known = [(product, list(product.variants.all())) for product in products]
    known = [(product, variants) for product, variants in known if variants]
    if not said or not known:
        return False
    fitting = [
        (product, variants)
        for product, variants in known
        if any(options.fits(variant, said) for variant in variants)
    ]
    for product, variants in (fitting or known)[:ANSWERED]:
        answer(talk, product, variants, said)
    if fitting:
        browsing.show(talk, [product for product, _v in fitting[: browsing.SHOWN]])
    else:
        talk.note(product=known[0][0].ref)
    return True


def answer(
    talk: Talk, product: Product, variants: Sequence[Variant], said: Mapping[str, str]
) -> None:
    """Say whether the product comes as asked, and for how much."""
    name = pick(product.name, talk.language)
    fitting = [variant for variant in variants if options.fits(variant, said)]
    in_stock = [variant for variant in fitting if variant.stock]
    words = phrasing.options(dict(said), talk.language)
    if in_stock:
        low, _ = phrasing.price(in_stock, talk.call(lookup.currency))
        talk.say("products/option_yes", name=name, options=words, price=low)
    elif fitting:
        talk.say("products/option_no", name=name, options=words)
    else:
        known = choices(variants, talk.language)
        talk.say("products/option_unknown", name=name, options=words, choices=known)


def choices(variants: Sequence[Variant], language: str) -> str:
    named = [
        phrasing.options(variant.options, language) or variant.sku
        for variant in variants
    ]
    joint = "、" if language == "zh" else ", "
    return joint.join(named[:NAMED]) + (" …" if len(named) > NAMED else "")
