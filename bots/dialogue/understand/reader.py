"""Who reads a text: the classifier of its language."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from bots.dialogue.understand.classifier import Reading
from bots.dialogue.understand.normalise import Said

LANGUAGES = ("en", "zh")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# The parts of a message are read more than once while it is being decided.
_REMEMBERED = 1024


def language_of(text: str) -> str:
    """Return whose training text `text` is most like: Chinese mixes English in."""
    return "zh" if _HAN.search(text) else "en"


class Reads(Protocol):
    """The linear classifier, or a fine-tuned network in its place."""

    @property
    def labels(self) -> tuple[str, ...]: ...

    def read(self, folded: str) -> Reading: ...

    def read_all(self, texts: Sequence[str]) -> list[Reading]: ...

    def missed(self, said: Said, known: Mapping[str, Any]) -> dict[str, str]:
        """Return slots that are said, and that `known` has not."""


class Reader:
    """Threads may share it."""

    def __init__(self, classifiers: Mapping[str, Reads]) -> None:
        self.classifiers = classifiers
        self.read = lru_cache(_REMEMBERED)(self._read)

    def best(self, folded: str) -> tuple[str, float]:
        reading = self.read(folded)
        return reading.label, reading.confidence

    def missed(self, said: Said, known: Mapping[str, Any]) -> dict[str, str]:
        return self.classifiers[language_of(said.folded)].missed(said, known)

    def _read(self, folded: str) -> Reading:
        return self.classifiers[language_of(folded)].read(folded)
