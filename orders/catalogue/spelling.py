"""Finds the catalogue's word that a misspelt one was meant to be."""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from orders.catalogue import kinds
from orders.catalogue.terms import fold, is_word, runs, singular, without_filler

_SHORTEST = 5
_TRIED = 5
_ALIKE = 0.75


class Spelling:
    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3))
        if words:
            self._vectors = self._vectorizer.fit_transform(words)

    def nearest(self, word: str) -> tuple[str, float]:
        """Return the word meant and how alike the two are; ("", 0.0) if none is."""
        if len(word) < _SHORTEST or not self._words:
            return "", 0.0
        alike = (self._vectors @ self._vectorizer.transform([word]).T).toarray()
        nearest = np.argsort(-alike[:, 0], kind="stable")[:_TRIED]
        likeness, meant = max(
            (SequenceMatcher(a=self._words[row], b=word).ratio(), self._words[row])
            for row in nearest
        )
        return (meant, likeness) if likeness >= _ALIKE else ("", 0.0)

    def corrected(self, words: str, is_known: Callable[[str], bool]) -> str:
        """Put known words for those that are neither known nor a kind's name."""
        text = fold(words)
        named = kinds.table().words
        for run, _start in list(runs(without_filler(text))):
            term = singular(run)
            if not is_word(run) or term in named or is_known(term):
                continue
            meant, _alike = self.nearest(term)
            if meant:
                text = re.sub(rf"\b{re.escape(run)}\b", meant, text)
        return text
