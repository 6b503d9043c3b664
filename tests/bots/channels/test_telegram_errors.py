"""Telegram: every way a call can go wrong is judged, and nothing is said twice."""

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from telegram.error import TimedOut

from bots.channels.base import Account
from bots.channels.telegram import TelegramAdapter, line, sending
from bots.channels.telegram.outcome import outcome
from bots.messages import (
    Button,
    NotSent,
    Outgoing,
    Permanent,
    SendResult,
    Sent,
    Unknown,
)
from tests.emulators.telegram import (
    BAD_GATEWAY,
    DROPPED,
    DROPPED_UNREAD,
    HANG,
    FakeTelegram,
    Fault,
    garbage,
    refuse,
    slow,
)

ADAPTER = TelegramAdapter()
HELLO = Outgoing(to="70700022", text="Hello")
LONG = Outgoing(to="70700022", text="a" * 5000)

BAD = "Bad Request: "
GONE = Permanent(reason="", contact_gone=True)
FINAL = Permanent(reason="")
LATER = NotSent(reason="")
LOST = Unknown(reason="")

# Each row of the sheet's table, and what executed calls that tell nothing look like.
ERRORS: dict[str, tuple[Fault, SendResult]] = {
    "429": (
        refuse(429, "Too Many Requests: retry after 7", retry_after=7),
        NotSent(reason="", retry_after=7.0),
    ),
    "429 without a time": (refuse(429, "Too Many Requests"), LATER),
    "429 of a proxy": (Fault(execute=False, status=429, body=b"<html>"), LATER),
    "blocked": (refuse(403, "Forbidden: bot was blocked by the user"), GONE),
    "deactivated": (refuse(403, "Forbidden: user is deactivated"), GONE),
    "never started": (
        refuse(403, "Forbidden: bot can't initiate conversation with a user"),
        GONE,
    ),
    "kicked": (refuse(403, "Forbidden: bot was kicked from the group chat"), GONE),
    "chat not found": (refuse(400, BAD + "chat not found"), GONE),
    "migrated": (
        refuse(400, BAD + "group chat was upgraded", migrate_to_chat_id=-100),
        GONE,
    ),
    "not modified": (refuse(400, BAD + "message is not modified: same"), Sent()),
    "nothing to edit": (refuse(400, BAD + "message to edit not found"), FINAL),
    "not editable": (refuse(400, BAD + "message can't be edited"), FINAL),
    "too old": (
        refuse(400, BAD + "query is too old and response timeout expired"),
        FINAL,
    ),
    "too long": (refuse(400, BAD + "message is too long"), FINAL),
    "empty": (refuse(400, BAD + "message text is empty"), FINAL),
    "file too big": (refuse(400, BAD + "file is too big"), FINAL),
    "file unavailable": (
        refuse(400, BAD + "wrong file_id or the file is temporarily unavailable"),
        LATER,
    ),
    "401": (refuse(401, "Unauthorized"), FINAL),
    "404": (refuse(404, "Not Found"), FINAL),
    "409": (refuse(409, "Conflict: terminated by other getUpdates request"), LATER),
    "500": (refuse(500, "Internal Server Error"), LOST),
    "502 after execution": (BAD_GATEWAY, LOST),
    "200 not JSON": (garbage(), LOST),
    "200 not ok": (garbage(b'{"ok":false}'), LOST),
    "200 no object": (garbage(b"[]"), LOST),
    "200 no message": (garbage(b'{"ok":true,"result":{}}'), LOST),
    "200 a number": (garbage(b'{"ok":true,"result":5}'), LOST),
    "200 true": (garbage(b'{"ok":true,"result":true}'), LOST),
    "dropped after execution": (DROPPED, LOST),
    "dropped before execution": (DROPPED_UNREAD, LOST),
}


def without_reason(result: SendResult) -> SendResult:
    match result:
        case Sent():
            return result
        case NotSent(retry_after=retry_after):
            return NotSent(reason="", retry_after=retry_after)
        case Permanent(contact_gone=contact_gone):
            return Permanent(reason="", contact_gone=contact_gone)
        case Unknown():
            return Unknown(reason="")


@pytest.mark.parametrize("case", ERRORS)
def test_error_is_judged(case: str, fake: FakeTelegram, account: Account) -> None:
    fault, expected = ERRORS[case]
    fake.plan("sendMessage", fault)
    assert without_reason(ADAPTER.send(account, HELLO)) == expected
    assert len(fake.calls) == 1
    assert len(fake.sent) == fault.execute


def test_the_fake_refuses_a_wrong_token(fake: FakeTelegram) -> None:
    stranger = Account(slug="lamps", token="123:other", api_url=fake.url)
    assert ADAPTER.send(stranger, HELLO) == Permanent(reason="Unauthorized")
    assert not fake.sent


def test_no_token_is_final() -> None:
    assert isinstance(ADAPTER.send(Account(slug="lamps"), HELLO), Permanent)


def test_value_over_64_bytes_is_final(fake: FakeTelegram, account: Account) -> None:
    message = Outgoing(to="5", text="?", buttons=(Button(label="A", value="字" * 22),))
    assert isinstance(ADAPTER.send(account, message), Permanent)
    assert not fake.sent


def test_read_timeout_is_unknown(
    fake: FakeTelegram, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "READ_TIMEOUT", 0.2)
    fake.plan("sendMessage", HANG)
    assert without_reason(ADAPTER.send(account, HELLO)) == LOST
    assert len(fake.sent) == 1


def test_patience_ends_in_unknown(
    fake: FakeTelegram, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PATIENCE", 0.3)
    fake.plan("sendMessage", HANG)
    assert without_reason(ADAPTER.send(account, HELLO)) == LOST
    assert isinstance(ADAPTER.send(account, HELLO), Sent)


def test_refused_connection_is_not_sent() -> None:
    with FakeTelegram() as closed:
        account = Account(slug="lamps", token=closed.token, api_url=closed.url)
        assert isinstance(ADAPTER.send(account, HELLO), Sent)
    assert without_reason(ADAPTER.send(account, HELLO)) == LATER


def test_address_that_cannot_be_called_is_not_sent() -> None:
    account = Account(slug="lamps", token="1:t", api_url="ftp://127.0.0.1")
    assert without_reason(ADAPTER.send(account, HELLO)) == LATER


def test_full_pool_is_not_sent(
    fake: FakeTelegram, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "POOL_SIZE", 1)
    monkeypatch.setattr(line, "POOL_TIMEOUT", 0.2)
    fake.plan("sendMessage", slow(1.0))
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda _: ADAPTER.send(account, HELLO), range(2)))
    assert {type(result) for result in results} == {Sent, NotSent}
    assert len(fake.sent) == 1


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (httpx.ConnectTimeout(""), LATER),
        (httpx.PoolTimeout(""), LATER),
        (httpx.ReadTimeout(""), LOST),
        (httpx.WriteTimeout(""), LOST),
        (None, LOST),
    ],
)
def test_timeout_is_judged_by_its_cause(
    cause: Exception | None, expected: SendResult
) -> None:
    error = TimedOut()
    error.__cause__ = cause
    assert without_reason(outcome(error)) == expected


# --- a later part goes wrong ---------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (refuse(429, "Too Many Requests: retry after 7", retry_after=7), LOST),
        (BAD_GATEWAY, LOST),
        (refuse(403, "Forbidden: bot was blocked by the user"), GONE),
        (refuse(400, BAD + "message is too long"), FINAL),
    ],
)
def test_first_part_is_never_to_be_sent_again(
    fault: Fault, expected: SendResult, fake: FakeTelegram, account: Account
) -> None:
    fake.plan("sendMessage", Fault(), fault)
    assert without_reason(ADAPTER.send(account, LONG)) == expected
    assert len(fake.calls) == 2


def test_no_part_is_begun_out_of_time(
    fake: FakeTelegram, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PATIENCE", 3.0)
    fake.plan("sendMessage", slow(1.6), slow(1.6))
    long = Outgoing(to="5", text="a" * 20_000)
    assert without_reason(ADAPTER.send(account, long)) == LOST
    assert len(fake.calls) == 2
