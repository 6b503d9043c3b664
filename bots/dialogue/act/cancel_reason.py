"""Why an order is cancelled: said in words, kept as one of the shop's reasons."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop

from bots.dialogue import answer
from bots.dialogue.act.fields import Reason
from bots.dialogue.act.talk import Talk
from bots.messages import Button

OTHER = "other"
_SAID = (
    (
        "found_cheaper",
        (
            r"\bcheaper|better (?:price|deal)|lower price|price (?:dropped|drop|went down)"
            r"|too expensive|on sale elsewhere|便宜|降价|更低|太贵|差价"
        ),
    ),
    (
        "too_slow",
        (
            r"\btoo (?:slow|long|late)|tak(?:es|ing|en) (?:too |so )?long|waited|waiting|"
            r"not (?:shipped|arrived) yet|still (?:not|hasn.?t)|delay"
            r"|太慢|太久|等不[及了]|慢|还没发|一直不发|迟迟"
        ),
    ),
    (
        "ordered_by_mistake",
        (
            r"\bmistake|accident|wrong(?:ly)?\b|\btwice|duplicate|didn.?t mean"
            r"|错|重复|买重|手滑|误|下重|拍重|点到"
        ),
    ),
    (
        "no_longer_needed",
        (
            r"\bno longer|don.?t (?:need|want)|do not (?:need|want)|not need|"
            r"changed my mind|change of mind|not wanted"
            r"|不需要|不想[要买]|不要了|用不[上着到]|不用了|改主意|后悔|不买了"
        ),
    ),
)
_COMPILED = tuple((code, re.compile(said, re.IGNORECASE)) for code, said in _SAID)
LABELS = {
    "no_longer_needed": gettext_noop("No longer needed"),
    "ordered_by_mistake": gettext_noop("Ordered by mistake"),
    "found_cheaper": gettext_noop("Found it cheaper"),
    "too_slow": gettext_noop("Takes too long"),
    OTHER: gettext_noop("Another reason"),
}


class CancelReason(Reason):
    """Asked for only where none of the shop's reasons fits what was said."""

    def take(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        chosen = talk.chosen()
        if talk.task.asked == self.name and chosen in allowed(talk):
            return chosen
        return super().take(talk, values)

    def lacks(self, talk: Talk, values: Mapping[str, Any]) -> bool:
        return not code(str(values.get(self.name, "")), allowed(talk))

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        buttons = tuple(
            Button(label=label(one, talk.language), value=one) for one in allowed(talk)
        )
        talk.say(
            "cancel/which_reason_again" if again else "cancel/which_reason",
            buttons=(*buttons, talk.button("cancel")),
        )


def allowed(talk: Talk) -> tuple[str, ...]:
    return talk.terms.cancel_reasons


def code(said: str, allowed: Collection[str]) -> str:
    """The shop's reason that the words stand for; "" where it has none for them."""
    if said in allowed:
        return said
    for one, words in _COMPILED:
        if one in allowed and words.search(said):
            return one
    return OTHER if OTHER in allowed else ""


def label(code: str, language: str) -> str:
    """A reason as it is shown; one of the shop's own as it is written."""
    if code not in LABELS:
        return code
    return answer.in_language(lambda: gettext(LABELS[code]), language)
