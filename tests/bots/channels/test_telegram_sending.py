"""Telegram, outbound: what is sent arrives, and nothing tells the token."""

import logging
import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bots.channels.base import Account
from bots.channels.telegram import CallError, TelegramAdapter
from bots.messages import (
    Button,
    Card,
    Inbound,
    Kind,
    Outgoing,
    Permanent,
    Sent,
    Unknown,
)
from tests.emulators.telegram import (
    BAD_GATEWAY,
    DROPPED,
    FakeTelegram,
    Fault,
    garbage,
    refuse,
)

ADAPTER = TelegramAdapter()
SECRET = "let-me-in"
HELLO = Outgoing(to="70700022", text="Hello")
PRESS = Inbound(
    dedup_key="u:1",
    conversation_key="chat:70700022",
    sender_id="70700022",
    kind=Kind.BUTTON,
    occurred_at=datetime(2026, 1, 10, tzinfo=UTC),
    external_id="8800770066",
)


def test_message_arrives(fake: FakeTelegram, account: Account) -> None:
    buttons = (Button(label="Yes", value="v:1"), Button(label="No", value="v:2"))
    text = 'Is <b> "tag" & co. here?'
    result = ADAPTER.send(account, Outgoing(to="5", text=text, buttons=buttons))
    assert result == Sent(external_id="1")
    assert fake.shown == [text]
    assert fake.sent[0]["link_preview_options"] == {"is_disabled": True}
    assert fake.sent[0]["reply_markup"]["inline_keyboard"] == [
        [
            {"text": "Yes", "callback_data": "v:1"},
            {"text": "No", "callback_data": "v:2"},
        ]
    ]


def test_next_call_uses_the_same_bot(fake: FakeTelegram, account: Account) -> None:
    results = [ADAPTER.send(account, HELLO) for _ in range(3)]
    assert results == [Sent(external_id=str(number)) for number in (1, 2, 3)]
    assert {call.method for call in fake.calls} == {"sendMessage"}


def test_threads_share_the_line(fake: FakeTelegram, account: Account) -> None:
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: ADAPTER.send(account, HELLO), range(40)))
    sent = {result.external_id for result in results if isinstance(result, Sent)}
    assert len(sent) == len(fake.calls) == 40
    assert sum(thread.name == "telegram" for thread in threading.enumerate()) == 1


def test_a_forked_worker_has_its_own_line(fake: FakeTelegram, account: Account) -> None:
    assert isinstance(ADAPTER.send(account, HELLO), Sent)
    worker = multiprocessing.get_context("fork").Process(
        target=ADAPTER.send, args=(account, HELLO)
    )
    worker.start()
    worker.join(20)
    assert worker.exitcode == 0
    assert len(fake.sent) == 2


def test_long_text_goes_in_parts(fake: FakeTelegram, account: Account) -> None:
    text = "\n\n".join(f"{number} " + "<&>" * 600 for number in range(5))
    buttons = (Button(label="Yes", value="1"),)
    ADAPTER.send(account, Outgoing(to="5", text=text, buttons=buttons))
    assert "\n\n".join(fake.shown) == text
    keyboards = ["reply_markup" in params for params in fake.sent]
    assert keyboards == [False, False, True]


def test_refused_markup_goes_plain_once(fake: FakeTelegram, account: Account) -> None:
    fake.plan(
        "sendMessage",
        refuse(400, "Bad Request: can't parse entities: unsupported start tag"),
    )
    card = Card(title="Lamp & co.", url="https://shop.test/1")
    result = ADAPTER.send(account, Outgoing(to="5", text="", cards=(card,)))
    assert isinstance(result, Sent)
    assert "parse_mode" not in fake.sent[0]
    assert fake.shown == ["Lamp & co.\nhttps://shop.test/1"]
    assert len(fake.calls) == 2


def test_plain_text_refused_too_is_final(fake: FakeTelegram, account: Account) -> None:
    unparsable = refuse(400, "Bad Request: can't parse entities: whatever")
    fake.plan("sendMessage", unparsable, unparsable, unparsable)
    assert isinstance(ADAPTER.send(account, HELLO), Permanent)
    assert len(fake.calls) == 2


def test_nothing_to_say_is_not_sent(fake: FakeTelegram, account: Account) -> None:
    assert isinstance(ADAPTER.send(account, Outgoing(to="5", text=" \n")), Permanent)
    assert not fake.calls


def test_half_an_emoji_does_not_stop_a_message(
    fake: FakeTelegram, account: Account
) -> None:
    message = Outgoing(
        to="5", text="a\ud83db\0", buttons=(Button(label="\ud83d", value="1"),)
    )
    assert isinstance(ADAPTER.send(account, message), Sent)
    assert fake.shown == ["a\ufffdb"]


def test_typing_is_shown(fake: FakeTelegram, account: Account) -> None:
    ADAPTER.typing(account, "5")
    [call] = fake.calls
    assert call.method == "sendChatAction"
    assert call.params == {"chat_id": "5", "action": "typing"}


def test_press_is_acknowledged(fake: FakeTelegram, account: Account) -> None:
    ADAPTER.acknowledge(account, PRESS)
    ADAPTER.acknowledge(account, replace(PRESS, kind=Kind.TEXT))
    [call] = fake.calls
    assert call.params == {"callback_query_id": "8800770066"}


@pytest.mark.parametrize(
    "fault",
    [
        refuse(400, "Bad Request: query is too old"),
        DROPPED,
        garbage(b"[]"),
        BAD_GATEWAY,
    ],
)
def test_courtesies_may_fail(
    fault: Fault,
    fake: FakeTelegram,
    account: Account,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fake.plan("sendChatAction", fault)
    fake.plan("answerCallbackQuery", fault)
    ADAPTER.typing(account, "5")
    ADAPTER.acknowledge(account, PRESS)
    ours = [one for one in caplog.records if one.name.startswith("bots.channels")]
    assert len(ours) == 2


def test_webhook_is_set(fake: FakeTelegram, account: Account) -> None:
    ADAPTER.set_webhook(account, "https://shop.test/hook/", SECRET)
    [call] = fake.called("setWebhook")
    assert (fake.webhook_url, fake.webhook_secret) == (
        "https://shop.test/hook/",
        SECRET,
    )
    assert call.params["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]


def test_webhook_is_removed(fake: FakeTelegram, account: Account) -> None:
    ADAPTER.set_webhook(account, "https://shop.test/hook/", SECRET)
    ADAPTER.set_webhook(account, "", "")
    assert not fake.webhook_url


def test_the_bot_has_a_name(fake: FakeTelegram, account: Account) -> None:
    assert ADAPTER.get_me(account) == "fake_bot"


def test_token_is_never_told(
    fake: FakeTelegram, account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("httpx", "httpcore", "telegram"):
        caplog.set_level(logging.DEBUG, name)
    page = f"<html>no answer from {fake.url}/bot{fake.token}/sendMessage".encode()
    fake.plan("sendMessage", Fault(), garbage(page, status=502))
    fake.plan("getMe", garbage(page, status=502))
    ADAPTER.send(account, HELLO)
    result = ADAPTER.send(account, HELLO)
    with pytest.raises(CallError) as failed:
        ADAPTER.get_me(account)
    assert isinstance(result, Unknown)
    assert "no answer from" in result.reason
    assert "HTTP Request" in caplog.text
    assert fake.token not in result.reason + str(failed.value) + caplog.text
