"""Reads an understanding in the light of what was asked last."""

import re
from dataclasses import replace

from bots.dialogue.decide import commands as do
from bots.dialogue.decide import consent, following, pressing, speaking, verbs, within
from bots.dialogue.decide.wishes import (
    MANNERS,
    SURE,
    SURE_BESIDE,
    SURE_OUTSIDE,
    command,
    words,
)
from bots.dialogue.state import State
from bots.dialogue.turn import Input, Intent, Understanding
from bots.messages import LANGUAGES

# What a plain "yes" takes where it was asked about.
OFFERS: dict[str, do.Command] = {
    "human": do.HandOver(reason="asked"),
    "return_order": do.Start(skill="return_order"),
}
MOMENT = re.compile(
    r"^(?:h+m+\W*|u+m+\W*|oh\W*|ok(?:ay)?\W*|嗯+\W*)?(?:(?:just )?(?:one|a|wait a|give me a) (?:moment|sec|second|minute|min)"
    r"|hold on|hang on|wait|等等|等一下|等下|稍等|等我一下|等会儿?)\W*(?:please|pls|哈|啊)?\W*$",
    re.IGNORECASE,
)
# Beside a number, so few words ask for nothing of their own.
BARE = 3
_PARTS = re.compile(r"[,，、;；.。!！?？\n]\s*\S|\band\b|\balso\b|还有|另外|顺便|再")
# A wish for a language is easily taken for one of these.
_BESIDE_LANGUAGE = MANNERS | {"ask_bot", "feedback", "out_of_scope", "policy_question"}


def read(given: Input, understanding: Understanding, state: State) -> list[do.Command]:
    """Turn one turn's words into commands, in the order in which they were said."""
    if not given.text.strip() and not given.button:
        return [do.Chat(topic="media" if given.attachments else "empty")]
    said = given.button or given.text.strip()
    if pressed := pressing.read(said, state, pressed=bool(given.button)):
        return [pressed]
    if speaking.wish(understanding) in LANGUAGES:
        return [do.Speak(), *_beside_language(given, understanding, state)]
    return _said(given, understanding, state)


def expecting(state: State) -> str:
    """The field that the open question is about, or ""."""
    return state.task.asked if state.task else ""


def _beside_language(
    given: Input, understanding: Understanding, state: State
) -> list[do.Command]:
    """What is plainly said beside the wish for a language."""
    plain = tuple(
        intent
        for intent in understanding.intents
        if intent.confidence >= SURE_OUTSIDE and intent.name not in _BESIDE_LANGUAGE
    )
    if not plain:
        return []
    return _said(given, replace(understanding, intents=plain), state)


def _said(given: Input, understanding: Understanding, state: State) -> list[do.Command]:
    if state.agreeable and consent.agrees(understanding, given.text):
        return [OFFERS[state.agreeable]]
    if MOMENT.match(given.text.strip()):
        return [do.Wait()]
    if state.task:
        found = within.read(understanding, state, given)
    else:
        found = _afresh(given, understanding, state)
    # Who asks for a person gets one, and nothing else.
    return [one for one in found if isinstance(one, do.HandOver)] or found


def _afresh(
    given: Input, understanding: Understanding, state: State
) -> list[do.Command]:
    if follow := following.read(given, understanding, state):
        return [follow]
    if step := following.offered(given.text, understanding, state):
        return [step]
    if verbs.withdraws(given.text):
        return [do.Start(skill="withdraw_case")]
    if state.skill and _is_misnamed(understanding, given.text):
        return [do.Start(skill=state.skill)]
    intents = [i for i in understanding.intents if i.confidence >= SURE]
    wishes = [intent for intent in intents if intent.name not in MANNERS]
    if _is_bare_number(given.text, understanding, wishes):
        # A bare order number asks what there is to say about it.
        return [do.Start(skill="order_status")]
    found = [
        _command(intent, given.text, understanding, state)
        for place, intent in enumerate(wishes or _manners(intents))
        if not place or intent.confidence >= SURE_BESIDE
    ]
    return _sifted(list(dict.fromkeys(found)), given.text) or [do.Unclear()]


def _is_misnamed(understanding: Understanding, text: str) -> bool:
    """Whether only the number is another one, and the wish the same as before."""
    named = bool(understanding.slots.get("order_id"))
    return named and verbs.misnamed(text) and not verbs.skill(text)


def _is_bare_number(
    text: str, understanding: Understanding, wishes: list[Intent]
) -> bool:
    """Whether there is an order number, and no wish that is sure enough beside it."""
    if not understanding.slots.get("order_id"):
        return False
    named = [i for i in wishes if i.name not in {"out_of_scope", "ask_bot"}]
    if words(text) <= BARE:
        named = [intent for intent in named if intent.confidence >= SURE_OUTSIDE]
    return not named


def _manners(intents: list[Intent]) -> list[Intent]:
    """The one that is answered: thanks and a goodbye rather than a yes beside them."""
    telling = [i for i in intents if i.name not in {"affirm", "deny"}]
    return (telling or intents)[:1]


def _command(
    intent: Intent, text: str, understanding: Understanding, state: State
) -> do.Command:
    if intent.name == "policy_question":
        skill = following.about_order(text, understanding, state)
        if skill:
            return do.Start(skill=skill)
    return command(intent, understanding, text)


def _sifted(found: list[do.Command], text: str) -> list[do.Command]:
    """Without what one undivided sentence cannot mean beside a product."""
    if do.AskProduct() not in found or _PARTS.search(text):
        return found
    return [one for one in found if not isinstance(one, do.Ask)]
