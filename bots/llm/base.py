"""What every language model promises, what it is asked, and how it fails."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Role = Literal["system", "user", "assistant", "tool"]
# A JSON schema.
Schema = Mapping[str, Any]
# Is told each piece of an answer as it is written.
Tell = Callable[[str], None]

_OPENED = "<think>"
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


class Refused(ModelError):  # noqa: N818 - as above
    """The model was not asked at all: a budget is spent, or too many are waiting."""


@dataclass(frozen=True, kw_only=True)
class ToolCall:
    """A tool that the model wants called; nobody has checked the arguments."""

    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Tool:
    name: str
    description: str
    parameters: Schema


@dataclass(frozen=True, kw_only=True)
class ChatMessage:
    role: Role
    content: str
    # What an assistant's message called, and which call a tool's message answers.
    calls: tuple[ToolCall, ...] = ()
    call_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One question to a back end. `deadline` is a reading of `time.monotonic()`."""

    messages: tuple[ChatMessage, ...]
    deadline: float
    max_tokens: int = 300
    schema: Schema | None = None
    tools: tuple[Tool, ...] = ()
    tell: Tell | None = None

    @property
    def whole(self) -> bool:
        """Whether half an answer is worth nothing."""
        return self.schema is not None or bool(self.tools)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a model said; `data` is what its JSON held where a schema was given."""

    text: str
    data: Any = None
    calls: tuple[ToolCall, ...] = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Backend(Protocol):
    @property
    def name(self) -> str: ...

    def answer(self, request: Request) -> Answer:
        """Answer with whole sentences or calls of tools, or raise a `ModelError`."""


class ChatModel(Protocol):
    def chat(
        self,
        messages: Sequence[ChatMessage],
        *,
        deadline: float,
        schema: Schema | None = None,
        tools: Sequence[Tool] | None = None,
        purpose: str = "",
    ) -> Answer:
        """Answer before the deadline, or raise a `ModelError`.

        `deadline` is a reading of `time.monotonic()`. Where a schema is given, the
        answer's `data` fits it.
        """


def spoken(text: str, *, cut: bool) -> str:
    """The part of an answer that may be shown, "" where there is none.

    What some models think aloud first is dropped, and so is the last sentence
    of a `cut` answer: half a sentence may say the opposite of the whole.
    """
    text = aloud(text).strip()
    if not cut:
        return text
    whole = _SENTENCES.match(text)
    return whole.group().strip() if whole else ""


def aloud(text: str) -> str:
    """The text without the thinking it begins with, be it finished or not."""
    text = _THOUGHT.sub("", text)
    begun = text.lstrip()[: len(_OPENED)]
    return "" if begun and _OPENED.startswith(begun) else text
