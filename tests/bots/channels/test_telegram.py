"""Telegram, inbound: who may knock, and what each update says."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bots.channels.base import Account, RejectedError
from bots.channels.telegram import CallError, TelegramAdapter
from bots.messages import Inbound, Kind
from tests.emulators.telegram import FakeTelegram

PAYLOADS = Path(__file__).parents[2] / "channels" / "payloads" / "telegram"

ADAPTER = TelegramAdapter()
SECRET = "let-me-in"
PLAIN = Account(slug="lamps", token="1:t", secret=SECRET)
MEI, TOM = "70700011", "70700022"


# --- verify ------------------------------------------------------------------------


def headers(**changes: str) -> dict[str, str]:
    good = {
        "X-Telegram-Bot-Api-Secret-Token": SECRET,
        "Content-Type": "application/json",
    }
    return good | {name.replace("_", "-"): value for name, value in changes.items()}


@pytest.mark.parametrize("change", [str.lower, str.upper, str.title])
def test_verify_takes_any_letter_case(change: Any) -> None:
    given_headers = {change(name): value for name, value in headers().items()}
    ADAPTER.verify(PLAIN, given_headers, b"{}")


def test_verify_takes_a_charset() -> None:
    media_type = "application/json; charset=utf-8"
    ADAPTER.verify(PLAIN, headers(Content_Type=media_type), b"x" * 1024 * 1024)


@pytest.mark.parametrize(
    ("given_headers", "size", "status"),
    [
        ({"Content-Type": "application/json"}, 2, 403),
        (headers(X_Telegram_Bot_Api_Secret_Token="let-me-out"), 2, 403),
        (headers(X_Telegram_Bot_Api_Secret_Token="läß-\ud800"), 2, 403),
        (headers(Content_Type="text/plain"), 2, 415),
        (headers(Content_Type=""), 2, 415),
        (headers(), 1024 * 1024 + 1, 413),
    ],
)
def test_verify_rejects(given_headers: dict[str, str], size: int, status: int) -> None:
    with pytest.raises(RejectedError) as rejected:
        ADAPTER.verify(PLAIN, given_headers, b"x" * size)
    assert rejected.value.status == status


def test_verify_takes_nothing_without_a_secret() -> None:
    with pytest.raises(RejectedError) as rejected:
        ADAPTER.verify(
            Account(slug="open"), headers(X_Telegram_Bot_Api_Secret_Token=""), b""
        )
    assert rejected.value.status == 403


# --- parse -------------------------------------------------------------------------

CASES: dict[str, dict[str, Any]] = {
    "text_question": {"kind": Kind.TEXT, "text": "When does parcel LS-2207 come?"},
    "text_chinese": {"kind": Kind.TEXT, "language": "zh", "name": "Mei Zhao"},
    "text_reply": {"kind": Kind.TEXT, "text": "That one", "external_id": "3"},
    "command_start": {"kind": Kind.STARTED, "text": "/start", "sender_id": MEI},
    "command_start_payload": {"kind": Kind.STARTED, "text": "/start shelf_81c"},
    "command_other": {"kind": Kind.TEXT, "text": "/stop"},
    "photo_captioned": {"kind": Kind.MEDIA, "text": "灯罩碎了"},
    "voice": {"kind": Kind.MEDIA, "text": ""},
    "document": {"kind": Kind.MEDIA},
    "video": {"kind": Kind.MEDIA, "text": "It flickers"},
    "animation": {"kind": Kind.MEDIA},
    "location": {"kind": Kind.MEDIA},
    "contact_own": {"kind": Kind.MEDIA},
    "contact_other": {"kind": Kind.MEDIA},
    "sticker": {"kind": Kind.UNSUPPORTED, "sender_id": TOM},
    "poll": {"kind": Kind.UNSUPPORTED, "sender_id": TOM},
    "dice": {"kind": Kind.UNSUPPORTED, "sender_id": TOM},
    "pinned": {"kind": Kind.UNSUPPORTED, "sender_id": TOM},
    "edited_text": {"kind": Kind.EDITED, "external_id": "1"},
    "button": {"kind": Kind.BUTTON, "value": "no:7", "text": "Not yet"},
    "button_inaccessible": {"kind": Kind.BUTTON, "value": "no:7", "text": ""},
    "button_without_message": {
        "kind": Kind.BUTTON,
        "conversation_key": f"chat:{MEI}",
        "external_id": "8800770068",
    },
    "button_game": {"kind": Kind.UNSUPPORTED, "external_id": "8800770069"},
    "blocked": {"kind": Kind.BLOCKED, "sender_id": TOM},
    "unblocked": {"kind": Kind.UNBLOCKED, "sender_id": TOM},
    "group_text": {"kind": Kind.UNSUPPORTED, "sender_id": "", "text": ""},
    "group_added": {"kind": Kind.UNSUPPORTED, "sender_id": ""},
    "channel_post": {"kind": Kind.UNSUPPORTED, "sender_id": ""},
    "reaction": {"kind": Kind.UNSUPPORTED, "sender_id": ""},
    "future_kind": {"kind": Kind.UNSUPPORTED, "sender_id": ""},
    "lone_surrogate": {"kind": Kind.TEXT, "text": "broken \ufffd half"},
    "nul": {"kind": Kind.TEXT, "text": "zero byte"},
    "only_nul": {"kind": Kind.UNSUPPORTED},
    "no_date": {"kind": Kind.TEXT, "text": "When?"},
    "no_sender": {"kind": Kind.TEXT, "sender_id": TOM, "name": ""},
    "wrong_types": {"kind": Kind.UNSUPPORTED, "sender_id": TOM, "external_id": ""},
    "empty_message": {"kind": Kind.UNSUPPORTED, "conversation_key": ""},
    "message_not_object": {"kind": Kind.UNSUPPORTED, "conversation_key": ""},
}


def payload(case: str) -> bytes:
    return (PAYLOADS / f"{case}.json").read_bytes()


def parsed(case: str) -> Inbound:
    [event] = ADAPTER.parse(PLAIN, payload(case))
    return event


def test_every_payload_has_its_case() -> None:
    stems = {path.stem for path in PAYLOADS.glob("*.json")}
    assert stems
    assert stems == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_payload_is_read(case: str) -> None:
    event = parsed(case)
    assert {name: getattr(event, name) for name in CASES[case]} == CASES[case]
    assert event.dedup_key == f"u:{json.loads(payload(case))['update_id']}"
    assert event.occurred_at.tzinfo is UTC
    json.dumps(event.as_json(), ensure_ascii=False, allow_nan=False).encode()


def test_text_is_read_in_full() -> None:
    assert parsed("text_question") == Inbound(
        dedup_key="u:510000001",
        conversation_key=f"chat:{TOM}",
        sender_id=TOM,
        kind=Kind.TEXT,
        occurred_at=datetime.fromtimestamp(1768000001, UTC),
        text="When does parcel LS-2207 come?",
        name="Tom",
        language="en",
        external_id="1",
    )


@pytest.mark.parametrize(
    ("case", "attachment"),
    [
        ("photo_captioned", {"type": "photo", "file_id": "large", "album": "55501"}),
        ("voice", {"type": "voice", "file_id": "voice", "mime_type": "audio/ogg"}),
        ("document", {"type": "document", "file_name": "bill.pdf"}),
        ("video", {"type": "video", "file_id": "film", "duration": 3}),
        ("animation", {"type": "animation", "file_id": "gif"}),
        ("location", {"type": "location", "latitude": 31.23, "longitude": 121.47}),
        ("contact_own", {"phone_number": "8613900001111", "own": True}),
        ("contact_other", {"phone_number": "+8613900002222", "own": False}),
    ],
)
def test_attachment_is_kept(case: str, attachment: dict[str, Any]) -> None:
    [kept] = parsed(case).attachments
    assert kept.items() >= attachment.items()


def test_edit_happens_when_it_was_edited() -> None:
    assert parsed("edited_text").occurred_at.timestamp() == 1768000300


def test_press_happens_when_it_arrives() -> None:
    assert datetime.now(UTC) - parsed("button").occurred_at < timedelta(seconds=5)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b'{"message": {}}',
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"update_id": 1.5}',
        b'{"update_id": 99999999999999999999}',
        b'{"update_id": 1, "message": NaN}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b"\xff\xfe\xff",
    ],
)
def test_parse_rejects_what_is_no_update(body: bytes) -> None:
    with pytest.raises(RejectedError) as rejected:
        ADAPTER.parse(PLAIN, body)
    assert rejected.value.status == 400


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=())),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "type",
                    "text",
                    "chat",
                    "from",
                    "date",
                    "message",
                    "data",
                    "photo",
                ]
            ),
            inner,
        )
    ),
    max_leaves=15,
)
PRIVATE = {"id": 5, "type": "private"}


@hypothesis_settings(deadline=None, database=None)
@given(
    name=st.sampled_from(
        ["message", "edited_message", "callback_query", "my_chat_member", "poll"]
    ),
    content=ANYTHING
    | st.dictionaries(
        st.sampled_from(
            [
                "message_id",
                "from",
                "text",
                "photo",
                "voice",
                "contact",
                "location",
                "date",
                "edit_date",
                "data",
                "message",
                "new_chat_member",
                "caption",
            ]
        ),
        ANYTHING,
    ).map(lambda content: content | {"chat": PRIVATE}),
)
def test_parse_never_fails_on_an_update(name: str, content: Any) -> None:
    body = json.dumps({"update_id": 1, name: content}).encode()
    [event] = ADAPTER.parse(PLAIN, body)
    stored = json.dumps(event.as_json(), ensure_ascii=False, allow_nan=False).encode()
    assert b"\\u0000" not in stored


# --- poll --------------------------------------------------------------------------


def test_polling_reads_as_the_webhook_does(
    fake: FakeTelegram, account: Account
) -> None:
    fake.queue(*(json.loads(payload(case)) for case in CASES))
    events, offset = ADAPTER.poll(account, 0, wait=0)
    for case, event in zip(CASES, events, strict=True):
        # Where an update names no time, that of its arrival differs.
        here = parsed(case)
        assert event == replace(here, occurred_at=event.occurred_at)
    assert ADAPTER.poll(account, offset, wait=0) == ([], offset)


def test_polling_waits_for_an_update(fake: FakeTelegram, account: Account) -> None:
    update = json.loads(payload("text_question"))
    threading.Timer(0.3, fake.queue, [update]).start()
    events, offset = ADAPTER.poll(account, 0, wait=20)
    assert [event.text for event in events] == ["When does parcel LS-2207 come?"]
    assert offset == update["update_id"] + 1


def test_polling_beside_a_webhook_fails(fake: FakeTelegram, account: Account) -> None:
    ADAPTER.set_webhook(account, "https://shop.test/hook/", SECRET)
    with pytest.raises(CallError, match="Conflict"):
        ADAPTER.poll(account, 0, wait=0)
