"""Who reads a text: the classifier of its language."""

import re
from collections.abc import Mapping
from functools import lru_cache

from bots.dialogue.understand.classifier import Classifier, Reading

LANGUAGES = ("en", "zh")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# The parts of a message are read more than once while it is being decided.
_REMEMBERED = 1024


def language_of(text: str) -> str:
    """Return whose training text `text` is most like: Chinese mixes English in."""
    return "zh" if _HAN.search(text) else "en"


class Reader:
    """Threads may share it."""

    def __init__(self, classifiers: Mapping[str, Classifier]) -> None:
        self.classifiers = classifiers
        self.read = lru_cache(_REMEMBERED)(self._read)

    def best(self, folded: str) -> tuple[str, float]:
        reading = self.read(folded)
        return reading.label, reading.confidence

    def _read(self, folded: str) -> Reading:
        return self.classifiers[language_of(folded)].read(folded)
