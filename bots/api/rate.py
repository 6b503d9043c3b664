"""How often one caller may do something: counters in the cache, shared by processes."""

import ipaddress
import logging
import time

import redis
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from bots.api.problem import Problem

logger = logging.getLogger(__name__)

# While a message is written, this many marks may come.
SIGNALS_A_MESSAGE = 5
# In how many seconds the settings' numbers may be used up; 0 = off.
SESSIONS = 600
MESSAGES = 60


def check_session(request: HttpRequest) -> None:
    limit = settings.CHAT_SESSION_RATE
    _count(f"session:{network(request)}", limit, SESSIONS)


def check_message(conversation_id: int) -> None:
    limit = settings.CHAT_MESSAGE_RATE
    _count(f"message:{conversation_id}", limit, MESSAGES)


def check_signal(conversation_id: int) -> None:
    """Typing and read marks: many, but not without end."""
    limit = settings.CHAT_MESSAGE_RATE * SIGNALS_A_MESSAGE
    _count(f"signal:{conversation_id}", limit, MESSAGES)


def network(request: HttpRequest) -> str:
    """Return the caller's address; for IPv6 its /64, which one person can own.

    The header is believed only from a proxy on this machine or one in CHAT_PROXIES.
    """
    address: str = request.META.get("REMOTE_ADDR") or ""
    if address in {"", "127.0.0.1", "::1", *settings.CHAT_PROXIES}:
        forwarded = request.headers.get("X-Forwarded-For", "")
        address = forwarded.rpartition(",")[2].strip() or address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))


def _count(name: str, limit: int, seconds: int) -> None:
    """Count one; raise 429 with the seconds left where that was too many."""
    if limit <= 0:
        return
    window, passed = divmod(int(time.time()), seconds)
    key = f"chat:rate:{name}:{window}"
    try:
        cache.add(key, 0, seconds)
        count = cache.incr(key)
    except (redis.RedisError, ValueError):
        # Without its cache the chat goes on, uncounted.
        logger.warning("the cache does not answer; rates are not counted")
        return
    if count > limit:
        wait = str(seconds - passed)
        raise Problem(429, f"Try again in {wait} seconds.", {"Retry-After": wait})
