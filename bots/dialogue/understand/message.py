"""A message that is being read."""

from dataclasses import dataclass

from bots.dialogue.understand.classifier import Reading
from bots.dialogue.understand.context import Setting
from bots.dialogue.understand.labels import Wish
from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.reader import Reader


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is said, where it is said, and who reads it."""

    said: Said
    setting: Setting
    model: Reader
    # Something was said that is no intent: in which language to answer.
    was_more: bool = False
    # It was said who speaks, beside these words.
    was_proof: bool = False

    @property
    def folded(self) -> str:
        return self.said.folded

    def read(self, start: int = 0, end: int | None = None) -> Reading:
        return self.model.read(self.folded[start:end])

    def part(self, start: int) -> "Message":
        """Return the message without what stands before `start`."""
        rest = Said(text=self.said.text[start:], folded=self.folded[start:])
        return Message(said=rest, setting=self.setting, model=self.model)


def distinct(found: list[Wish]) -> list[Wish]:
    best: dict[str, float] = {}
    for name, sure in found:
        best[name] = max(best.get(name, 0.0), sure)
    return list(best.items())
