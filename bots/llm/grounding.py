"""Whether a model's wording says only what the facts say; it refuses when in doubt."""

import re
import unicodedata
from collections.abc import Callable

from bots.llm.claims import CONDITIONAL, leftovers, promises, topics
from bots.llm.names import addresses, codes, strangers
from bots.llm.quantities import Quantity
from bots.llm.wording import Clause, Wording, closest

# Shares of a text's words that the facts must know, as a whole and by sentence.
SUPPORT = 0.35
SENTENCE_SUPPORT = 0.25
# Fewer words than this are no sentence to judge by shares.
FEW = 4
LONGER = 300

_FOREIGN = re.compile(r"[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]")
# Whether these are denied must be as in the facts wherever they speak of them.
_KEYWORDS = [
    re.compile(keyword)
    for keyword in (
        r"支持|接受|允许",
        r"可以|可(?!能|是|爱|靠)|能(?!量)",
        r"提供",
        r"需要?|须|必须",
        r"包邮|免费|免运费",
        r"收取|收费",
        r"退货|退款|退换|可退",
        r"换货",
        r"取消",
        r"修改|更改",
        r"包含|包括|含",
        r"叠加|同时使用",
        r"有效",
        r"发货|配送|送达",
        r"\bcan(?:not|'t)?\b|\bable\b|\bmay\b|\bpossible\b|\ballow",
        r"\bsupport|\baccept",
        r"\boffer|\bprovid|\bavailab",
        r"\bneed|\brequir|\bmust\b|\bhave to\b",
        r"\bfree\b",
        r"\bcharg|\bcost|\bfee\b",
        r"\breturn",
        r"\brefund",
        r"\bexchang",
        r"\bcancel",
        r"\bchang",
        r"\binclud",
        r"\bcombin|\bstack",
        r"\bvalid|\bexpir",
        r"\bship|\bdeliver|\bdispatch",
    )
]


def is_grounded(text: str, *, facts: str) -> bool:
    return objection(text, facts=facts) is None


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
    same = [other for other in known if other.states(found)]
    return any(not found.contradicts(other) for other in same)


def _numbers_in_place(said: Wording, known: Wording) -> bool:
    """A price or a time must be said of what the facts say it of."""
    return all(
        _in_place(found, passage, known)
        for passage in said.passages
        for found in passage.quantities
    )


def _in_place(found: Quantity, passage: Clause, known: Wording) -> bool:
    homes = [
        sentence for sentence in known.sentences if _stated(found, sentence.quantities)
    ]
    if not any(passage.naming(known.names) <= home.naming(known.names) for home in homes):
        return False
    rivals = [
        other
        for other in known.passages
        if any(quantity.unit == found.unit for quantity in other.quantities)
    ]
    best, _ = closest(passage, rivals, names=known.names)
    return any(_stated(found, other.quantities) for other in best)


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


def _has_keywords_alike(said: Wording, known: Wording) -> bool:
    return all(
        not (denied := _denials(keyword, known)) or _denials(keyword, said) <= denied
        for keyword in _KEYWORDS
    )


def _denials(keyword: re.Pattern[str], wording: Wording) -> set[bool]:
    return {
        clause.negated for clause in wording.clauses if keyword.search(clause.text)
    }


def _affirms_nothing_denied(said: Wording, known: Wording) -> bool:
    """What the facts only speak of to deny it is not affirmed."""
    affirmed = [clause.words for clause in known.clauses if not clause.negated]
    denied = known.words.difference(*affirmed)
    return all(
        sentence.negated or not sentence.words & denied for sentence in said.sentences
    )


def _has_clauses_alike(said: Wording, known: Wording) -> bool:
    """Each clause denies or affirms as the one of the facts that is most like it."""
    return all(_alike(clause, known.clauses) for clause in said.clauses)


def _alike(clause: Clause, known: list[Clause]) -> bool:
    best, shared = closest(clause, known)
    if shared < 2:
        # Too unlike any: then only a denial is news.
        return not clause.negated or any(other.negated for other in known)
    return any(clause.negated == other.negated for other in best)


def _has_support(said: Wording, known: Wording) -> bool:
    sentences = [one for one in said.sentences if len(one.words) >= FEW]
    return _share(said.words, known) >= SUPPORT and all(
        _share(sentence.words, known) >= SENTENCE_SUPPORT for sentence in sentences
    )


def _share(words: frozenset[str], known: Wording) -> float:
    return len(words & known.words) / max(len(words), 1)


CHECKS: dict[str, Callable[[Wording, Wording], bool]] = {
    "empty": _has_words,
    "length": _has_size,
    "leftover": _is_clean,
    "script": _has_script,
    "name": _has_names,
    "number": _has_numbers,
    "place": _numbers_in_place,
    "topic": _has_topics,
    "condition": _has_conditions,
    "promise": _has_promises,
    "keyword": _has_keywords_alike,
    "denied": _affirms_nothing_denied,
    "denial": _has_clauses_alike,
    "support": _has_support,
}
