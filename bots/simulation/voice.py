"""How a shopper words what is to be said: by temper, language and chance."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from bots.simulation import words
from bots.simulation.goal import Goal
from bots.simulation.temper import TEMPERS

# How often a proof is said beside the number, before it is asked for.
_PROVES = 0.3


@dataclass(frozen=True, kw_only=True)
class Move:
    """What the shopper does: writes a burst, or presses a button."""

    texts: tuple[str, ...] = ()
    button: tuple[str, str] | None = None


class Voice:
    def __init__(self, goal: Goal, rng: random.Random) -> None:
        self.goal = goal
        self.rng = rng
        self.temper = TEMPERS[goal.temper]
        self.phrases = words.bank(goal.language)
        # The last words, as they were meant.
        self.last = ""

    def wish(self, facts: Mapping[str, str], *, full: bool) -> str:
        """The wish, with its facts or bare; whichever of the two there is."""
        wordings = words.sayable(self._openings(), facts)
        told = [one for one in wordings if words.holes(one)]
        bare = [one for one in wordings if not words.holes(one)]
        said = words.choose((told if full else bare) or wordings, facts, self.rng)
        names_order = "order" in facts and facts["order"] in said
        if names_order and not self.goal.known and self.chance(_PROVES):
            said = f"{said} ({facts['proof']})"
        return said

    def _openings(self) -> list[str]:
        found: list[str] = self.phrases["open"].get(self.goal.opening, [])
        section, _, name = self.goal.opening.partition(".")
        return found or self.phrases[section][name]

    def aside(self) -> str:
        entry = self.rng.choice(self.goal.asides)
        said: str = self.rng.choice(self.phrases["policy"][entry])
        return said

    def opens(self, said: str) -> Move:
        """Say the wish with what the temper puts before it, in one message or two."""
        if not self.chance(self.temper.chats):
            return self.says(said)
        beside = self.rng.choice(self.phrases["answer"][self.temper.beside])
        if self.chance(self.temper.bursts):
            return self.says(beside, said)
        return self.says(beside + self._joint(beside) + said)

    def _joint(self, beside: str) -> str:
        if self.goal.language == "en":
            return " " if beside.endswith(".") else ", "
        return "" if beside.endswith("。") else "，"

    def can_say(self, name: str) -> bool:
        return bool(words.sayable(self.phrases["answer"][name], self.goal.facts))

    def phrase(self, name: str, **more: str) -> Move:
        facts = {**self.goal.facts, **more}
        return self.says(words.choose(self.phrases["answer"][name], facts, self.rng))

    def says(self, *texts: str) -> Move:
        self.last = texts[-1]
        return Move(texts=tuple(map(self._slipping, texts)))

    def _slipping(self, text: str) -> str:
        if not self.chance(self.temper.mistypes):
            return text
        return words.mistype(text, self.rng, self.goal.facts.values())

    def chance(self, share: float) -> bool:
        return self.rng.random() < share
