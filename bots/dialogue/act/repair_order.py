"""Having goods repaired under warranty."""

from collections.abc import Mapping
from typing import Any

from bots.dialogue.act import cases, phrasing
from bots.dialogue.act.fields import OwnOrder, Reason
from bots.dialogue.act.items import Items
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import Write, order_of
from orders.refusal import Refusal


class RepairOrder(Write):
    name = "repair_order"
    tool = "open_repair"
    often_general = True

    order = OwnOrder(statuses=("delivered",))
    items = Items("repair")
    reason = Reason()

    def arguments(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "number": values["order"],
            "items": cases.counted(values["items"]),
            "reason": str(values.get("reason", "")),
        }

    def propose(self, talk: Talk, values: Mapping[str, Any], preview: Any) -> None:
        talk.say(
            "repair/confirm",
            number=values["order"],
            items=_items(talk, values),
            reason=values.get("reason", ""),
            buttons=talk.answers(),
        )

    def done(self, talk: Talk, values: Mapping[str, Any], result: Any) -> None:
        items = _items(talk, values)
        cases.opened(talk, values, result, topic="repair", items=items)

    def refused(self, talk: Talk, values: Mapping[str, Any], refusal: Refusal) -> None:
        cases.refused(talk, values, refusal)


def _items(talk: Talk, values: Mapping[str, Any]) -> str:
    return phrasing.counts(order_of(talk, values), values["items"], talk.language)
