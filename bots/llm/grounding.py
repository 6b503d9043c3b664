"""Whether a model's wording says only what the facts say; it refuses when in doubt."""

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

from bots.llm.claims import CONDITIONAL, leftovers, promises, topics
from bots.llm.names import addresses, codes, strangers
from bots.llm.polarity import (
    affirms_nothing_denied,
    clauses_alike,
    keywords_alike,
)
from bots.llm.quantities import Quantity
from bots.llm.wording import Clause, Wording, closest

# Shares of a text's words that the facts must know, as a whole and by sentence.
SUPPORT = 0.35
SENTENCE_SUPPORT = 0.25
# Fewer words than this are no sentence to judge by shares.
FEW = 4
LONGER = 300

_FOREIGN = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]")


def objection(text: str, *, facts: str) -> str | None:
    """Why `text` may not be used in place of `facts`: one word, none of its own."""
    said, known = Wording(text), Wording(facts)
    for reason, holds in CHECKS.items():
        if not holds(said, known):
            return reason
    return None


def _has_words(said: Wording, known: Wording) -> bool:
    return bool(said.words) and bool(known.words)


def _has_size(said: Wording, known: Wording) -> bool:
    return len(said.raw) <= 2 * len(known.raw) + LONGER


def _is_clean(said: Wording, known: Wording) -> bool:
    # Signs that show nothing can hide or turn what is shown.
    hidden = any(
        unicodedata.category(char)[0] == "C" and char not in "\n\t" for char in said.raw
    )
    return not hidden and not leftovers(said)


def _has_script(said: Wording, known: Wording) -> bool:
    foreign = _FOREIGN.search(said.normal) and not _FOREIGN.search(known.normal)
    return said.chinese == known.chinese and not foreign


def _has_names(said: Wording, known: Wording) -> bool:
    return (
        addresses(said) <= addresses(known)
        and codes(said) <= codes(known)
        and not strangers(said, known)
    )


def _has_numbers(said: Wording, known: Wording) -> bool:
    return all(_stated(found, known.quantities) for found in said.quantities)


def _stated(found: Quantity, known: list[Quantity]) -> bool:
    return any(other.states(found) and other.bounds(found) for other in known)


def _numbers_in_place(said: Wording, known: Wording) -> bool:
    """A price or a time must be said of what the facts say it of."""
    single = all(
        _in_place(found, passage, known)
        for passage in said.passages
        for found in passage.quantities
    )
    return single and all(
        _together(first, second, known)
        for clause in said.clauses
        for first, second in pairwise(clause.quantities)
    )


def _in_place(found: Quantity, passage: Clause, known: Wording) -> bool:
    homes = [
        sentence for sentence in known.sentences if _stated(found, sentence.quantities)
    ]
    if not any(
        passage.naming(known.names) <= home.naming(known.names) for home in homes
    ):
        return False
    rivals = [other for other in known.passages if other.quantities]
    best, _ = closest(passage, rivals, names=known.names)
    return any(_stated(found, other.quantities) for other in best)


def _together(first: Quantity, second: Quantity, known: Wording) -> bool:
    """Two numbers of one clause: of one passage in the facts, or in the same order."""
    return any(
        _stated(first, passage.quantities) and _stated(second, passage.quantities)
        for passage in known.passages
    ) or any(
        _stated(first, sentence.quantities[:at])
        and _stated(second, sentence.quantities[at:])
        for sentence in known.sentences
        for at in range(1, len(sentence.quantities))
    )


def _has_topics(said: Wording, known: Wording) -> bool:
    return topics(said.canonical) <= topics(known.canonical)


def _has_conditions(said: Wording, known: Wording) -> bool:
    """What the facts give only with a number is not given without any."""
    bare = {
        topic
        for sentence in said.sentences
        if not (sentence.quantities or sentence.negated)
        for topic in topics(sentence.text) & CONDITIONAL
    }
    granted = {
        topic
        for sentence in known.sentences
        if not sentence.quantities
        for topic in topics(sentence.text)
    }
    return bare <= granted


def _has_promises(said: Wording, known: Wording) -> bool:
    return all(promise in known.canonical for promise in promises(said))


def _has_support(said: Wording, known: Wording) -> bool:
    sentences = [one for one in said.sentences if len(one.words) >= FEW]
    return _share(said.words, known) >= SUPPORT and all(
        _share(sentence.words, known) >= SENTENCE_SUPPORT for sentence in sentences
    )


def _share(words: frozenset[str], known: Wording) -> float:
    return len(words & known.words) / max(len(words), 1)


CHECKS: dict[str, Callable[[Wording, Wording], bool]] = {
    "length": _has_size,
    "empty": _has_words,
    "leftover": _is_clean,
    "script": _has_script,
    "name": _has_names,
    "number": _has_numbers,
    "place": _numbers_in_place,
    "topic": _has_topics,
    "condition": _has_conditions,
    "promise": _has_promises,
    "keyword": keywords_alike,
    "denied": affirms_nothing_denied,
    "denial": clauses_alike,
    "support": _has_support,
}
