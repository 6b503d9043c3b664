"""What is said while a task is under way: its answer, or something beside it."""

from typing import Any

import pytest
from django.utils import timezone

from bots.dialogue.decide import commands as do
from bots.dialogue.decide import reading
from bots.dialogue.state import Choice, State, Task
from bots.dialogue.turn import Input, Intent
from tests.bots.dialogue.talks import meaning, unsure

ASKED_ORDER = State(tasks=(Task(skill="cancel_order", asked="order"),))
CONFIRMING = State(
    tasks=(Task(skill="cancel_order", asked="confirm", token="TOK"),),
    choices=(
        Choice(label="Yes, please", value="yes:TOK"),
        Choice(label="No", value="no:TOK"),
    ),
)

ASK = do.Ask(topic="policy_question")
STATUS = do.Start(skill="order_status")


def read(
    state: State, text: str, *intents: str | Intent, **slots: Any
) -> list[do.Command]:
    given = Input(text=text, at=timezone.now())
    return reading.read(given, meaning(*intents, **slots), state)


@pytest.mark.parametrize(
    ("intents", "commands"),
    [
        (("affirm",), [do.Affirm()]),
        (("deny",), [do.Deny()]),
        (("policy_question",), [ASK]),
        (("policy_question", "affirm"), [ASK]),
        (("affirm", "thank"), [do.Affirm()]),
        (("affirm", "order_cancel"), [do.Affirm()]),
        (("affirm", "order_status"), [STATUS]),
        (("deny", "order_status"), [do.Deny(), STATUS]),
        (("deny", "order_cancel"), [do.Correct()]),
        (("order_cancel",), [do.Fill()]),
        ((unsure("affirm"),), [do.Fill()]),
        (("cancel",), [do.Cancel()]),
        (("cancel", "order_status"), [do.Cancel(), STATUS]),
        (("human_agent",), [do.HandOver(reason="asked")]),
        (("promotion_unsubscribe",), [do.Promotions(wanted=False)]),
    ],
)
def test_at_a_confirmation(
    intents: tuple[str | Intent, ...], commands: list[do.Command]
) -> None:
    assert read(CONFIRMING, "words", *intents) == commands


def test_a_yes_and_a_no_together_are_neither() -> None:
    assert read(CONFIRMING, "no, yes", "deny", "affirm") == [do.Fill()]


@pytest.mark.parametrize(
    ("intents", "commands"),
    [
        (("order_cancel",), [do.Fill()]),
        (("order_cancel", "policy_question"), [ASK, do.Fill()]),
        (("policy_question",), [ASK, do.Fill()]),
        # The number belongs to the new wish.
        (("order_status",), [STATUS]),
        (("order_cancel", "order_status"), [do.Fill()]),
    ],
)
def test_a_number_answers_the_question_for_an_order(
    intents: tuple[str, ...], commands: list[do.Command]
) -> None:
    assert read(ASKED_ORDER, "SO1", *intents, order_id="SO1") == commands


@pytest.mark.parametrize(
    ("intents", "commands"),
    [
        (("policy_question",), [ASK]),
        (("order_status",), [STATUS]),
        (("greet",), [do.Chat(topic="greet")]),
        (("deny",), [do.Fill()]),
        (("order_problem",), [do.Fill()]),
        ((unsure("policy_question"),), [do.Fill()]),
        (("cancel",), [do.Cancel()]),
        ((unsure("cancel"),), [do.Fill()]),
        ((unsure("promotion_unsubscribe"), "policy_question"), [ASK]),
    ],
)
def test_an_open_question_is_answered_left_or_interrupted(
    intents: tuple[str | Intent, ...], commands: list[do.Command]
) -> None:
    assert read(ASKED_ORDER, "words", *intents) == commands


@pytest.mark.parametrize("slot", ["email", "phone", "order_id"])
def test_any_proof_answers_the_question_for_one(slot: str) -> None:
    asked = State(tasks=(Task(skill="order_status", asked="proof"),))
    said: dict[str, Any] = {slot: "x"}
    assert read(asked, "words", "order_status", **said) == [do.Fill()]


@pytest.mark.parametrize(
    "words", ["sorry, wrong number, it is SO9", "oops, I meant SO9", "说错了，是SO9"]
)
def test_a_wrong_number_is_put_right(words: str) -> None:
    assert read(CONFIRMING, words, "order_change", order_id="SO9") == [do.Correct()]
    assert read(ASKED_ORDER, words, "order_change", order_id="SO9") == [do.Fill()]


def test_what_is_named_anew_tells_what_changes() -> None:
    said = read(State(), "in white", "order_change", options={"color": "white"})
    assert said == [do.Start(skill="change_items")]
    said = read(State(), "to Leeds", "order_change", address="5 Orchard Close, Leeds")
    assert said == [do.Start(skill="change_address")]
