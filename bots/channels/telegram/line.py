"""The line to Telegram: one event loop in one thread, and the bots that live on it."""

import asyncio
import logging
import os
import re
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import Bot
from telegram.error import TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bots.channels.base import Account

# Read by PTB whenever it makes a RetryAfter, which warns of its own age without it.
os.environ.setdefault("PTB_TIMEDELTA", "1")

OFFICIAL_URL = "https://api.telegram.org"

# A worker has up to sixteen threads, and four connections are to spare.
POOL_SIZE = 20
CONNECT_TIMEOUT = 5.0
READ_TIMEOUT = 15.0
WRITE_TIMEOUT = 5.0
POOL_TIMEOUT = 5.0
# A little more than the four together: they count each silence, this the whole call.
PATIENCE = 35.0

REASON_LENGTH = 300
TOKEN = re.compile(r"\bbot\d+(:|%3A)[\w-]+", re.IGNORECASE)

T = TypeVar("T")


class Line:
    """Runs the calls of all threads of this process on one loop.

    A bot's connections belong to the loop that opened them. With a loop for each call
    every second one fails although Telegram has executed it.
    """

    def __init__(self) -> None:
        self._bots: dict[tuple[str, str], Bot] = {}
        self._loop = asyncio.new_event_loop()
        threading.Thread(
            target=self._loop.run_forever, name="telegram", daemon=True
        ).start()

    def call(
        self,
        account: Account,
        act: Callable[[Bot], Awaitable[T]],
        patience: float = PATIENCE,
    ) -> T:
        """Let the account's bot act; raises nothing but `TelegramError`."""
        future = asyncio.run_coroutine_threadsafe(self._run(account, act), self._loop)
        try:
            return future.result(patience)
        except TimeoutError:
            raise TimedOut("no answer in time") from None
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            # What PTB does with a 200 whose JSON is not what was promised.
            raise TelegramError("Invalid server response") from error
        finally:
            future.cancel()

    async def _run(self, account: Account, act: Callable[[Bot], Awaitable[T]]) -> T:
        bot = self._bot(account)
        try:
            return await act(bot)
        except TelegramError as error:
            # The error page of a proxy may quote the address, and so the token.
            reason = TOKEN.sub("bot…", error.message).replace(account.token, "…")
            error.message = reason[:REASON_LENGTH]
            raise

    def _bot(self, account: Account) -> Bot:
        """Get the account's bot; on the loop only, hence without a lock."""
        url = account.api_url.rstrip("/") or OFFICIAL_URL
        key = account.token, url
        if key not in self._bots:
            self._bots[key] = Bot(
                account.token,
                base_url=f"{url}/bot",
                base_file_url=f"{url}/file/bot",
                request=HTTPXRequest(
                    connection_pool_size=POOL_SIZE,
                    connect_timeout=CONNECT_TIMEOUT,
                    read_timeout=READ_TIMEOUT,
                    write_timeout=WRITE_TIMEOUT,
                    pool_timeout=POOL_TIMEOUT,
                ),
            )
        return self._bots[key]


def _hide_token(record: logging.LogRecord) -> bool:
    """Take the token out of a log line: it is in every address they call or quote."""
    record.msg, record.args = TOKEN.sub("bot…", record.getMessage()), ()
    return True


for logger in ("httpx", "telegram.Bot", "telegram.request.BaseRequest"):
    logging.getLogger(logger).addFilter(_hide_token)


# A thread does not survive a fork: each process gets its own line, on first use, and
# no fork happens while another thread is just making one.
_lines: dict[int, Line] = {}
_lock = threading.Lock()
os.register_at_fork(
    before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release
)


def line() -> Line:
    with _lock:
        pid = os.getpid()
        if pid not in _lines:
            _lines[pid] = Line()
        return _lines[pid]
