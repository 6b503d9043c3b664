"""Finds the catalogue's word that a misspelt one was meant to be."""

from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

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
