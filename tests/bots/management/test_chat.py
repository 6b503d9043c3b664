"""`chat --jsonl`: one object a line in, one a line out, whatever comes."""

import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from bots import lease, llm
from bots.dialogue import engine
from bots.models import Contact, Conversation, Delivery, Message, Ticket
from tests import factories
from tests.bots.conftest import Understands
from tests.bots.dialogue.talks import meaning
from tests.kb.made import broken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("understands")]

Chat = Callable[..., list[dict[str, Any]]]


class Output(io.StringIO):
    """Remembers what had been written at each flush."""

    def __init__(self) -> None:
        super().__init__()
        self.flushed: list[int] = []

    def flush(self) -> None:
        self.flushed.append(len(self.getvalue().splitlines()))


class Input:
    """Standard input, of which only the bytes are read."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.fixture
def out() -> Output:
    return Output()


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch, out: Output) -> Chat:
    def chat(*lines: dict[str, Any] | bytes) -> list[dict[str, Any]]:
        before = len(out.getvalue().splitlines())
        raw = [
            line if isinstance(line, bytes) else json.dumps(line).encode()
            for line in lines
        ]
        monkeypatch.setattr("sys.stdin", Input(b"\n".join(raw) + b"\n"))
        call_command("chat", "--jsonl", stdout=out)
        return [json.loads(line) for line in out.getvalue().splitlines()[before:]]

    return chat


def hello(key: object = "a", **more: Any) -> dict[str, Any]:
    return {"conversation": key, "text": "hello", **more}


def test_an_answer_has_the_shape_of_the_contract(chat: Chat) -> None:
    [answer] = chat(hello())
    assert list(answer) == ["conversation", "replies", "intents", "owner", "ticket"]
    assert (answer["conversation"], answer["owner"], answer["ticket"]) == (
        "a",
        "bot",
        None,
    )
    assert answer["intents"] == [{"name": "greet", "confidence": 0.9}]


def test_a_reply_has_its_buttons(chat: Chat) -> None:
    [answer] = chat(hello())
    [reply] = answer["replies"]
    assert set(reply) == {"text", "buttons", "cards"}
    assert reply["buttons"][2] == {"label": "Talk to a person", "value": "human"}


def test_a_reply_has_its_cards(chat: Chat, understands: Understands) -> None:
    shoe = factories.product("Running shoe", url="https://shop.example/shoe")
    factories.variant(shoe)
    understands.otherwise = meaning("product_search", product="running shoe")
    [answer] = chat(hello())
    assert answer["replies"][0]["cards"] == [
        {
            "title": "Running shoe",
            "subtitle": "¥99.00 · in stock",
            "image": "",
            "url": "https://shop.example/shoe",
        }
    ]


def test_answers_come_in_order_and_each_is_flushed(chat: Chat, out: Output) -> None:
    answers = chat(hello("a"), hello("b"), hello("a"), hello("c"))
    assert [answer["conversation"] for answer in answers] == ["a", "b", "a", "c"]
    assert [line for line in out.flushed if line][:4] == [1, 2, 3, 4]


def test_a_talk_goes_on_under_its_key(chat: Chat, understands: Understands) -> None:
    chat(hello("a"))
    chat(hello("b"))
    chat({"conversation": "a", "text": "and now?"})
    assert Conversation.objects.count() == 2
    assert understands.heard[2].history[0] == ("shopper", "hello")


BAD = [
    (b"{", "not JSON"),
    (b"\xff\xfe", "not JSON"),
    (b"[" * 99_999, "not JSON"),
    (b"[]", "not an object"),
    (b'"text"', "not an object"),
    (b'{"text": "hi"}', "conversation"),
    (b'{"conversation": "", "text": "hi"}', "conversation"),
    (b'{"conversation": true, "text": "hi"}', "conversation"),
    (b'{"conversation": "\\u0000", "text": "hi"}', "conversation"),
    (b'{"conversation": "a"}', "text"),
    (b'{"conversation": "a", "text": 5}', "text"),
    (b'{"conversation": "a", "text": "hi", "at": "soon"}', "at"),
    (b'{"conversation": "a", "text": "hi", "at": "2026-13-01T00:00:00"}', "at"),
    (b'{"conversation": "a", "text": "hi", "at": 5}', "at"),
    (b'{"conversation": "a", "text": "hi", "at": "0001-01-01T00:00:00+08:00"}', "at"),
    (b'{"conversation": "a", "text": "hi", "at": "9999-12-31T23:59:59-08:00"}', "at"),
    (b'{"conversation": "a", "text": "hi", "customer": "nobody"}', "customer"),
    (b'{"conversation": "a", "text": "hi", "customer": 5}', "customer"),
    (b'{"conversation": "a", "text": "hi", "customer": "\\u0000"}', "customer"),
]


@pytest.mark.parametrize(("line", "error"), BAD)
def test_a_bad_line_gets_an_error_and_the_run_goes_on(
    chat: Chat, line: bytes, error: str
) -> None:
    bad, good = chat(line, hello())
    assert list(bad) == ["error"]
    assert error in bad["error"]
    assert good["replies"]


def test_a_bad_line_leaves_no_trace(chat: Chat) -> None:
    chat(*(line for line, _ in BAD))
    assert not Message.objects.exists()


def test_an_empty_line_is_an_error_too(chat: Chat) -> None:
    answers = chat(hello(), b"", b"  ", hello())
    assert ["error" in answer for answer in answers] == [False, True, True, False]


@pytest.mark.parametrize(
    "text", ["", "x" * 10_000, "😀👍", "nul \0 inside", "half \ud83d a pair", "你好"]
)
def test_any_text_is_answered(chat: Chat, text: str) -> None:
    [answer] = chat({"conversation": "a", "text": text})
    assert answer["replies"][0]["text"]


@pytest.mark.parametrize("key", [7, "键", "k" * 300, "odd \ud83d key"])
def test_any_key_names_a_talk(chat: Chat, key: object) -> None:
    assert chat(hello(key))[0]["replies"]
    assert Conversation.objects.count() == 1


def test_long_keys_stay_apart(chat: Chat) -> None:
    chat(hello("k" * 200 + "a"), hello("k" * 200 + "b"))
    assert Conversation.objects.count() == 2


def test_a_long_key_comes_back_whole(chat: Chat) -> None:
    key = "k" * 200
    assert chat(hello(key))[0]["conversation"] == key


# --- who speaks, and when -------------------------------------------------------------


def test_a_named_customer_is_verified(chat: Chat, understands: Understands) -> None:
    order = factories.order()
    understands.otherwise = meaning("order_status")
    [answer] = chat(hello(customer=order.customer.ref))
    assert order.number in answer["replies"][0]["text"]


def test_the_customer_stays_the_same_where_it_is_not_said_again(
    chat: Chat, understands: Understands
) -> None:
    order = factories.order()
    understands.otherwise = meaning("order_status")
    chat(hello(customer=order.customer.ref))
    assert order.number in chat(hello())[0]["replies"][0]["text"]


def test_another_customer_under_the_same_key_sees_only_what_is_theirs(
    chat: Chat, understands: Understands
) -> None:
    first, second = factories.order(), factories.order()
    understands.otherwise = meaning("order_status")
    chat(hello(customer=first.customer.ref))
    told = chat(hello(customer=second.customer.ref))[0]["replies"][0]["text"]
    assert second.number in told
    assert first.number not in told
    assert Contact.objects.get().customer == second.customer


@pytest.mark.parametrize(
    ("at", "utc"),
    [
        ("2026-11-02T10:00:00Z", "2026-11-02T10:00:00+00:00"),
        ("2026-11-02T10:00:00+08:00", "2026-11-02T02:00:00+00:00"),
    ],
)
def test_the_time_of_a_line_is_the_time_of_the_turn(
    chat: Chat, understands: Understands, at: str, utc: str
) -> None:
    chat(hello(at=at))
    assert understands.heard[0].at == datetime.fromisoformat(utc)


def test_a_window_is_measured_at_the_time_of_the_line(
    chat: Chat, understands: Understands
) -> None:
    order = factories.delivered_order()
    understands.otherwise = meaning("return_request")
    late = (timezone.now().replace(year=timezone.now().year + 1)).isoformat()
    [inside, after] = chat(
        hello("a", customer=order.customer.ref),
        hello("b", customer=order.customer.ref, at=late),
    )
    assert "Shall I open a return" in inside["replies"][0]["text"]
    assert "days after delivery" in after["replies"][0]["text"]


# --- people ---------------------------------------------------------------------------


def test_a_hand_over_shows_its_ticket_and_then_the_bot_is_silent(
    chat: Chat, understands: Understands
) -> None:
    understands.otherwise = meaning("human_agent")
    handed_over, silent = chat(hello(), hello())
    ticket = Ticket.objects.get()
    assert (handed_over["owner"], handed_over["ticket"]) == ("human", ticket.pk)
    assert len(handed_over["replies"]) == 1
    assert silent == {
        "conversation": "a",
        "replies": [],
        "intents": [],
        "owner": "human",
        "ticket": ticket.pk,
    }


def test_a_turn_that_fails_apologises_and_the_run_goes_on(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "respond", broken)
    failed, other = chat(hello("a"), hello("b"))
    assert "sorry" in failed["replies"][0]["text"]
    assert (failed["owner"], other["owner"]) == ("human", "human")


def test_a_talk_that_another_process_holds_is_an_error(chat: Chat) -> None:
    chat(hello())
    lease.acquire(Conversation.objects.get().pk, timezone.now())
    assert "another process" in chat(hello())[0]["error"]


class Says:
    """A model that words an answer."""

    def chat(self, *arguments: object, **options: object) -> llm.Answer:
        return llm.Answer(text="It takes 5 working days.")


@pytest.mark.usefixtures("queue")
def test_an_answer_is_in_the_words_of_the_model_where_there_is_one(
    chat: Chat,
    understands: Understands,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.LLM_BACKEND = "openai"
    monkeypatch.setattr(llm, "configured", Says)
    factories.entry("How long do refunds take?", "A refund takes 5 working days.")
    understands.otherwise = meaning("policy_question")
    [answer] = chat({"conversation": "a", "text": "How long do refunds take?"})
    assert answer["replies"][0]["text"] == "It takes 5 working days."
    assert Delivery.objects.get().state == "sent"


# --- at the terminal ------------------------------------------------------------------


def at_terminal(monkeypatch: pytest.MonkeyPatch, *lines: str, **options: Any) -> str:
    said = iter(lines)

    def prompt(_: str) -> str:
        try:
            return next(said)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", prompt)
    out = io.StringIO()
    call_command("chat", stdout=out, **options)
    return out.getvalue()


def test_the_terminal_shows_the_talk_with_numbered_buttons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = at_terminal(monkeypatch, "hello", "/quit", "never read")
    assert "Hello!" in shown
    assert re.search(r"\[3\] Talk to a person", shown)


def test_the_number_of_a_button_presses_it(
    monkeypatch: pytest.MonkeyPatch, understands: Understands
) -> None:
    at_terminal(monkeypatch, "hello", "3")
    assert Conversation.objects.get().owner == "human"


def test_the_terminal_ends_with_its_input(monkeypatch: pytest.MonkeyPatch) -> None:
    assert at_terminal(monkeypatch) == ""


def test_an_unknown_customer_is_said_at_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "not known" in at_terminal(monkeypatch, "hello", customer="nobody")
