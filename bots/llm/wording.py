"""A text taken apart for comparison: words, clauses, quantities, negation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bots.llm.numerals import canonical, normal
from bots.llm.quantities import Quantity, quantities, without

_SMALL = """
a an and are as at be been but by can could do does for from has have how if in is
it its just may more most of on or our so than that the their them then there they
this to up us was we when which will with would you your yours
"""
# Words that tell nothing of what a clause is about.
_STOP = frozenset(_SMALL.split())
_SENTENCE = re.compile(r"[。!?\n]|\.(?=\s|\Z)")
_CLAUSE = re.compile(
    r"[。!?;\n()…]|\.(?=\s|\Z)|,(?!\d)|:(?!\d)|--|、(?=[不无未非没])|(?<!\d)、(?=\d)"
    r"|\band (?=[¥$]?\d)"
)
_LATIN = re.compile(r"[a-z]{2,}")
_CAPITALISED = re.compile(r"(?<=[\w,&] )[A-Z]\w+")
# Names that Chinese writes without capitals.
_PLACES = re.compile(
    "大陆|港澳台|香港|澳门|台湾|美国|英国|加拿大|澳大利亚|澳洲|新西兰|新加坡|马来西亚|"
    "日本|韩国|泰国|越南|印度|俄罗斯|德国|法国|意大利|西班牙|荷兰|瑞士|欧洲|欧盟|北美|"
    "东南亚|非洲|北京|上海|天津|重庆|广州|深圳|杭州|南京|苏州|成都|武汉|西安|义乌|宁波|"
    "厦门|青岛|长沙|郑州|东莞|江浙沪|广东|江苏|浙江|福建|山东|四川|湖南|湖北|河南|河北|"
    "新疆|西藏|内蒙|青海|宁夏|甘肃|云南|贵州|广西|海南|东北|偏远"
)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_NEGATION = re.compile(
    r"\b(?:not(?! only| (?:more|less|later|fewer|earlier|greater) than)|never|cannot|"
    r"no(?! (?:more|less|later|fewer|earlier) than| problem| matter|[ -]questions)|"
    r"none|neither|nor|without(?! (?:giving )?(?:a |any )?reason)|unable|unavailable|non|"
    r"isnt|cant|dont|wont|doesnt|unless|except\w*|excluding|excluded|offline|closed)\b|n't\b|"
    r"不(?!超过|少于|低于|高于|多于|大于|小于|同|过|仅|但|好意思|便|管|论|限|妨|客气|"
    r"然|如|断|满(?!意)|(?:足|到)[\s¥$]*\d)|没(?!问题|关系)|无(?!论|理由|忧|锡|线)|"
    r"未(?!来|满)|勿|"
    r"(?<!除|是)非(?!常)|禁止|谢绝|拒绝|否(?!则)|除[非了外]|以外"
)


@dataclass(frozen=True)
class Clause:
    """A piece between commas, or several, up to the next that has a quantity."""

    text: str

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of English words, pairs of Chinese characters."""
        text = _NEGATION.sub(",", without(self.text))
        stems = {word[:4] for word in _LATIN.findall(text) if word not in _STOP}
        return frozenset(stems | pairs(text))

    @cached_property
    def quantities(self) -> list[Quantity]:
        return quantities(self.text)

    def naming(self, names: frozenset[str]) -> frozenset[str]:
        """Which of the names stand here."""
        tokens = set(_LATIN.findall(self.text))
        return frozenset(
            name
            for name in names
            if name in tokens or (not name.isascii() and name in self.text)
        )

    @cached_property
    def negations(self) -> int:
        return len(_NEGATION.findall(self.text))

    @property
    def negated(self) -> bool:
        return self.negations > 0


@dataclass(frozen=True)
class Wording:
    raw: str

    @cached_property
    def normal(self) -> str:
        return normal(self.raw)

    @cached_property
    def canonical(self) -> str:
        return canonical(self.normal)

    @cached_property
    def sentences(self) -> list[Clause]:
        return _split(_SENTENCE, self.canonical)

    @cached_property
    def clauses(self) -> list[Clause]:
        return _split(_CLAUSE, self.canonical)

    @cached_property
    def passages(self) -> list[Clause]:
        """Neighbouring clauses of a sentence, joined to hold one quantity's topic."""
        return [
            Clause(passage)
            for sentence in self.sentences
            for passage in _gathered(_split(_CLAUSE, sentence.text))
        ]

    @cached_property
    def quantities(self) -> list[Quantity]:
        return [found for clause in self.clauses for found in clause.quantities]

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(clause.words for clause in self.clauses))

    @cached_property
    def names(self) -> frozenset[str]:
        """Places in Chinese and what English writes with a capital, in small letters."""
        capitalised = {name.casefold() for name in _CAPITALISED.findall(self.normal)}
        return frozenset(capitalised | set(_PLACES.findall(self.normal)))

    @cached_property
    def chinese(self) -> bool:
        """Whether it is mainly written in Chinese."""
        count = sum(len(run) for run in _CHINESE.findall(self.normal))
        return count * 3 > len(re.findall(r"[A-Za-z]", self.normal))


C = TypeVar("C", bound=Clause)


def closest(
    clause: Clause, others: Sequence[C], *, names: frozenset[str] = frozenset()
) -> tuple[list[C], int]:
    """Those that share most with `clause`, `names` first; and how many words they share.

    A word that stands in all of the others tells nothing.
    """
    if not others:
        return [], 0
    common = frozenset[str]()
    if len(others) > 1:
        common = frozenset.intersection(*(other.words for other in others))
    scores = [
        (
            len(clause.naming(names) & other.naming(names)),
            len((clause.words & other.words) - common),
        )
        for other in others
    ]
    most = max(scores)
    best = [other for other, score in zip(others, scores, strict=True) if score == most]
    return best, most[1]


def pairs(text: str) -> set[str]:
    return {
        run[at : at + 2] for run in _CHINESE.findall(text) for at in range(len(run) - 1)
    }


def _split(pattern: re.Pattern[str], text: str) -> list[Clause]:
    pieces = (piece.strip() for piece in pattern.split(text))
    return [Clause(piece) for piece in pieces if piece]


def _gathered(clauses: list[Clause]) -> list[str]:
    passages: list[str] = []
    counted = False
    for clause in clauses:
        if passages and not (counted and clause.quantities):
            passages[-1] = f"{passages[-1]}, {clause.text}"
        else:
            passages.append(clause.text)
            counted = False
        counted = counted or bool(clause.quantities)
    return passages
