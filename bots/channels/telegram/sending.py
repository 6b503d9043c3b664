"""One message on its way out, part by part."""

import time
from dataclasses import dataclass

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bots.channels.base import Account
from bots.messages import (
    Button,
    NotSent,
    Outgoing,
    Permanent,
    SendResult,
    Sent,
    Unknown,
)

from .characters import clean
from .line import line
from .outcome import is_unparsable, outcome
from .parts import Part, parts, rows

# For all parts together: less than the minute after which an attempt counts as that
# of a dead worker.
PATIENCE = 50.0


def send(account: Account, message: Outgoing) -> SendResult:
    """Send each part only after the one before was taken; buttons under the last."""
    sending = Sending(
        account=account, to=message.to, deadline=time.monotonic() + PATIENCE
    )
    result: SendResult = Permanent(reason="nothing to send")
    todo = parts(message)
    for number, part in enumerate(todo, start=1):
        buttons = message.buttons if number == len(todo) else ()
        result = sending.send(part, buttons)
        if not isinstance(result, Sent):
            return result if number == 1 else _broken_off(result, number)
    return result


@dataclass(frozen=True, kw_only=True)
class Sending:
    account: Account
    to: str
    deadline: float

    def send(self, part: Part, buttons: tuple[Button, ...]) -> SendResult:
        keyboard = _keyboard(buttons)
        result = self._call(part.html, ParseMode.HTML, keyboard)
        if is_unparsable(result):
            return self._call(part.plain, None, keyboard)
        return result

    def _call(
        self, text: str, parse_mode: str | None, keyboard: InlineKeyboardMarkup | None
    ) -> SendResult:
        async def act(bot: Bot) -> int:
            message = await bot.send_message(
                self.to,
                text,
                parse_mode=parse_mode,
                reply_markup=keyboard,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
            return message.message_id

        patience = self.deadline - time.monotonic()
        if patience <= 0:
            return NotSent(reason="no time left")
        try:
            return Sent(external_id=str(line().call(self.account, act, patience)))
        except TelegramError as error:
            return outcome(error)


def _broken_off(result: SendResult, number: int) -> SendResult:
    """Judge the whole by a later part: the first is out and must not go again."""
    if isinstance(result, NotSent | Unknown):
        return Unknown(reason=f"part {number}: {result.reason}", partly_sent=True)
    return result


def _keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(clean(button.label), callback_data=button.value)
                for button in row
            ]
            for row in rows(buttons)
        ]
    )
