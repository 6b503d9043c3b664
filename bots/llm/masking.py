"""Personal data replaced by placeholders before words leave this machine."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bots.llm.base import Answer, ChatMessage, Tell

_ROAD = (
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|court|ct|"
    r"square|sq|way|place|pl|terrace|close)"
)
# A placeholder is no longer than that.
LONGEST = 16
# What stands first is looked for first. One group, where there is one, is the datum.
PATTERNS = (
    ("EMAIL", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    # Order and tracking numbers: letters and digits in one word, a few digits at least.
    ("NUMBER", re.compile(r"(?<![A-Za-z0-9])#?[A-Za-z]{1,4}-?\d{4,}(?![A-Za-z0-9])")),
    ("NUMBER", re.compile(r"(?<!\d)\d{3,}-\d{4,}(?:-\d+)*(?!\d)")),
    ("PHONE", re.compile(r"(?<![\w.])\+?\d[\d ()-]{5,17}\d(?![\w%])")),
    # A flat's, a card's, an order's number; four digits are a year or a price.
    ("NUMBER", re.compile(r"(?<![\d.,¥$€£])\d{5,}(?![\d.,]*\d)")),
    (
        "ADDRESS",
        re.compile(
            rf"\b\d{{1,5}}[A-Za-z]?,? (?:[A-Z][\w'.]* ){{1,4}}{_ROAD}\b\.?"
            r"(?:,? (?:apt|apartment|flat|unit|suite|#) ?[\w-]+)?",
            re.IGNORECASE,
        ),
    ),
    (
        "ADDRESS",
        re.compile(
            r"(?:[\u4e00-\u9fff]{2,6}(?:省|自治区))?(?:[\u4e00-\u9fff]{2,6}[市县])?"
            r"(?:[\u4e00-\u9fff]{2,5}区)?[\u4e00-\u9fff]{2,8}(?:路|街|道|巷|弄|村|苑)"
            r"[\u4e00-\u9fffA-Za-z0-9]{0,8}?\d+(?:号|弄|幢|栋|室|单元)"
            r"(?:[\dA-Za-z-]+(?:号|幢|栋|室|单元|楼|层))*"
        ),
    ),
    (
        "NAME",
        re.compile(
            r"(?i:\bmy name is|\bi am called|\bname\s*:|\bmr\.?|\bmrs\.?|\bms\.?) "
            r"([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
        ),
    ),
    (
        "NAME",
        re.compile(
            r"(?:我叫|我是叫|名字[是叫]|姓名[是:：]?|收件人[是:：]?|收货人[是:：]?) ?"
            r"([\u4e00-\u9fff]{2,4})"
        ),
    ),
)


@dataclass
class Mask:
    """One call's placeholders: the same datum has the same one in every message."""

    names: tuple[str, ...] = ()
    _known: dict[str, str] = field(default_factory=dict)

    def messages(self, messages: Iterable[ChatMessage]) -> tuple[ChatMessage, ...]:
        return tuple(
            replace(
                message,
                content=self.hide(message.content),
                calls=tuple(
                    replace(call, arguments=self._hidden(call.arguments))
                    for call in message.calls
                ),
            )
            for message in messages
        )

    def hide(self, text: str) -> str:
        for name in self.names:
            if len(name) > 1 and name in text:
                text = text.replace(name, self._placeholder("NAME", name))
        for kind, pattern in PATTERNS:
            text = pattern.sub(partial(self._masked, kind), text)
        return text

    def show(self, text: str) -> str:
        for datum, placeholder in self._known.items():
            text = text.replace(placeholder, datum)
        return text

    def shown(self, answer: Answer) -> Answer:
        """The answer with the data in their places again."""
        return replace(
            answer,
            text=self.show(answer.text),
            calls=tuple(
                replace(call, arguments=self._unhidden(call.arguments))
                for call in answer.calls
            ),
        )

    def _masked(self, kind: str, found: "re.Match[str]") -> str:
        datum = found[found.lastindex or 0]
        return found[0].replace(datum, self._placeholder(kind, datum))

    def _placeholder(self, kind: str, datum: str) -> str:
        if datum not in self._known:
            self._known[datum] = f"[{kind}_{len(self._known) + 1}]"
        return self._known[datum]

    def _hidden(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {key: _each(self.hide, value) for key, value in arguments.items()}

    def _unhidden(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {key: _each(self.show, value) for key, value in arguments.items()}


class Unmasked:
    """Tells the pieces of a masked answer with the data in their places again."""

    def __init__(self, mask: Mask, tell: Tell) -> None:
        self._mask = mask
        self._tell = tell
        self._held = ""

    def __call__(self, piece: str) -> None:
        self._held += piece
        begun = self._held.rfind("[")
        # A placeholder may come in several pieces.
        open_ = begun >= 0 and "]" not in self._held[begun:]
        end = begun if open_ and len(self._held) - begun < LONGEST else len(self._held)
        self._say(end)

    def flush(self) -> None:
        self._say(len(self._held))

    def _say(self, end: int) -> None:
        ready, self._held = self._held[:end], self._held[end:]
        if ready:
            self._tell(self._mask.show(ready))


def _each(change: Any, value: Any) -> Any:
    """The value with every string in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each(change, item) for item in value]
    if isinstance(value, dict):
        return {key: _each(change, item) for key, item in value.items()}
    return value
