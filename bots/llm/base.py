"""What every language model back end promises, and how it fails."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal["system", "user", "assistant"]

_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_SENTENCES = re.compile(r"\A.*(?:[。！？!?…]|\.(?!\d))[”\"'’）)]*", re.DOTALL)


class ModelError(Exception):
    """No usable answer; never carries a prompt, an answer or a key."""


class TooLate(ModelError):  # noqa: N818 - reads as what happened
    """The deadline passed first."""


class Unavailable(ModelError):  # noqa: N818 - as above
    """The model could not be loaded or reached, or refused to work."""


class BadAnswer(ModelError):  # noqa: N818 - as above
    """The model answered, but with nothing that can be used."""


@dataclass(frozen=True, kw_only=True)
class ChatMessage:
    role: Role
    content: str


class ChatModel(Protocol):
    def chat(
        self,
        messages: Sequence[ChatMessage],
        *,
        deadline: float,
        max_tokens: int = 300,
    ) -> str:
        """Answer with whole sentences, or raise a `ModelError`.

        `deadline` is a reading of `time.monotonic()`; afterwards the answer is
        worthless.
        """


def spoken(text: str, *, cut: bool) -> str:
    """The part of an answer that may be shown, "" where there is none.

    What some models think aloud first is dropped, and so is the last sentence
    of a `cut` answer: half a sentence may say the opposite of the whole.
    """
    text = _THOUGHT.sub("", text).strip()
    if text.startswith("<think>"):
        return ""
    if not cut:
        return text
    whole = _SENTENCES.match(text)
    return whole.group().strip() if whole else ""
