"""Wrong proofs of identity that came with one token, whatever order they were of.

The token is that of an application with many shoppers, some of whom mistype: so it has
more guesses than a shopper, and has them again after an hour.
"""

import hashlib
from datetime import timedelta

from django.core.cache import cache

MOST_WRONG = 20
FORGOTTEN_AFTER = timedelta(hours=1)


def whose(token: str) -> str:
    """A name for who bears the token; the token cannot be read from it."""
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def are_too_many(bearer: str) -> bool:
    return int(cache.get(_key(bearer), 0)) >= MOST_WRONG


def count(bearer: str) -> None:
    """Count a wrong one; the hour begins with the first."""
    key = _key(bearer)
    cache.add(key, 0, FORGOTTEN_AFTER.total_seconds())
    try:
        cache.incr(key)
    except ValueError:
        # The hour ended between the two.
        cache.set(key, 1, FORGOTTEN_AFTER.total_seconds())


def _key(bearer: str) -> str:
    return f"mcp:wrong:{bearer}"
