"""The channel itself: verify, parse, send."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bots.channels.base import Account, Adapter, RejectedError
from bots.messages import Inbound, Kind, Outgoing, SendResult

from .line import PATIENCE, READ_TIMEOUT, line
from .sending import send
from .updates import READERS, read

BODY_LIMIT = 1024 * 1024
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - its name, not its value

# How long a mere courtesy may hold up the work.
COURTESY_PATIENCE = 5.0
POLL_SECONDS = 25

T = TypeVar("T")

log = logging.getLogger(__name__)


class CallError(Exception):
    """Telegram could not be asked, or refused."""


class TelegramAdapter(Adapter):
    shows_receipt = True

    def verify(self, account: Account, headers: Mapping[str, str], body: bytes) -> None:
        given = {name.lower(): value for name, value in headers.items()}
        if not _matches(account.secret, given.get(SECRET_HEADER, "")):
            raise RejectedError("wrong secret", status=403)
        media_type = given.get("content-type", "").partition(";")[0]
        if media_type.strip().lower() != "application/json":
            raise RejectedError("not application/json", status=415)
        if len(body) > BODY_LIMIT:
            raise RejectedError("body over 1 MiB", status=413)

    def parse(self, account: Account, body: bytes) -> list[Inbound]:
        return [read(body)]

    def send(self, account: Account, message: Outgoing) -> SendResult:
        return send(account, message)

    def typing(self, account: Account, to: str) -> None:
        _try(account, lambda bot: bot.send_chat_action(to, ChatAction.TYPING))

    def acknowledge(self, account: Account, inbound: Inbound) -> None:
        if inbound.kind is Kind.BUTTON:
            _try(account, lambda bot: bot.answer_callback_query(inbound.external_id))

    def set_webhook(self, account: Account, url: str, secret: str) -> None:
        """Have updates delivered to `url`; an empty one stops that."""
        _ask(
            account,
            lambda bot: bot.set_webhook(
                url, secret_token=secret or None, allowed_updates=[*READERS]
            ),
        )

    def poll(
        self, account: Account, offset: int, *, wait: int = POLL_SECONDS
    ) -> tuple[list[Inbound], int]:
        """Fetch what came since `offset`, and say which offset is next.

        Asking with the next one tells Telegram to forget these: store them first.
        """

        async def act(bot: Bot) -> list[tuple[int, bytes]]:
            # Raw, and under a name that PTB does not know for its own: one update
            # that its types refuse would keep all others from ever arriving.
            updates = await bot.do_api_request(
                "GetUpdates",
                {"offset": offset, "timeout": wait, "allowed_updates": [*READERS]},
                read_timeout=wait + READ_TIMEOUT,
            )
            return [(one["update_id"], json.dumps(one).encode()) for one in updates]

        updates = _ask(account, act, patience=wait + PATIENCE)
        next_offset = updates[-1][0] + 1 if updates else offset
        return [read(body) for _, body in updates], next_offset

    def get_me(self, account: Account) -> str:
        """Return the bot's user name."""
        return _ask(account, lambda bot: bot.get_me()).username or ""


def _matches(secret: str, given: str) -> bool:
    # An account without a secret takes nothing: empty would equal a missing header.
    return bool(secret) and hmac.compare_digest(
        secret.encode(), given.encode("utf-8", "surrogatepass")
    )


def _try(account: Account, act: Callable[[Bot], Awaitable[object]]) -> None:
    """Do what is nice to have: the talk goes on without it."""
    try:
        line().call(account, act, COURTESY_PATIENCE)
    except TelegramError as error:
        log.warning("%s: %s", account.slug, error.message)


def _ask(
    account: Account,
    act: Callable[[Bot], Awaitable[T]],
    patience: float = PATIENCE,
) -> T:
    try:
        return line().call(account, act, patience)
    except TelegramError as error:
        # Without its cause, which names the address and so the token.
        raise CallError(error.message) from None
