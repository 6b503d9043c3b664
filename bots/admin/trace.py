"""A turn's trace, made ready to be read: what was heard, done and said, and why."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bots.dialogue import state
from bots.dialogue.differences import Difference, differences, hiding
from bots.messages import Sender
from bots.models import LanguageModelCall, Message, Ticket, TurnTrace

STEPS = {
    "understand": _("Understand"),
    "decide": _("Decide"),
    "act": _("Act"),
    "answer": _("Put into words"),
    "write": _("Write down"),
}
EFFECTS = {
    "identified": _("The shopper proved who they are."),
    "wrong_guesses": _("What the shopper said of who they are was wrong."),
    "promotions": _("The wish for promotions was changed."),
    "rating": _("A rating was given."),
    "hand_over": _("The conversation was handed over to a person."),
}
SEARCH = "kb.search.search_each"
# A reply is worded anew within this time, or not at all.
_WORDED = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Step:
    name: Any
    milliseconds: float


@dataclass(frozen=True, kw_only=True)
class Call:
    name: str
    arguments: tuple[tuple[str, str], ...]
    result: str
    refused: bool
    times: int
    milliseconds: float


@dataclass(frozen=True, kw_only=True)
class Reply:
    text: str
    # "faq", "refusal" or "template", and which one.
    kind: str
    source: str
    # As it stands in the transcript; it may have been removed since.
    message: Message | None
    # Whether a language model worded it anew.
    is_reworded: bool
    buttons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Trace:
    said: tuple[Message, ...]
    intents: tuple[tuple[str, int], ...]
    slots: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    searches: tuple[Mapping[str, Any], ...]
    calls: tuple[Call, ...]
    calls_left_out: int
    replies: tuple[Reply, ...]
    effects: tuple[Any, ...]
    ticket: Ticket | None
    models: tuple[LanguageModelCall, ...]
    changes: tuple[Difference, ...]
    before: str
    after: str

    @property
    def text(self) -> str:
        """What the shopper said, in one."""
        return " ".join(message.text for message in self.said if message.text)


def read(turn: TurnTrace) -> Trace:
    """Read all that belongs to the turn, in a fixed number of queries."""
    record: dict[str, Any] = turn.record
    messages = _messages(turn)
    understood: dict[str, Any] = turn.understanding
    calls = record.get("calls", [])
    found = [call["result"] for call in calls if call["name"] == SEARCH]
    before = record.get("before") or state.State().as_json()
    after = record.get("after", {})
    return Trace(
        said=tuple(one for one in messages if one.sender == Sender.SHOPPER),
        intents=tuple(
            (intent["name"], round(intent["confidence"] * 100))
            for intent in understood.get("intents", ())
        ),
        slots=_named(understood.get("slots", {})),
        steps=tuple(_steps(record.get("milliseconds", {}))),
        searches=tuple(_searches(found)),
        calls=tuple(_call(call) for call in calls if call["name"] != SEARCH),
        calls_left_out=record.get("calls_left_out", 0),
        replies=tuple(_replies(record, messages)),
        effects=tuple(
            EFFECTS[name] for name in record.get("effects", {}) if name in EFFECTS
        ),
        ticket=_ticket(turn) if "hand_over" in record.get("effects", {}) else None,
        models=_models(turn),
        changes=tuple(differences(before, after)) if after else (),
        before=_pretty(before),
        after=_pretty(after),
    )


def _messages(turn: TurnTrace) -> list[Message]:
    """What was said, and what was written in answer."""
    heard = Q(sender=Sender.SHOPPER, seq__gte=turn.first_seq, seq__lte=turn.last_seq)
    written = Q(pk__in=turn.record.get("messages", []))
    mine = Message.objects.filter(conversation_id=turn.conversation_id)
    return list(mine.filter(heard | written).order_by("pk"))


def _ticket(turn: TurnTrace) -> Ticket | None:
    """The one that was open when the turn ended: there is one at a time."""
    tickets = Ticket.objects.filter(
        conversation_id=turn.conversation_id, opened_at__lte=turn.at
    )
    return tickets.order_by("-opened_at").first()


def _models(turn: TurnTrace) -> tuple[LanguageModelCall, ...]:
    began = turn.at - timedelta(milliseconds=turn.milliseconds + 500)
    made = LanguageModelCall.objects.filter(
        conversation_id=turn.conversation_id, at__gte=began, at__lte=turn.at + _WORDED
    )
    return tuple(made.order_by("at"))


def _steps(milliseconds: Mapping[str, float]) -> Iterable[Step]:
    for name, words in STEPS.items():
        if name in milliseconds:
            yield Step(name=words, milliseconds=milliseconds[name])


def _searches(found: Iterable[Any]) -> Iterable[Mapping[str, Any]]:
    """The results of the knowledge base; one too long to be kept whole is left out."""
    for results in found:
        if isinstance(results, list):
            yield from (one for one in results if isinstance(one, Mapping))


def _call(call: Mapping[str, Any]) -> Call:
    refused = call.get("refused", "")
    return Call(
        name=call["name"],
        arguments=_named(call["arguments"]),
        result=refused or _text(call.get("result")),
        refused=bool(refused),
        times=call.get("times", 1),
        milliseconds=call["milliseconds"],
    )


def _replies(record: Mapping[str, Any], messages: list[Message]) -> Iterable[Reply]:
    known = {message.pk: message for message in messages}
    written = record.get("messages", [])
    for place, reply in enumerate(record.get("replies", [])):
        message = known.get(written[place]) if place < len(written) else None
        kind, _slash, rest = reply["source"].partition("/")
        is_template = kind not in {"faq", "refusal"}
        yield Reply(
            text=reply["text"],
            kind="template" if is_template else kind,
            source=reply["source"] if is_template else rest,
            message=message,
            is_reworded=message is not None
            and not message.text.startswith(reply["text"]),
            buttons=tuple(button["label"] for button in reply["buttons"]),
        )


def _named(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _text(value)) for name, value in values.items())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _pretty(value: Any) -> str:
    return json.dumps(hiding(value), ensure_ascii=False, indent=2)
