"""The recorder: what was asked of the shop, how long it took, and never too much."""

import ast
import json
import time
from pathlib import Path

import pytest
from django.utils import timezone

import bots.dialogue.act
from bots.dialogue import trace
from bots.dialogue.trace import Trace
from bots.dialogue.turn import Input, Outcome, Shopper
from bots.messages import Reply
from orders.refusal import Code, Refusal
from tests.bots.dialogue.talks import TalkTo
from tests.factories import customer, entry, order

# Whatever is asked of these goes through `talk.call`.
DOORS = {
    "aftersales",
    "catalogue",
    "changes",
    "confirmation",
    "connectors",
    "gaps",
    "lookup",
    "policy",
    "tools",
}
# These read the words, not the shop.
PURE = {"asks_for_range"}


def asked(number: int, *, email: str = "") -> int:
    return number + 1


def refuse() -> None:
    raise Refusal(Code.SOLD_OUT)


def test_a_call_is_kept_with_arguments_and_result() -> None:
    made = Trace()
    assert made.call(asked, 1, email="anna@example.com") == 2
    [call] = made.as_json()["calls"]
    assert call["name"].endswith("test_trace.asked")
    assert call["arguments"] == {"number": 1, "email": "a•••@example.com"}
    assert call["result"] == 2


def test_a_refusal_is_kept_and_goes_on() -> None:
    made = Trace()
    with pytest.raises(Refusal):
        made.call(refuse)
    assert made.as_json()["calls"][0]["refused"] == Code.SOLD_OUT


def test_the_same_at_once_is_counted() -> None:
    made = Trace()
    for number in (1, 1, 1, 2):
        made.call(asked, number)
    assert [call.get("times") for call in made.as_json()["calls"]] == [3, None]


def test_too_many_calls_are_counted_only() -> None:
    made = Trace()
    for number in range(trace.MOST_CALLS + 3):
        made.call(asked, number)
    told = made.as_json()
    assert len(told["calls"]) == trace.MOST_CALLS
    assert told["calls_left_out"] == 3


def test_the_time_of_a_step_inside_is_not_that_of_the_one_around() -> None:
    made = Trace()
    with made.step("act"), made.step("answer"):
        time.sleep(0.02)
    took = made.as_json()["milliseconds"]
    assert took["answer"] >= 20
    assert took["act"] < 10


def test_a_long_record_loses_its_calls_first() -> None:
    long = {"calls": ["x" * trace.LONGEST], "before": {"a": 1}, "language": "en"}
    kept = trace.fitting(long)
    assert kept == {"before": {"a": 1}, "language": "en", "left_out": ["calls"]}


def test_whatever_a_turn_does_its_record_is_bounded() -> None:
    outcome = Outcome(
        replies=tuple(Reply(text="很" * 5000) for _ in range(9)),
        state={"tasks": ["x" * 90_000]},
        language="zh",
    )
    given = Input(text="", at=timezone.now())
    record = trace.record(given, Shopper(), {"tasks": ["y" * 90_000]}, outcome)
    assert len(json.dumps(trace.fitting(record))) <= trace.LONGEST


@pytest.mark.django_db
def test_a_turn_tells_what_it_asked_and_what_made_its_replies() -> None:
    anna = customer()
    order(anna)
    talk = TalkTo(anna)
    talk.say("cancel it", "order_cancel")
    names = [call["name"] for call in talk.told.trace["calls"]]
    assert "orders.lookup.orders_of" in names
    assert "orders.tools.calling.rehearse" in names
    assert [reply.source for reply in talk.told.replies] == ["cancel/confirm"]
    assert talk.told.trace["milliseconds"].keys() == {"decide", "act", "answer"}


@pytest.mark.django_db
def test_the_token_of_a_confirmation_is_not_kept() -> None:
    anna = customer()
    order(anna)
    talk = TalkTo(anna)
    talk.say("cancel it", "order_cancel")
    token = talk.state["tasks"][0]["token"]
    assert token not in json.dumps(talk.told.trace)


@pytest.mark.django_db
def test_an_entry_is_named_with_its_score() -> None:
    made = entry("How long do refunds take?", "Three days.")
    talk = TalkTo()
    talk.say("How long do refunds take?", "policy_question")
    [call] = talk.told.trace["calls"]
    [hit] = call["result"][0]["hits"]
    assert (hit["ref"], hit["score"] > 0) == (made.ref, True)
    assert talk.told.replies[0].source == f"faq/{made.ref}"


def test_no_skill_goes_past_it() -> None:
    folder = Path(str(bots.dialogue.act.__file__)).parent
    past = [
        f"{path.name}:{node.lineno}"
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in DOORS
        and node.func.attr not in PURE
    ]
    assert past == []
