"""What is understood becomes commands, in the light of what was asked last."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from bots.dialogue.decide import commands as do
from bots.dialogue.decide import reading
from bots.dialogue.decide.wishes import CHANGES
from bots.dialogue.state import Choice, State, Task
from bots.dialogue.turn import Input, Intent
from tests.bots.dialogue.talks import meaning, unsure

PHRASES = Path(reading.__file__).parent.parent / "understand" / "phrases" / "en"
INTENTS = sorted(file.stem for file in PHRASES.glob("*.txt"))

IDLE = State()
ASKED_ORDER = State(tasks=(Task(skill="cancel_order", asked="order"),))
CONFIRMING = State(
    tasks=(Task(skill="cancel_order", asked="confirm", token="TOK"),),
    choices=(
        Choice(label="Yes, please", value="yes:TOK"),
        Choice(label="No", value="no:TOK"),
    ),
)
OFFERED = State(
    choices=(Choice(label="Talk to a person", value="human"),), agreeable="human"
)

ASK = do.Ask(topic="policy_question")
STATUS = do.Start(skill="order_status")
CANCEL_ORDER = do.Start(skill="cancel_order")


def read(
    state: State,
    text: str,
    *intents: str | Intent,
    button: str = "",
    attachments: tuple[str, ...] = (),
    **slots: Any,
) -> list[do.Command]:
    given = Input(text=text, at=timezone.now(), button=button, attachments=attachments)
    return reading.read(given, meaning(*intents, **slots), state)


# --- with nothing under way ---------------------------------------------------------

BY_INTENT: dict[str, do.Command] = {
    "order_status": STATUS,
    "order_cancel": CANCEL_ORDER,
    "return_request": do.Start(skill="return_order"),
    "refund_status": do.Start(skill="refund_status"),
    "exchange_request": do.Start(skill="exchange_order"),
    "repair_request": do.Start(skill="repair_order"),
    "order_problem": do.Start(skill="report_problem"),
    "product_search": do.Browse(),
    "product_question": do.AskProduct(),
    "promotion_subscribe": do.Promotions(wanted=True),
    "promotion_unsubscribe": do.Promotions(wanted=False),
    "human_agent": do.HandOver(reason="asked"),
    "complaint": do.OfferPerson(topic="complaint"),
    "cancel": do.Cancel(),
    "deny": do.Cancel(),
    "affirm": do.Chat(topic="else"),
    **{
        name: do.Chat(topic=name)
        for name in ("greet", "goodbye", "thank", "chitchat", "ask_bot", "feedback")
    },
    **{
        name: do.Ask(topic=name)
        for name in (
            "policy_question",
            "promotion_query",
            "order_place",
            "account_help",
            "invoice_request",
            "payment_problem",
            "order_change",
            "privacy_request",
            "out_of_scope",
        )
    },
}


def test_every_intent_of_the_contract_is_known_here() -> None:
    assert len(INTENTS) == 31
    assert set(BY_INTENT) == set(INTENTS)


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_its_command(intent: str) -> None:
    assert read(IDLE, "more words here", intent) == [BY_INTENT[intent]]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_starts_the_skill_for_what_is_to_change(change: str) -> None:
    said = read(IDLE, "more words here", "order_change", change=change)
    assert said == [do.Start(skill=CHANGES[change])]


@pytest.mark.parametrize(
    "text", ["cancel my return", "取消退货申请", "我不退了", "不换了"]
)
@pytest.mark.parametrize("intent", ["refund_status", "return_request", "cancel"])
def test_what_was_asked_for_can_be_taken_back(text: str, intent: str) -> None:
    assert read(IDLE, text, intent) == [do.Start(skill="withdraw_case")]


@pytest.mark.parametrize(
    "text", ["cancel my order and refund me", "取消订单并退款", "为什么不能退货"]
)
def test_an_order_is_not_a_case(text: str) -> None:
    assert read(IDLE, text, "order_cancel") == [do.Start(skill="cancel_order")]


def test_who_names_what_to_buy_is_shown_it() -> None:
    assert read(IDLE, "I'll take a kettle", "order_place", product="kettle") == [
        do.Browse()
    ]


@pytest.mark.parametrize(
    ("intents", "commands"),
    [
        (("greet", "order_status"), [STATUS]),
        (("order_status", "thank"), [STATUS]),
        (("order_status", "policy_question"), [STATUS, ASK]),
        (("policy_question", "order_cancel"), [ASK, CANCEL_ORDER]),
        (("order_status", unsure("policy_question", 0.45)), [STATUS]),
        (("greet", "thank"), [do.Chat(topic="greet")]),
        (
            ("complaint", "order_status"),
            [do.OfferPerson(topic="complaint"), STATUS],
        ),
        (("order_status", "order_status"), [STATUS]),
    ],
)
def test_each_wish_of_a_message_counts_and_manners_do_not(
    intents: tuple[str | Intent, ...], commands: list[do.Command]
) -> None:
    assert read(IDLE, "words", *intents) == commands


def test_a_guess_is_asked_again() -> None:
    assert read(IDLE, "hm", unsure("order_cancel")) == [do.Unclear()]


def test_what_is_surely_none_of_the_shops_business_is_told_so() -> None:
    said = read(IDLE, "write my essay", unsure("out_of_scope", 0.7))
    assert said == [do.Ask(topic="out_of_scope")]


@pytest.mark.parametrize(
    ("text", "confidence"), [("write my essay", 0.5), ("blub", 0.9), ("？？", 0.9)]
)
def test_what_is_no_plain_wish_is_not_understood(text: str, confidence: float) -> None:
    said = read(IDLE, text, unsure("out_of_scope", confidence))
    assert said == [do.Unclear()]


@pytest.mark.parametrize(
    ("text", "attachments", "topic"),
    [("", (), "empty"), (" \n", (), "empty"), ("", ("photo",), "media")],
)
def test_a_message_without_words_is_answered(
    text: str, attachments: tuple[str, ...], topic: str
) -> None:
    assert read(IDLE, text, attachments=attachments) == [do.Chat(topic=topic)]


# --- buttons ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "command"),
    [
        ("yes:TOK", do.Affirm(token="TOK")),
        ("no:TOK", do.Deny(token="TOK")),
        ("promotions:off", do.Promotions(wanted=False)),
        ("promotions:on", do.Promotions(wanted=True)),
        ("product:P1", do.AskProduct(ref="P1")),
        ("start:return_order:SO1", do.Start(skill="return_order", order="SO1")),
        ("human", do.HandOver(reason="asked")),
        ("cancel", do.Cancel()),
        ("order_status", STATUS),
        ("products", do.Browse()),
        ("return_order", do.Start(skill="return_order", order="SO9")),
    ],
)
def test_every_button_does_what_it_says(value: str, command: do.Command) -> None:
    state = State(choices=(Choice(label="…", value=value),), order="SO9")
    assert read(state, "…", button=value) == [command]


def test_a_typed_label_is_as_good_as_a_press() -> None:
    assert read(CONFIRMING, "yes, please") == [do.Affirm(token="TOK")]
    assert read(CONFIRMING, "No") == [do.Deny(token="TOK")]


@pytest.mark.parametrize("value", ["yes:OLD", "no:OLD", "start:cancel_order", "SO1"])
@pytest.mark.parametrize("state", [IDLE, CONFIRMING, OFFERED])
def test_a_button_of_an_earlier_question_does_nothing(state: State, value: str) -> None:
    said = read(state, "Yes, please", "affirm", button=value)
    assert said == [do.Chat(topic="stale")]


@pytest.mark.parametrize(
    ("value", "command"),
    [
        ("promotions:off", do.Promotions(wanted=False)),
        ("product:P1", do.AskProduct(ref="P1")),
    ],
)
def test_a_button_that_confirms_nothing_holds_however_old(
    value: str, command: do.Command
) -> None:
    assert read(CONFIRMING, "", button=value) == [command]


# --- agreeing to an offer ------------------------------------------------------------


def test_a_yes_takes_the_one_thing_that_was_offered() -> None:
    assert read(OFFERED, "sure", "affirm") == [do.HandOver(reason="asked")]


def test_a_yes_to_one_of_many_is_unclear() -> None:
    menu = State(
        choices=tuple(
            Choice(label=name, value=name)
            for name in ("order_status", "products", "human")
        )
    )
    assert read(menu, "sure", "affirm") == [do.Chat(topic="else")]


def test_a_guessed_yes_is_none() -> None:
    assert read(OFFERED, "hm", unsure("affirm")) == [do.Unclear()]


# --- whatever is under way ------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "one moment",
        "Just a sec!",
        "wait a minute please",
        "hold on...",
        "等一下",
        "稍等哈",
        "等会儿",
    ],
)
@pytest.mark.parametrize("state", [IDLE, CONFIRMING])
def test_who_needs_a_moment_gets_it(state: State, text: str) -> None:
    assert read(state, text, "chitchat") == [do.Wait()]


def test_what_was_asked_last_is_known() -> None:
    assert reading.expecting(ASKED_ORDER) == "order"
    assert reading.expecting(IDLE) == ""
