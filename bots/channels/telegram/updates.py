"""What Telegram delivers, read into our words."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NoReturn

from bots.channels.base import RejectedError
from bots.messages import LANGUAGES, Inbound, Kind

from .characters import clean

Json = dict[str, Any]

# What the database's largest whole number holds; Telegram's ids stay far below.
BIGGEST = 2**63
YEAR_10000 = 253_402_300_800
# A first and a last name have 64 characters each.
NAME_LENGTH = 129

START = re.compile(r"/start(@\w+)?(\s|$)")

FILE = (
    "file_id",
    "file_unique_id",
    "file_name",
    "mime_type",
    "file_size",
    "duration",
    "width",
    "height",
)
# What is kept of an attachment; one without the first field is none. An animation
# comes with a copy of itself as a document, hence before it.
MEDIA: Mapping[str, tuple[str, ...]] = {
    "photo": FILE,
    "voice": FILE,
    "audio": FILE,
    "video": FILE,
    "video_note": FILE,
    "animation": FILE,
    "document": FILE,
    "location": ("latitude", "longitude"),
    "contact": ("phone_number", "first_name", "last_name", "user_id"),
}

MEMBERSHIP = {"kicked": Kind.BLOCKED, "member": Kind.UNBLOCKED}


def read(body: bytes) -> Inbound:
    """Translate one update; raises `RejectedError` only where it is no update at all.

    UNSUPPORTED with a sender is a person's message that we cannot read; without one
    there is nobody to answer: a group, or an event that we did not ask for.
    """
    update = _load(body)
    name = next((name for name in READERS if name in update), "")
    content = _object(update.get(name))
    event = _envelope(update["update_id"], content)
    if not event.sender_id:
        return event
    return READERS[name](event, content)


def _load(body: bytes) -> Json:
    try:
        update = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise RejectedError("the body is not JSON", status=400) from error
    if not isinstance(update, dict) or _number(update.get("update_id")) is None:
        raise RejectedError("the body is not an update", status=400)
    return update


def _refuse(constant: str) -> NoReturn:
    """Python reads NaN and Infinity, which JSON does not have nor PostgreSQL store."""
    raise ValueError(f"{constant} is not JSON")


def _envelope(update_id: int, content: Json) -> Inbound:
    """Say who and where; everything outside a private chat stays without a sender."""
    user = _object(content.get("from"))
    chat = _chat(content, user)
    chat_id = _number(chat.get("id"))
    private = chat_id is not None and chat.get("type") == "private"
    user_id = _number(user.get("id"))
    return Inbound(
        dedup_key=f"u:{update_id}",
        conversation_key="" if chat_id is None else f"chat:{chat_id}",
        sender_id=str(chat_id if user_id is None else user_id) if private else "",
        kind=Kind.UNSUPPORTED,
        occurred_at=_when(content.get("edit_date", content.get("date"))),
        name=_name(user),
        language=_language(user),
        external_id=str(_number(content.get("message_id")) or ""),
    )


def _chat(content: Json, user: Json) -> Json:
    if "chat" in content:
        return _object(content["chat"])
    if "message" in content:
        return _object(_object(content["message"]).get("chat"))
    # A button of a message that Telegram no longer shows us: its presser's own chat.
    return {"id": user.get("id"), "type": "private"}


def _name(user: Json) -> str:
    names = f"{_text(user.get('first_name'))} {_text(user.get('last_name'))}".strip()
    return (names or _text(user.get("username")))[:NAME_LENGTH]


def _language(user: Json) -> str:
    primary = _text(user.get("language_code")).lower().partition("-")[0]
    return primary if primary in LANGUAGES else ""


def _when(date: Any) -> datetime:
    """Tell the time of an event; a button press has none but that of its arrival."""
    seconds = _number(date)
    if seconds is None or not 0 < seconds < YEAR_10000:
        return datetime.now(UTC)
    return datetime.fromtimestamp(seconds, UTC)


def _message(event: Inbound, content: Json) -> Inbound:
    text = _text(content.get("text"))
    if text:
        kind = Kind.STARTED if START.match(text) else Kind.TEXT
        return replace(event, kind=kind, text=text)
    attachment = _attachment(content, event.sender_id)
    if not attachment:
        return event
    caption = _text(content.get("caption"))
    return replace(event, kind=Kind.MEDIA, text=caption, attachments=(attachment,))


def _edited(event: Inbound, content: Json) -> Inbound:
    message = _message(event, content)
    if message.kind is Kind.UNSUPPORTED:
        return event
    return replace(message, kind=Kind.EDITED)


def _pressed(event: Inbound, content: Json) -> Inbound:
    # The id of the press, not of the message: it is what has to be acknowledged.
    event = replace(event, external_id=_text(content.get("id")))
    value = _text(content.get("data"))
    if not value:
        return event
    return replace(event, kind=Kind.BUTTON, value=value, text=_label(content))


def _label(content: Json) -> str:
    """Find what the pressed button showed, where its message is still there."""
    keyboard = _object(_object(content.get("message")).get("reply_markup"))
    for row in _list(keyboard.get("inline_keyboard")):
        for button in map(_object, _list(row)):
            if button.get("callback_data") == content.get("data"):
                return _text(button.get("text"))
    return ""


def _membership(event: Inbound, content: Json) -> Inbound:
    status = _text(_object(content.get("new_chat_member")).get("status"))
    return replace(event, kind=MEMBERSHIP.get(status, Kind.UNSUPPORTED))


def _attachment(content: Json, sender_id: str) -> Json:
    for kind, fields in MEDIA.items():
        value = content.get(kind)
        item = _largest(value) if kind == "photo" else _object(value)
        kept = {field: _scalar(item.get(field)) for field in fields}
        if kept[fields[0]] is not None:
            known = {name: value for name, value in kept.items() if value is not None}
            return {"type": kind, **known, **_context(kind, content, sender_id)}
    return {}


def _context(kind: str, content: Json, sender_id: str) -> Json:
    """Add what the attachment itself does not say."""
    if kind == "contact":
        # Anyone can pass on anyone's card: only one's own says whose number it is.
        card = _object(content.get("contact"))
        return {"own": str(_number(card.get("user_id"))) == sender_id}
    # The pictures of an album come one by one and share this.
    album = _text(content.get("media_group_id"))
    return {"album": album} if album else {}


def _largest(sizes: Any) -> Json:
    def width(size: Json) -> int:
        return _number(size.get("width")) or 0

    return max(map(_object, _list(sizes)), key=width, default={})


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""


def _number(value: Any) -> int | None:
    # By type and not isinstance: true is an int to Python.
    return value if type(value) is int and abs(value) < BIGGEST else None


def _scalar(value: Any) -> str | int | float | None:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return _text(value) or _number(value)


READERS: Mapping[str, Callable[[Inbound, Json], Inbound]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _pressed,
    "my_chat_member": _membership,
}
