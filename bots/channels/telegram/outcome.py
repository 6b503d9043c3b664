"""What became of a call, told from the error that PTB raised."""

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bots.messages import NotSent, Permanent, SendResult, Sent, Unknown

# Raised before the first byte of the request left. Any other error of the network may
# have struck after Telegram had executed the call.
UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.InvalidURL,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


def outcome(error: TelegramError) -> SendResult:
    """Judge by type, the narrow ones first: `BadRequest` is a network error to PTB."""
    reason = error.message
    match error:
        case RetryAfter():
            return NotSent(reason=reason, retry_after=_seconds(error.retry_after))
        case Forbidden() | ChatMigrated():
            return Permanent(reason=reason, contact_gone=True)
        case InvalidToken():
            return Permanent(reason=reason)
        case BadRequest():
            return _refused(reason)
        case Conflict():
            return NotSent(reason=reason)
    if isinstance(error.__cause__, UNSENT) or _throttled(reason):
        return NotSent(reason=reason)
    return Unknown(reason=reason)


def is_unparsable(result: SendResult) -> bool:
    """Tell whether Telegram refused the markup, and so has shown nothing."""
    return isinstance(result, Permanent) and (
        "can't parse entities" in result.reason.lower()
    )


def _refused(reason: str) -> SendResult:
    said = reason.lower()
    if "message is not modified" in said:
        return Sent()
    if "file is temporarily unavailable" in said:
        return NotSent(reason=reason)
    return Permanent(reason=reason, contact_gone="chat not found" in said)


def _throttled(reason: str) -> bool:
    """Tell a 429 that names no time: not a `RetryAfter`, yet surely not executed."""
    return reason.lower().startswith("too many requests")


def _seconds(period: int | timedelta) -> float:
    return period.total_seconds() if isinstance(period, timedelta) else float(period)
