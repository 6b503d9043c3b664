"""The connector that asks the shop's system by signed JSON over HTTP.

It posts `{"type": "payment.refund", "data": {…}}` with the headers of Standard
Webhooks. `webhook-id` is the same in every attempt: who has done it already answers as
the first time and does nothing. Any 2xx with a JSON object is yes, another 4xx than
those of `PASSING` a final no, everything else is tried again.
"""

import json
import math
import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from typing import Any

import httpx
from django.utils import timezone

from orders.connectors import signing
from orders.connectors.result import Done, Failed, Refused, Result
from orders.models import Connector

TIMEOUT = 5.0
# httpx bounds each step of a call; this bounds the whole.
LONGEST = 15.0
LARGEST = 256 * 1024
DEEPEST = 50
PASSING = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.CONFLICT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
}
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def post(
    connector: Connector, *, action: str, key: str, payload: dict[str, Any]
) -> Result:
    """Ask once; whatever goes wrong is a result."""
    asked = {"type": f"{connector.port}.{action}", "data": payload}
    body = json.dumps(asked, ensure_ascii=False).encode()
    try:
        signed = signing.sign(connector.secret, key, timezone.now(), body)
    except ValueError as error:
        return Failed(reason=str(error))
    headers = {"content-type": "application/json", **signed}
    # Types only: a message of httpx may quote what must not be stored.
    try:
        with _client().stream(
            "POST", connector.url, content=body, headers=headers, timeout=TIMEOUT
        ) as response:
            return _result(response, _read(response, time.monotonic() + LONGEST))
    except (httpx.HTTPError, httpx.InvalidURL, _EndlessError) as error:
        return Failed(reason=type(error).__name__.strip("_"))


@cache
def _client() -> httpx.Client:
    """Made once, since reading the certificates takes long; keeps no connection."""
    return httpx.Client(limits=httpx.Limits(max_keepalive_connections=0))


class _EndlessError(Exception):
    """The answer has no end."""


def _read(response: httpx.Response, deadline: float) -> bytes:
    body = b""
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > LARGEST or time.monotonic() > deadline:
            raise _EndlessError
    return body


def _result(response: httpx.Response, body: bytes) -> Result:
    if response.is_success:
        return _answer(body)
    status = response.status_code
    said = f"{status} {body[:200].decode(errors='replace')}".strip().replace("\0", "")
    if status in PASSING:
        return Failed(reason=said, retry_after=_wait(response), down=False)
    if response.is_client_error:
        return Refused(reason=said)
    return Failed(reason=said, retry_after=_wait(response))


def _answer(body: bytes) -> Result:
    try:
        # ValueError: not JSON, or not UTF-8; RecursionError: brackets without end.
        answer = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return Failed(reason="the answer is not JSON")
    if not isinstance(answer, dict):
        return Failed(reason="the answer is no object")
    # It is a yes all the same: to ask again for what cannot be kept would never end.
    return Done(answer=answer if _is_storable(answer) else {})


def _is_storable(value: object, deepest: int = DEEPEST) -> bool:
    """Whether every database takes it as JSON, and whoever reads it gets to its end."""
    match value:
        case str():
            return _UNSTORABLE.search(value) is None
        case float():
            return math.isfinite(value)
        case dict():
            inner = [*value, *value.values()]
        case list():
            inner = value
        case _:
            return True
    return deepest > 0 and all(_is_storable(one, deepest - 1) for one in inner)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _wait(response: httpx.Response) -> float:
    """Seconds that the outside asks to be left alone, as a number or as a date."""
    asked = response.headers.get("retry-after", "")
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return 0.0
    return max((_aware(until) - timezone.now()).total_seconds(), 0.0)


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
