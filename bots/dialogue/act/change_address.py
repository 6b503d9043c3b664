"""Sending an order elsewhere."""

import re
from collections.abc import Mapping
from typing import Any

from bots.dialogue.act import postal
from bots.dialogue.act.fields import OwnOrder
from bots.dialogue.act.skill import Field
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import Write, order_of
from bots.dialogue.decide.asking import is_question
from orders.changes import REQUIRED

# What the shopper does not say anew stays.
_KEPT = ("recipient", "phone")
# "The same as in my profile."
_PROFILE = re.compile(
    r"\b(?:in|on|from|as|of|to) my (?:profile|account)\b|\b(?:my|the) (?:default|profile|"
    r"account) (?:address|one)\b|资料[里中上]?的|默认(?:的)?(?:收货)?地址|常用(?:的)?(?:收货)?地址",
    re.IGNORECASE,
)


class NewAddress(Field):
    """The parts of the new address, as far as they were said."""

    def take(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, str] | None:
        if not talk.fresh:
            return None
        if _PROFILE.search(talk.given.text) and (home := _home(talk)):
            return home
        before: dict[str, str] = values.get(self.name, {})
        said = str(talk.slot("address") or "")
        asked = talk.task.asked == self.name
        text = said or (talk.given.text if asked else "")
        found = postal.parse(text) if text else {}
        if "line1" in found:
            return self._with_person(talk, self._joined(talk, found))
        if asked and "line1" in before and not is_question(text):
            town = found.get("city") or postal.city(text)
            return before | found | {"city": town} if town else None
        return self._completed(talk, before)

    def lacks(self, talk: Talk, values: Mapping[str, Any]) -> bool:
        address = values.get(self.name, {})
        return not all(address.get(name) for name in REQUIRED)

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        street = values.get(self.name, {}).get("line1", "")
        wording = "change_address/which_again" if again else "change_address/which"
        if street:
            wording = "change_address/which_city"
        talk.say(
            wording,
            number=values["order"],
            street=street,
            buttons=(talk.button("cancel"),),
        )

    def _joined(self, talk: Talk, found: dict[str, str]) -> dict[str, str]:
        """With a postcode that was said elsewhere in the words."""
        code = talk.slot("postcode")
        return found | ({"postcode": str(code)} if code else {})

    def _completed(self, talk: Talk, before: dict[str, str]) -> dict[str, str] | None:
        """With what is added to a whole address: its postcode, or who receives it."""
        code = postal.postcode(talk.given.text)
        added = self._with_person(talk, {"postcode": code} if code else {})
        return before | added if "line1" in before and added else None

    def _with_person(self, talk: Talk, found: dict[str, str]) -> dict[str, str]:
        said = {
            "recipient": postal.recipient(talk.given.text) or talk.slot("name"),
            "phone": talk.slot("phone"),
        }
        return found | {name: str(value) for name, value in said.items() if value}


class ChangeAddress(Write):
    name = "change_address"
    tool = "change_address"
    often_general = True

    order = OwnOrder(statuses=("pending",))
    address = NewAddress()

    def arguments(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"number": values["order"], "address": values["address"]}

    def propose(self, talk: Talk, values: Mapping[str, Any], preview: Any) -> None:
        old = order_of(talk, values).address
        kept = {name: old.get(name, "") for name in _KEPT}
        talk.say(
            "change_address/confirm",
            number=values["order"],
            **_shown(talk, kept | values["address"]),
            buttons=talk.answers(),
        )

    def done(self, talk: Talk, values: Mapping[str, Any], result: Any) -> None:
        address = order_of(talk, values).address
        talk.say("change_address/done", number=values["order"], **_shown(talk, address))


def _home(talk: Talk) -> dict[str, str]:
    """The address of the profile, or {} where it is not whole."""
    home = {name: str(value) for name, value in talk.owner.address.items() if value}
    return home if all(home.get(name) for name in REQUIRED) else {}


def _shown(talk: Talk, address: Mapping[str, Any]) -> dict[str, Any]:
    person = (str(address.get(name) or "") for name in _KEPT)
    return {
        "address": postal.line(address, chinese=talk.language == "zh"),
        "person": " ".join(filter(None, person)),
    }
