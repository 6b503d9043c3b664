"""A message of several questions taken apart, in English and Chinese."""

import re
from itertools import pairwise

from kb.retrieval.text import ASKING, COMMON_WEIGHT, normalise, terms

# A message is read up to here (characters), and for so many questions.
LONGEST, MOST = 2_000, 4

_SENTENCE_ENDS = re.compile(r"(?<=[?？!！。；;\n])|(?<=\.)(?=\s)")
_JOINTS = re.compile(
    r"""
    [,，、\s]* (?: \b(?:and\ also|and|also|plus|as\ well\ as)\b | &
        | 还有 | 另外 | 以及 | 并且 | 顺便(?:问(?:一下|下)?)? | 再问(?:一下|下)? )
        [,，:：\s]*
    | \s*[,，、]\s*
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LISTS = re.compile(rf"{_JOINTS.pattern} | [和与跟]", re.VERBOSE | re.IGNORECASE)
_ASKS = re.compile(
    r"""
    ^(?:how|what|when|where|which|who|why)(?:s|'s|’s)?\b
    | ^(?:can|could|do|does|did|is|are|will|would|should|may|have|has)\ (?:i|you|we|u
        |it|they|there|the|this|that|my|your|a|an|any|some)\b
    | (?:吗|呢|么|不|没|没有)[\s?？。！!~]*$
    | 怎么 | 怎样 | 如何 | 多少 | 多久 | 多长 | 几 | 什么 | 啥 | 咋 | 哪 | 谁 | 为何
    | 能不能 | 可不可以 | 可否 | 是否 | 是不是 | 有没有 | 要不要 | 会不会 | 行不行
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MARKED = re.compile(r"[?？]\s*$")


def sentences(text: str) -> list[str]:
    """The questions that end as such, each with what is told before it.

    A sentence that cannot stand alone ("how much is it?") stays with the one before.
    """
    found: list[str] = []
    told = ""
    for sentence in _SENTENCE_ENDS.split(text[:LONGEST]):
        told += sentence
        if not (_MARKED.search(sentence) or _asks(sentence)):
            continue
        if found and (len(found) == MOST or not _stands_alone(told)):
            found[-1] += told
        else:
            found.append(told)
        told = ""
    if not found:
        return [text]
    found[-1] += told
    return [question.strip() for question in found]


def joined(question: str) -> list[str]:
    """Its parts where each is a question of its own: "how much is it and is it new"."""
    found: list[str] = []
    for part, between in _cut(_JOINTS, question):
        alone = _asks(part) and _stands_alone(part)
        if found and not (len(found) < MOST and alone and _asks(found[-1])):
            found[-1] += between + part
        else:
            found.append(part)
    return found


def listed(question: str) -> list[str]:
    """Its parts at every "and" and comma; nothing where there are too many."""
    parts = [part for part, _ in _cut(_LISTS, question) if part.strip(" ?？!！.。")]
    return parts if len(parts) <= MOST else []


def _cut(joints: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    """The parts, each with the joint before it."""
    spans = [(0, 0), *(match.span() for match in joints.finditer(text))]
    ends = [*spans, (len(text), len(text))]
    return [
        (text[after:until], text[before:after])
        for (before, after), (until, _) in pairwise(ends)
    ]


def _asks(text: str) -> bool:
    return _ASKS.search(text.strip()) is not None


def _stands_alone(text: str) -> bool:
    return any(
        weight > COMMON_WEIGHT and term not in ASKING
        for term, weight in terms(normalise(text))
    )
