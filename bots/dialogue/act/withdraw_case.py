"""Taking back a return, an exchange, a repair or a refund that was asked for."""

from collections.abc import Mapping
from typing import Any

from bots.dialogue import answer
from bots.dialogue.act import phrasing
from bots.dialogue.act.fields import OwnOrder
from bots.dialogue.act.skill import Field
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import Write
from bots.messages import Button
from orders import lookup
from orders.models import Case

# As many as fit on a small screen.
SHOWN = 5


class OpenCase(Field):
    """One of the order's open cases, by its number, its kind, or as the only one."""

    def take(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        if not talk.fresh:
            return None
        cases = _open(talk, values)
        chosen = talk.chosen()
        text = talk.given.text.casefold()
        named = [c for c in cases if c.ref == chosen or c.ref.casefold() in text]
        named = named or [c for c in cases if _kind(c, talk.language) in text]
        return named[0].ref if len(named) == 1 else None

    def default(self, talk: Talk, values: Mapping[str, Any]) -> str | None:
        cases = _open(talk, values)
        return cases[0].ref if len(cases) == 1 else None

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        buttons = tuple(
            Button(label=f"{case.ref} · {_kind(case, talk.language)}", value=case.ref)
            for case in _open(talk, values)[:SHOWN]
        )
        talk.say(
            "withdraw/which_again" if again else "withdraw/which",
            number=values["order"],
            buttons=(*buttons, talk.button("cancel")),
        )


class WithdrawCase(Write):
    name = "withdraw_case"
    tool = "withdraw_case"

    order = OwnOrder(with_case=True)
    case = OpenCase()

    def check(self, talk: Talk, values: Mapping[str, Any]) -> bool:
        talk.note(order=values["order"])
        if _open(talk, values):
            return True
        talk.say("withdraw/none", number=values["order"], buttons=(talk.person(),))
        return False

    def arguments(self, talk: Talk, values: Mapping[str, Any]) -> dict[str, Any]:
        return {"ref": values["case"]}

    def propose(self, talk: Talk, values: Mapping[str, Any], preview: Any) -> None:
        case = _case(talk, values)
        lines = case.lines.select_related("line__product")
        talk.say(
            "withdraw/confirm",
            ref=case.ref,
            kind=_kind(case, talk.language),
            number=values["order"],
            items=phrasing.items([one.line for one in lines], talk.language),
            buttons=talk.answers(),
        )

    def done(self, talk: Talk, values: Mapping[str, Any], result: Any) -> None:
        talk.say("withdraw/done", ref=values["case"], number=values["order"])


def _open(talk: Talk, values: Mapping[str, Any]) -> list[Case]:
    cases = talk.call(lookup.open_cases_of, talk.owner)
    return [case for case in cases if case.order.number == values["order"]]


def _case(talk: Talk, values: Mapping[str, Any]) -> Case:
    return next(c for c in _open(talk, values) if c.ref == values["case"])


def _kind(case: Case, language: str) -> str:
    return answer.in_language(case.get_kind_display, language)
