"""A server's responses, bounded in time and size."""

import logging
import time
from collections.abc import Iterator

import httpx

from bots.llm.base import BadAnswer, TooLate, Unavailable

logger = logging.getLogger(__name__)

LARGEST_ANSWER = 1024 * 1024


class Passing(Exception):  # noqa: N818 - an error that passes
    """Failed in a way that another try may mend, not before `wait` seconds."""

    def __init__(self, reason: str, *, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def left(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TooLate("The time was up before the call.")
    return seconds


def check(response: httpx.Response) -> None:
    status = response.status_code
    if status == 429 or status >= 500:
        raise Passing(f"The server answered {status}.", wait=_wait(response))
    if status != 200:
        # A wrong key, model or address: a person has to mend that.
        logger.warning("The language model's server answered %d", status)
        raise Unavailable(f"The server answered {status}.")


def pieces(response: httpx.Response, deadline: float) -> Iterator[bytes]:
    size = 0
    for chunk in response.iter_bytes():
        left(deadline)
        size += len(chunk)
        if size > LARGEST_ANSWER:
            raise BadAnswer("The answer has no end.")
        yield chunk


def _wait(response: httpx.Response) -> float:
    asked = response.headers.get("retry-after", "")
    return float(asked) if asked.isascii() and asked.isdigit() else 0.0
