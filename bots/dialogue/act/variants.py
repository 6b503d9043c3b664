"""Which variant each of the chosen pieces becomes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import options, phrasing
from bots.dialogue.act.grounds import ground
from bots.dialogue.act.skill import Field
from bots.dialogue.act.talk import Talk
from bots.messages import Button
from orders import lookup, stock
from orders.models import Variant
from orders.policy import SHOPS_FAULT

# As many as fit on a small screen.
SHOWN = 8
# "A new one of the same."
_SAME = re.compile(
    r"\b(?:the same|another one|new one|working one|identical|replacement)\b"
    r"|同样|一样的|同款|新的|好的一[个件只双条台]|原样|相同",
    re.IGNORECASE,
)


class Variants(Field):
    """`{SKU: new SKU}` for each of the items; of the same product, and in stock.

    `again`: a piece may also become a new one of the same.
    """

    def __init__(self, topic: str, *, again: bool = False) -> None:
        self.topic = topic
        self.again = again

    def take(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, str] | None:
        before: dict[str, str] = values.get(self.name, {})
        if not talk.fresh or "items" not in values:
            return None
        found = dict(before)
        asked = self._missing(values)
        for sku in values["items"]:
            new = self._wanted(talk, sku, chosen=sku == asked)
            if new:
                found[sku] = new
        return found if found != before else None

    def default(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, str] | None:
        """What is faulty becomes a new one of the same, where there is one."""
        faulty = ground(str(values.get("reason", ""))) in SHOPS_FAULT
        if not (self._may_stay(talk) and faulty):
            return None
        found = {sku: _variant(talk, sku) for sku in values["items"]}
        if not all(one and stock.is_available(one, 1) for one in found.values()):
            return None
        return {sku: sku for sku in found}

    def lacks(self, talk: Talk, values: Mapping[str, Any]) -> bool:
        return bool(self._missing(values))

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        old = _variant(talk, self._missing(values))
        assert old is not None
        offered = self._offered(talk, old)
        if not offered:
            talk.say(
                "variants/none",
                name=phrasing.variant(old, talk.language),
                buttons=(talk.person("problem"), talk.button("cancel")),
            )
            return
        buttons = tuple(
            Button(label=_label(talk, one), value=one.sku) for one in offered[:SHOWN]
        )
        wording = "variants/which_again" if again else f"{self.topic}/which_variant"
        talk.say(
            wording,
            name=phrasing.variant(old, talk.language),
            buttons=(*buttons, talk.button("cancel")),
        )

    def _wanted(self, talk: Talk, sku: str, *, chosen: bool) -> str:
        """The new SKU that the words or the choice say for this one, or ""."""
        old = _variant(talk, sku)
        if old is None:
            return ""
        offered = self._offered(talk, old)
        if chosen and talk.chosen() in {one.sku for one in offered}:
            return talk.chosen()
        if self._may_stay(talk) and _SAME.search(talk.given.text):
            return old.sku
        return _meant(talk, offered, old)

    def _missing(self, values: Mapping[str, Any]) -> str:
        """The first of the items whose variant is not known, or ""."""
        known = values.get(self.name, {})
        return next((sku for sku in values.get("items", {}) if sku not in known), "")

    def _may_stay(self, talk: Talk) -> bool:
        return self.again and talk.terms.same_variant_exchange

    def _offered(self, talk: Talk, old: Variant) -> list[Variant]:
        stays = self._may_stay(talk)
        return [
            one
            for one in old.product.variants.all()
            if stock.is_available(one, 1) and (stays or one.sku != old.sku)
        ]


def _meant(talk: Talk, offered: Sequence[Variant], old: Variant) -> str:
    """The only variant that is as the words say, and else most like the old one."""
    every = list(old.product.variants.all())
    said = options.said(talk.given.text, talk.slot("options") or {}, every, old)
    if not said:
        return ""
    found = [one for one in options.nearest(every, said, old) if one.sku != old.sku]
    if len(found) != 1:
        return ""
    if found[0] not in offered:
        name = phrasing.variant(found[0], talk.language)
        talk.say("variants/sold_out", name=name)
        return ""
    return found[0].sku


def _variant(talk: Talk, sku: str) -> Variant | None:
    return talk.call(_read, sku)


def _read(sku: str) -> Variant | None:
    """With the others of its product, that are looked at again and again."""
    variants = Variant.objects.select_related("product")
    return variants.prefetch_related("product__variants").filter(sku=sku).first()


def _label(talk: Talk, one: Variant) -> str:
    said = phrasing.options(one.options, talk.language) or one.sku
    return f"{said} · {answer.money(one.price, talk.call(lookup.currency))}"
