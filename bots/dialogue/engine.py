"""The engine: understand, then decide, act and answer. Returns a value, sends nothing."""

from collections.abc import Mapping
from typing import Any

from bots.dialogue import answer, state
from bots.dialogue.act import handling
from bots.dialogue.act.talk import Talk
from bots.dialogue.decide import reading, speaking
from bots.dialogue.decide.commands import Command
from bots.dialogue.state import State
from bots.dialogue.trace import Trace
from bots.dialogue.turn import (
    HandOver,
    Input,
    Outcome,
    Shopper,
    Understanding,
    Utterance,
)
from bots.dialogue.understand import cascade
from bots.dialogue.understand import understand as understand_utterance
from bots.messages import LANGUAGES, Reply

# What understanding calls the fields that are asked for.
EXPECTED = {"proof": "identity", "order": "order_id"}


def understand(
    given: Input, stored: Mapping[str, Any], *, alone: bool = False
) -> Understanding:
    """What the words mean; slow, pure, outside every transaction.

    `alone`: no language model is asked for a second opinion.
    """
    before = state.load(dict(stored))
    asked = reading.expecting(before)
    said = Utterance(
        text=given.text,
        at=given.at,
        history=given.history,
        expecting=EXPECTED.get(asked, asked),
        language=given.language,
    )
    local = understand_utterance(said)
    return local if alone else cascade.consider(said, local, stuck=before.stuck)


def respond(
    given: Input,
    understanding: Understanding,
    stored: Mapping[str, Any],
    shopper: Shopper,
) -> Outcome:
    """Decide, act and answer; runs inside the turn's transaction.

    Order changes are made here; everything else the caller makes true from the
    outcome, in the same transaction.
    """
    trace = Trace()
    with trace.step("decide"):
        before = state.load(dict(stored))
        language, before = speaking.settle(understanding, given, before)
        commands = reading.read(given, understanding, before)
    talk = Talk(given, understanding, before, shopper, language, trace)
    with trace.step("act"):
        handling.handle(talk, commands)
    return talk.outcome(tuple(_named(command) for command in commands))


def failed(stored: Mapping[str, Any], language: str) -> Outcome:
    """What is said and done when a turn failed for a reason of ours."""
    language = language if language in LANGUAGES else "en"
    return Outcome(
        replies=(Reply(text=answer.say("talk/error", language)),),
        state=State().as_json(),
        language=language,
        hand_over=HandOver(reason="error", summary=answer.say("talk/error", "en")),
    )


def _named(command: Command) -> str:
    return repr(command).removeprefix("commands.")
