"""One answer under way: what is read, what is written, when it ends."""

import threading
import time
from dataclasses import dataclass, field
from typing import Literal

from bots.llm.base import ModelError, Request, aloud
from bots.llm.local.prompts import Prompts

End = Literal["", "said", "long", "late"]


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written, and whether it was all said, ran long or was late."""

    text: str
    end: End
    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(kw_only=True, eq=False)
class Job:
    request: Request
    prompts: Prompts
    prompt: list[int]
    # How many of the prompt's first tokens other questions begin with too.
    shared: int
    most: int
    ends: frozenset[int]
    # Tokens of the prompt that have been read.
    read: int = 0
    tokens: list[int] = field(default_factory=list)
    end: End = ""
    error: ModelError | None = None
    finished: threading.Event = field(default_factory=threading.Event)
    _told: int = 0

    @property
    def held(self) -> int:
        """Tokens in the cache: the last one written is not there yet."""
        return self.read + max(0, len(self.tokens) - 1)

    def add(self, token: int, *, step: float) -> None:
        """Take the next token; `step` is how long the one after it will take."""
        if token in self.ends:
            self.finish("said")
            return
        self.tokens.append(token)
        if self.prompts.stopped(self.tokens):
            self.finish("said")
        elif len(self.tokens) >= self.most:
            self.finish("long")
        elif time.monotonic() + step >= self.request.deadline:
            self.finish("late")
        else:
            self._tell(self.prompts.margin)

    def finish(self, end: End) -> None:
        self.end = end
        self._tell(0)
        self.finished.set()

    def fail(self, error: ModelError) -> None:
        self.error = error
        self.finished.set()

    def written(self) -> Written:
        return Written(
            text=self.prompts.text(self.tokens),
            end=self.end or "late",
            prompt_tokens=len(self.prompt),
            completion_tokens=len(self.tokens),
        )

    def _tell(self, margin: int) -> None:
        if self.request.tell is None:
            return
        text = aloud(self.prompts.text(self.tokens))
        # Half a character, or what may turn out to be the turn of another.
        ready = len(text) - margin if self.end or not text.endswith("\ufffd") else 0
        if ready > self._told:
            self.request.tell(text[self._told : ready])
            self._told = ready
