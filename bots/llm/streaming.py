"""An answer told piece by piece while it is being written."""

import threading
import time
from collections.abc import Callable, Iterator
from contextvars import copy_context
from queue import Empty, SimpleQueue

from bots.llm.base import Answer, ModelError, Tell, TooLate


class Stream:
    """Iterates over the pieces; afterwards `answer` is the whole.

    Iterating raises the `ModelError` that ended it, `TooLate` at the deadline.
    """

    answer: Answer

    def __init__(self, write: Callable[[Tell], Answer], *, deadline: float) -> None:
        self._pieces: SimpleQueue[str | Answer | Exception] = SimpleQueue()
        self._deadline = deadline
        context = copy_context()
        threading.Thread(
            target=context.run, args=(self._work, write), daemon=True, name="llm-stream"
        ).start()

    def __iter__(self) -> Iterator[str]:
        while True:
            piece = self._next()
            if isinstance(piece, Exception):
                raise piece
            if isinstance(piece, Answer):
                self.answer = piece
                return
            yield piece

    def _next(self) -> str | Answer | Exception:
        # A little longer than the writer has, so that it may say why it was late.
        left = self._deadline + 0.1 - time.monotonic()
        try:
            return self._pieces.get(timeout=max(0.0, left))
        except Empty:
            raise TooLate("The answer was not finished in time.") from None

    def _work(self, write: Callable[[Tell], Answer]) -> None:
        try:
            self._pieces.put(write(self._pieces.put))
        except ModelError as error:
            self._pieces.put(error)
        except Exception as error:
            self._pieces.put(error)
            raise
