"""In which language the talk is: as wished for, else as it is spoken.

A wish holds until another one, or until the shopper has written two messages in a row
in another language that the bot speaks.
"""

from dataclasses import replace

from bots.dialogue.state import State
from bots.dialogue.turn import Input, Understanding
from bots.messages import LANGUAGES

STRAYS = 2
# "Is the manual in English?" wishes for no language.
_ABOUT_GOODS = frozenset({"product_question", "product_search"})
_PLAIN = 0.6


def wish(understanding: Understanding) -> str:
    """The language that is asked for, or ""; not always one that the bot speaks."""
    best = understanding.request
    if best.name in _ABOUT_GOODS and best.confidence >= _PLAIN:
        return ""
    return str(understanding.slots.get("language") or "")


def settle(
    understanding: Understanding, given: Input, state: State
) -> tuple[str, State]:
    """Return the language to answer in, and the state that remembers the wish."""
    wished = wish(understanding)
    if wished in LANGUAGES:
        return wished, replace(state, language=wished, strayed=0)
    heard, pressed = understanding.language, _is_pressed(given, state)
    if not state.language:
        heard = given.language if pressed and given.language else heard
        return _spoken(heard, given.language), state
    if pressed or heard not in LANGUAGES:
        return state.language, state
    strayed = state.strayed + 1 if heard != state.language else 0
    if strayed >= STRAYS:
        return heard, replace(state, language="", strayed=0)
    return state.language, replace(state, strayed=strayed)


def _is_pressed(given: Input, state: State) -> bool:
    """Whether it is a button's value, which is in no language."""
    said = given.text.strip()
    return bool(given.button) or any(said == one.value for one in state.choices)


def _spoken(*languages: str) -> str:
    return next((one for one in languages if one in LANGUAGES), "en")
