"""Product and reason: where they stand is learnt from the phrases' marks, and kept.

What the rules take for them is one cue among others.
"""

import hashlib
import json
import logging
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from django.conf import settings

from bots.dialogue.understand import store
from bots.dialogue.understand.markup import parse
from bots.dialogue.understand.normalise import Said, read
from bots.dialogue.understand.reader import language_of
from bots.dialogue.understand.slots import exact, product, reason, shop, span_cues
from bots.dialogue.understand.slots.found import Found
from bots.dialogue.understand.slots.pointer import Pointer
from bots.dialogue.understand.slots.pointer_learning import train
from bots.dialogue.understand.slots.span_cues import Cues, Place
from bots.dialogue.understand.slots.telling import GIVES_REASON, NAMES_PRODUCT

logger = logging.getLogger(__name__)

# What a repair is wanted for reads like the reasons, and teaches where they end.
_TEACHES_REASON = GIVES_REASON | {"repair_request"}
SLOTS = ("product", "reason")
# In tokens.
_LONGEST = {"product": 10, "reason": 28}
# Below nought a span is given though none is a little likelier: chosen like the penalty.
_DOUBT = {"product": 0.0, "reason": -1.0}
# Days in phrases are taken out, whichever they are.
_ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)
# The rules' guesses are cues, so all of this folder's files decide about the pointers.
_CODE = ("clauses.py", "markup.py", "normalise.py", "simplified.py")
_BROKEN = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError)

Pointers = dict[str, Pointer]
_lock = threading.Lock()
_loaded: dict[str, Pointers] = {}


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A message of these intents, and what of it the exact rules left."""

    said: Said
    rest: Said
    intents: frozenset[str]
    words: shop.Words
    # No phrase answers a question of ours: of an answer, what the rules find counts too.
    answers: bool = False

    def product(self) -> str:
        if self.named != product.find(self.rest, shop.general()):
            # Nobody knows a shop's goods better than its own catalogue.
            return self.named.value if self.named else ""
        return self._said("product", self.named)

    def reason(self) -> str:
        # What follows "because" is why; no mark has to teach that.
        because = reason.named(self.said.folded)
        if because:
            return self.said.span(*because)
        return self._said("reason", reason.find(self.said))

    @cached_property
    def _pointers(self) -> Pointers:
        return load(language_of(self.said.folded))

    @cached_property
    def named(self) -> Found[str] | None:
        """The product that the rules find."""
        return product.find(self.rest, self.words)

    @cached_property
    def cues(self) -> Cues:
        return span_cues.read(
            span_cues.Told(
                said=self.said,
                rest=self.rest,
                intent=_foremost(self.intents),
                words=self.words,
            ),
            self.named,
        )

    def _said(self, slot: str, ruled: Found[str] | None) -> str:
        place = self._pointers[slot].best(self.cues)
        if place:
            return self.said.span(*place)
        return ruled.value if ruled and self.answers else ""


def _foremost(intents: frozenset[str]) -> str:
    """Return one intent, as the pointers learnt from one at a time: a wish.

    A complaint beside it, the first of these names, tells less.
    """
    return max(intents & GIVES_REASON or intents & NAMES_PRODUCT, default="")


def load(language: str) -> Pointers:
    """Return a language's pointers; they are trained if they never were."""
    if language not in _loaded:
        with _lock:
            if language not in _loaded:
                _loaded[language] = _kept(language)
    return _loaded[language]


def _kept(language: str) -> Pointers:
    path = _path(language)
    try:
        held = json.loads(path.read_bytes())
        return {slot: Pointer(**pointer) for slot, pointer in held.items()}
    except FileNotFoundError:
        pass
    except _BROKEN as error:
        logger.warning("%s cannot be read (%s), training anew", path.name, error)
    started = time.monotonic()
    made = {slot: learn(slot, marked(slot, language)) for slot in SLOTS}
    spent = time.monotonic() - started
    logger.info("trained the pointers of %s in %.1f s", language, spent)
    _write(path, made)
    return made


def learn(slot: str, rows: Iterable[tuple[Telling, Sequence[Place]]]) -> Pointer:
    known = [(telling.cues, places) for telling, places in rows]
    return train(known, longest=_LONGEST[slot], doubt=_DOUBT[slot])


def marked(slot: str, language: str) -> Iterator[tuple[Telling, list[Place]]]:
    """Yield the phrases of the intents that teach a slot, and where it is marked."""
    teaching = _TEACHES_REASON if slot == "reason" else NAMES_PRODUCT
    for intent, line in store.lines(language):
        if intent in teaching:
            folded, spans = parse(read(line).folded)
            telling = _telling(Said(text=folded, folded=folded), intent)
            yield telling, [(s.start, s.end) for s in spans if s.slot == slot]


def _telling(said: Said, intent: str) -> Telling:
    words, intents = shop.general(), frozenset({intent})
    _, rest = exact.find(said, intents, "", _ANY_TIME, words)
    return Telling(said=said, rest=rest, intents=intents, words=words)


def _path(language: str) -> Path:
    digest = hashlib.sha256()
    here = Path(__file__).parent
    code = [here.with_name(name) for name in _CODE]
    for file in [*sorted(here.glob("*.py")), *sorted(here.glob("*.txt")), *code]:
        digest.update(file.name.encode() + file.read_bytes())
    for intent, line in store.lines(language):
        digest.update(f"{intent}\t{line}\n".encode())
    name = f"spans-{language}-{digest.hexdigest()[:16]}.json"
    return Path(settings.MODELS_DIR) / name


def _write(path: Path, made: Pointers) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and moved: another process reads all of it or nothing.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as aside:
        json.dump({slot: vars(pointer) for slot, pointer in made.items()}, aside)
    Path(aside.name).replace(path)
