"""A request's body and query, parsed into values or refused."""

import json
import math
import re
import uuid
from typing import Any

from django.http import HttpRequest

from bots.api.problem import Problem

MAX_BODY = 64 * 1024
MAX_TEXT = 10_000
MAX_WAIT = 25.0
# Larger than any place in a talk, and still a number every database takes.
MAX_ID = 2**62
# NUL is no text for PostgreSQL, a lone surrogate none for UTF-8.
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def read(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object in the body; an empty body is an empty object."""
    raw = _raw(request)
    if not raw.strip():
        return {}
    try:
        # Also a number of a thousand digits and bytes that are no text.
        body = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not valid JSON.") from None
    if not isinstance(body, dict):
        raise Problem(422, "The body must be a JSON object.")
    return body


def text(body: dict[str, Any], name: str = "text") -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise Problem(422, f"`{name}` must be a string.")
    cleaned = UNSTORABLE.sub("", value).strip()
    if not cleaned:
        raise Problem(422, f"`{name}` is empty.")
    if len(cleaned) > MAX_TEXT:
        raise Problem(422, f"`{name}` is longer than {MAX_TEXT} characters.")
    return cleaned


def client_id(body: dict[str, Any]) -> str:
    value = body.get("client_id")
    # 36 characters: the other spellings that `UUID` takes are not meant.
    if isinstance(value, str) and len(value) == 36:
        try:
            return str(uuid.UUID(value))
        except ValueError:
            pass
    raise Problem(422, "`client_id` must be a UUID.")


def place(body: dict[str, Any]) -> int:
    """Return the id of a message, its place in the talk."""
    value = body.get("id")
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Problem(422, "`id` must be the id of a message.")
    return min(value, MAX_ID)


def after(request: HttpRequest) -> int:
    """Return the place in the query after which to read; 0 where it is not given."""
    value = request.GET.get("after") or "0"
    if not (value.isascii() and value.isdigit() and len(value) < 100):
        raise Problem(422, "`after` must be the id of a message.")
    return min(int(value), MAX_ID)


def wait(request: HttpRequest) -> float:
    """Return the seconds to wait, cut to what is offered."""
    try:
        seconds = float(request.GET.get("wait") or 0)
    except ValueError:
        seconds = math.nan
    if math.isnan(seconds):
        raise Problem(422, "`wait` must be a number of seconds.")
    return min(max(seconds, 0.0), MAX_WAIT)


def _raw(request: HttpRequest) -> bytes:
    # Read, not `request.body`: a body of unknown length is not taken in whole.
    raw: bytes = request.read(MAX_BODY + 1)
    if len(raw) > MAX_BODY:
        raise Problem(413, f"The body is larger than {MAX_BODY} bytes.")
    return raw


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
