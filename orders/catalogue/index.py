"""The catalogue in memory: what the shopper's words find in it, and how surely."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from orders.catalogue import kinds
from orders.catalogue.entries import BRAND, WORTHS, Entry
from orders.catalogue.part import Keys, Part
from orders.catalogue.postings import Rows
from orders.catalogue.ranks import merged
from orders.catalogue.spelling import Spelling
from orders.catalogue.terms import (
    head,
    is_word,
    terms,
    weight,
    without_filler,
)

Scores: TypeAlias = NDArray[np.float64]

# Chinese is written without spaces: a pair across two words is often in no product.
_UNKNOWN_PAIR = 0.3
# A shopper who asks for bluetooth earphones is better served by any earphones than by
# anything with bluetooth.
_HEAD = 2.0
# What the very word counts beside the kind that it names.
_OWN_WORD = 0.3
# What goes with a thing is less meant than the thing.
_BESIDE = 0.8
# Where the thing itself is in no product, what it is like must say a lot.
_DOUBTED = 0.5
_WORTHS = np.array(WORTHS)
# An option or an amount, unless it is in a name.
_MEASURE = re.compile(r"\d+(?:gb|g|tb|t|ml|l|cm|mm|m|mah|w|v|kg|in|inch|oz)?")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A term that is asked for, its share, and whether any product has it."""

    term: str
    share: float
    known: bool


class Index:
    """A large part, and a small one of the products that have changed since.

    How rare a term is, is asked of the large one.
    """

    def __init__(
        self,
        base: Part,
        spelling: Spelling,
        *,
        late: tuple[Entry, ...] = (),
        touched: frozenset[int] = frozenset(),
    ) -> None:
        """`touched`: the products that are no more as they are in `base`."""
        self.base = base
        self.spelling = spelling
        self.late = late
        self.touched = touched
        self._parts = [base, Part(late)] if late else [base]
        self._starts = [0, len(base)][: len(self._parts)]
        self.products: Keys = np.concatenate([part.products for part in self._parts])
        # Rows that are no more.
        self._gone = np.flatnonzero(np.isin(base.products, list(touched)))
        self._most_rare = float(np.log1p(len(base)))
        self._totals = [self._total_of_names(part) for part in self._parts]
        self._places: dict[str, Scores] = {}

    def __len__(self) -> int:
        return len(self.products)

    @property
    def rows(self) -> Rows:
        """The rows that are."""
        found: Rows = np.delete(np.arange(len(self), dtype=np.int32), self._gone)
        return found

    def covered(self, words: str) -> Scores | None:
        """Score how much of the words each product has; None if they say nothing."""
        words = self._spelt(words)
        wanted = self._wanted(words)
        total = sum(one.share for one in wanted)
        if not total:
            return None
        scores = np.zeros(len(self))
        for one in wanted:
            for part, start in zip(self._parts, self._starts, strict=True):
                rows, levels = part.fields.of(one.term)
                scores[rows + start] += one.share / total * _WORTHS[levels]
        scores *= self._fitting(words, wanted, scores)
        scores[self._gone] = 0
        return scores

    def named(self, words: str) -> Scores:
        """Score how much of each product's name is in the words."""
        words = self._spelt(words)
        said = {one.term for one in self._wanted(words) if one.known}
        found = [self._named(number, said) for number in range(len(self._parts))]
        best = np.concatenate(found) * self._aside(kinds.said(words))
        best[self._gone] = 0
        return best

    def row_of(self, code: str) -> int | None:
        """The row of the product with the folded ref or SKU."""
        for part, start in zip(self._parts, self._starts, strict=True):
            row = part.codes.row_of(code)
            if row is not None and not np.isin(row + start, self._gone):
                return row + start
        return None

    def _named(self, number: int, said: set[str]) -> Scores:
        part = self._parts[number]
        shares = np.zeros(len(part.owners))
        for term in said:
            names, _levels = part.names.of(term)
            shares[names] += self._weight(term)
        shares /= self._totals[number]
        best = np.zeros(len(part))
        hit = np.flatnonzero(shares)
        np.maximum.at(best, part.owners[hit], shares[hit])
        return best

    def _total_of_names(self, part: Part) -> Scores:
        totals = np.zeros(len(part.owners))
        for term in part.names:
            totals[part.names.of(term)[0]] += self._weight(term)
        # A name without any term is never found.
        totals[totals == 0] = 1
        return totals

    def _weight(self, term: str) -> float:
        return weight(term) * self._rarity(term)

    def _rarity(self, term: str) -> float:
        count = self.base.fields.count(term) or sum(
            part.fields.count(term) for part in self._parts
        )
        return float(np.log1p(len(self.base) / count)) if count else self._most_rare

    def _has(self, term: str) -> bool:
        return any(term in part.fields for part in self._parts)

    def _fitting(self, words: str, wanted: list[Wanted], scores: Scores) -> Scores:
        """Rule out what is of another kind, or is found by a trifle only."""
        asked = kinds.said(words)
        if asked:
            return self._having(asked) * self._aside(asked)
        said = {one.term for one in wanted if one.known}
        fitting = self._having(said) * self._aside(asked)
        things = {term for term in head(words) if is_word(term)}
        if things and not any(self._tells(term) for term in things):
            fitting *= scores >= _DOUBTED
        return fitting

    def _aside(self, asked: set[str]) -> Scores:
        """Put what goes with a thing behind it, unless it was asked for."""
        aside = self._having(kinds.table().beside - asked)
        aside[self._having(asked) > 0] = 0
        return np.where(aside > 0, _BESIDE, 1.0)

    def _having(self, any_of: Iterable[str]) -> Scores:
        """1 for each row that is found by any of these terms or kinds, else 0."""
        found = np.zeros(len(self))
        for term in any_of:
            for rows in self._found_by(term):
                found[rows] = 1.0
        return found

    def _tells(self, term: str) -> bool:
        return any(len(rows) for rows in self._found_by(term))

    def _found_by(self, term: str) -> Iterator[Rows]:
        """Descriptions and attributes only say what a product is like."""
        # Of Chinese it takes more than a character.
        if len(term) > 1 or is_word(term):
            for part, start in zip(self._parts, self._starts, strict=True):
                yield part.fields.at_least(term, BRAND) + start

    def in_category(self, category: str) -> NDArray[np.bool_]:
        found = np.zeros(len(self), bool)
        for rows in self._of_category(category.casefold()):
            found[rows] = True
        found[self._gone] = False
        return found

    def largest_categories(self) -> list[Rows]:
        """The rows of each category, the largest one first."""
        known = dict.fromkeys(c for part in self._parts for c in part.categories)
        found = [np.concatenate(list(self._of_category(one))) for one in known]
        living = [rows[~np.isin(rows, self._gone)] for rows in found]
        return sorted((rows for rows in living if len(rows)), key=len, reverse=True)

    def _of_category(self, folded: str) -> Iterator[Rows]:
        for part, start in zip(self._parts, self._starts, strict=True):
            if folded in part.categories:
                yield part.categories[folded] + start

    def by_name(self, language: str) -> Scores:
        """Each row's place among all by their names."""
        if language not in self._places:
            ranks = [part.ranks(language) for part in self._parts]
            self._places[language] = merged(ranks)
        return self._places[language]

    def _spelt(self, words: str) -> str:
        """Put the words that the shop knows for those that are misspelt."""
        return self.spelling.corrected(words, self._has)

    def _wanted(self, words: str) -> list[Wanted]:
        mentions = kinds.wanted(words)
        own = {term for mention in mentions for term in terms(mention.text)}
        things = own or head(words)
        wanted = []
        for kind in dict.fromkeys(k for one in mentions for k in kinds.narrowest(one)):
            share = _HEAD * self._rarity(kind)
            wanted.append(Wanted(term=kind, share=share, known=self._has(kind)))
        rest = without_filler(words)
        for mention in mentions:
            rest = rest.replace(mention.text, f" {mention.text} ")
        for term in dict.fromkeys(terms(rest)):
            known = self._has(term)
            if not known and (term in own or _MEASURE.fullmatch(term)):
                continue
            share = self._weight(term)
            if not known and not is_word(term):
                share *= _UNKNOWN_PAIR
            if term in things:
                share *= _HEAD
            if term in own:
                share *= _OWN_WORD
            wanted.append(Wanted(term=term, share=share, known=known))
        return wanted
