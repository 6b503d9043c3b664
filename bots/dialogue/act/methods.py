"""One of the shopper's own ways to pay."""

from collections.abc import Mapping, Sequence
from typing import Any

from bots.dialogue.act import phrasing
from bots.dialogue.act.skill import Field
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import order_of
from bots.messages import Button
from orders import money
from orders.models import Customer, PaymentMethod


class Method(Field):
    """A payment method's ref, by choice, kind or label.

    By default the one that the order is paid with; with `other`, one it is not.
    """

    def __init__(self, *, other: bool = False) -> None:
        self.other = other

    def take(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        if not talk.fresh or "order" not in values:
            return None
        methods = self._offered(talk, values)
        chosen, kind = talk.chosen(), talk.slot("payment_method")
        text = talk.given.text.casefold()
        found = [
            one
            for one in methods
            if chosen == _value(one) or one.kind == kind or _is_named(one, text)
        ]
        return found[0].ref if len(found) == 1 else None

    def default(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        methods = self._offered(talk, values)
        if self.other:
            # Another than the one that was named is not what goes without saying.
            alone = len(methods) == 1 and not self._lacking(talk, methods)
            return methods[0].ref if alone else None
        payer = money.payer(order_of(talk, values))
        return payer.ref if payer else None

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        methods = self._offered(talk, values)
        buttons = tuple(
            Button(label=phrasing.method(one, talk.language), value=_value(one))
            for one in methods
        )
        wording = "methods/which" if methods else "methods/none"
        if methods and (kind := self._lacking(talk, methods)):
            talk.say("methods/lacking", kind=phrasing.kind(kind, talk.language))
        talk.say(
            wording,
            number=values["order"],
            buttons=(*buttons, talk.button("human"), talk.button("cancel")),
        )

    def _lacking(self, talk: Talk, methods: Sequence[PaymentMethod]) -> str:
        """The kind that the words name, where none of these is of it, or ""."""
        kind = str(talk.slot("payment_method") or "") if talk.fresh else ""
        return "" if kind in {one.kind for one in methods} else kind

    def _offered(self, talk: Talk, values: Mapping[str, Any]) -> list[PaymentMethod]:
        methods = talk.call(_methods, talk.owner)
        if not self.other:
            return methods
        payer = money.payer(order_of(talk, values))
        return [one for one in methods if one != payer]


def _methods(owner: Customer) -> list[PaymentMethod]:
    return list(owner.payment_methods.order_by("pk"))


def _value(method: PaymentMethod) -> str:
    """What its button sends: a ref alone might be a word that means something."""
    return f"method {method.ref}"


def _is_named(method: PaymentMethod, text: str) -> bool:
    return bool(method.label) and method.label.casefold() in text
