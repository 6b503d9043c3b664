"""When an order comes, how, and what the carrier should know."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act.fields import OwnOrder
from bots.dialogue.act.skill import Field
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import Write
from bots.dialogue.decide.asking import is_question
from orders.refusal import Code

# What the carrier should do, rather than when.
_NOTE = re.compile(
    r"\b(?:leave|put|drop|ring|call|knock|neighbou?r|reception|porch|door|safe place|"
    r"locker|gate|don.?t ring)\b|放|驿站|门口|前台|邻居|代收|打电话|敲门|丰巢|快递柜|备注",
    re.IGNORECASE,
)
# The shop's usual names of ways, and how they are said.
_WAYS = {
    "express": r"\bexpress\b|\bfaster\b|next.day|加急|加快|特快|更快",
    "standard": r"\bstandard\b|\bnormal\b|普通|标准",
    "pickup": r"\bpick ?up\b|\bcollect\b|自提",
}
_PARTS = re.compile(r"[:：,，.。;；!！\n]")
_MOST = 300


class Delivery(Field):
    """`{"on": day, "note": words, "method": way}`, what was said of them."""

    def take(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, str] | None:
        if not talk.fresh:
            return None
        said = {
            "on": self._day(talk),
            "method": _way(talk),
            "note": self._note(talk),
        }
        found = {name: value for name, value in said.items() if value}
        return {**values.get(self.name, {}), **found} if found else None

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        talk.say(
            "change_delivery/which_again" if again else "change_delivery/which",
            number=values["order"],
            buttons=(talk.button("cancel"),),
        )

    def _day(self, talk: Talk) -> str:
        """The day that was said, where it is not over."""
        said = str(talk.slot("date") or "")
        if said and date.fromisoformat(said) < talk.given.at.date():
            talk.say("change_delivery/past")
            return ""
        return said

    def _note(self, talk: Talk) -> str:
        if is_question(talk.given.text):
            return ""
        parts = (part.strip() for part in _PARTS.split(talk.given.text))
        return ", ".join(part for part in parts if _NOTE.search(part))[:_MOST]


class ChangeDelivery(Write):
    name = "change_delivery"
    tool = "change_delivery"
    often_general = True
    faults = {Code.INVALID_DELIVERY: "delivery", Code.NOTHING_CHANGED: "delivery"}

    order = OwnOrder(statuses=("pending",))
    delivery = Delivery()

    def arguments(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"number": values["order"], **values["delivery"]}

    def propose(self, talk: Talk, values: Mapping[str, Any], preview: Any) -> None:
        talk.say(
            "change_delivery/confirm",
            number=values["order"],
            **_shown(talk, values["delivery"]),
            buttons=talk.answers(),
        )

    def done(self, talk: Talk, values: Mapping[str, Any], result: Any) -> None:
        talk.say(
            "change_delivery/done",
            number=values["order"],
            **_shown(talk, values["delivery"]),
        )


def _way(talk: Talk) -> str:
    """One of the shop's ways of delivery that the words name, or ""."""
    text = talk.given.text.casefold()
    for way in talk.terms.delivery_methods:
        said = _WAYS.get(way, rf"\b{re.escape(way.casefold())}\b")
        if re.search(said, text):
            return way
    return ""


def _shown(talk: Talk, said: Mapping[str, str]) -> dict[str, Any]:
    on = said.get("on")
    return {
        "on": answer.day(date.fromisoformat(on), talk.language) if on else "",
        "note": said.get("note", ""),
        "method": said.get("method", ""),
    }
