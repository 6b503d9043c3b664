"""Lexical retrieval: how near a question is to each entry, by six measures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from kb.retrieval.space import (
    Bag,
    Floats,
    Rows,
    Space,
    Vocabulary,
    stack,
)
from kb.retrieval.text import grams, normalise, particular, terms

# From this many phrases on, runs of letters that stand in more than this share of them
# are dropped: they cost the most time and tell the least.
MANY, EVERYWHERE = 2_000, 0.02
# Terms of no more weight than this are common words.
TELLING = 0.2
# Answers are read up to here (characters).
CONTEXT = 1_500


@dataclass(frozen=True, kw_only=True)
class Document:
    """An entry in all its languages: its questions, other ways to ask them, and what
    stands around.
    """

    questions: tuple[str, ...]
    variants: tuple[str, ...]
    context: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Analysed:
    """A document taken apart, kept so that a rebuild reads only what changed."""

    grams: Rows
    # The first so many are the questions, the others variants.
    phrases: Rows
    questions: int
    union: Rows
    context: Rows


@dataclass(frozen=True, kw_only=True)
class Question:
    terms: Bag
    grams: Bag
    particular: bool

    @property
    def empty(self) -> bool:
        return not self.grams

    @property
    def telling(self) -> Bag:
        """Its terms without the common words."""
        return {t: weight for t, weight in self.terms.items() if weight > TELLING}


def ask(text: str) -> Question:
    text = normalise(text)
    return Question(
        terms=bag(text), grams=counted(grams(text)), particular=particular(text)
    )


def analyse(document: Document, vocabulary: Vocabulary) -> Analysed:
    texts = [normalise(phrase) for phrase in document.questions + document.variants]
    phrases = [bag(text) for text in texts]
    context = [bag(normalise(text, CONTEXT)) for text in document.context]
    return Analysed(
        grams=vocabulary.rows([counted(grams(text)) for text in texts]),
        phrases=vocabulary.rows(phrases),
        questions=len(document.questions),
        union=vocabulary.rows([merged(phrases)]),
        context=vocabulary.rows([merged(context)]),
    )


def bag(text: str) -> dict[str, float]:
    """The terms of a normalised text, each with the most that it counts anywhere."""
    found: dict[str, float] = {}
    for term, weight in terms(text):
        if weight > found.get(term, 0.0):
            found[term] = weight
    return found


def merged(bags: Iterable[Bag]) -> dict[str, float]:
    whole: dict[str, float] = {}
    for part in bags:
        for term, weight in part.items():
            whole[term] = max(weight, whole.get(term, 0.0))
    return whole


def counted(items: Iterable[str]) -> dict[str, float]:
    # "#" keeps a run of letters apart from a term of the same letters.
    counts: dict[str, float] = {}
    for item in items:
        counts[f"#{item}"] = counts.get(f"#{item}", 0.0) + 1.0
    return {item: 1 + log(count) for item, count in counts.items()}


class Index:
    """The measures of every document against a question."""

    def __init__(self, documents: Sequence[Analysed], vocabulary: Vocabulary) -> None:
        self._documents = documents
        self._vocabulary = vocabulary
        union = stack([document.union for document in documents])
        context = stack([document.context for document in documents])
        phrases = stack([document.phrases for document in documents])
        runs = stack([document.grams for document in documents])
        # The width is taken after the arrays: another index may add features meanwhile.
        width = len(vocabulary)
        self._sizes = np.array([len(d.phrases.lengths) for d in documents])
        self._first = np.cumsum(self._sizes) - self._sizes
        self._is_question = np.concatenate(
            [np.arange(len(d.phrases.lengths)) < d.questions for d in documents]
        )
        self._known = (union.counts(width) + context.counts(width)) > 0
        self._unknown = log(1 + len(documents)) + 1
        self._idf = _idf(union, width)
        self._runs_idf = _idf(runs, width, prune=True)
        self._runs = Space(runs.times(self._runs_idf).normed(2), width)
        self._asked = Space(phrases.times(self._idf).normed(1), width)
        self._covered = Space(_present(union), width)
        self._context = Space(_present(context), width)

    def measures(self, question: Question) -> Floats:
        """Six rows, a column for each document, all 0 to 1: likeness of the letters;
        share of its best phrase that is asked; shares of the question that its phrases,
        and that its answers speak of; share of its question that is asked; and of all
        its phrases on average.
        """
        known, _ = self._weighed(question)
        asked = self._asked.sums(dict.fromkeys(known, 1.0))
        return np.stack(
            [
                self._best(self._runs.sums(self._letters(question))),
                self._best(asked),
                self._covered.sums(known),
                self._context.sums(known),
                self._best(np.where(self._is_question, asked, np.float32(0))),
                np.add.reduceat(asked, self._first) / self._sizes.astype(np.float32),
            ]
        )

    def coverage(self, question: Question, at: int) -> tuple[float, float]:
        """Of the question, by weight: what document `at` speaks of (its answer counting
        half), and what nothing here speaks of.
        """
        known, unknown = self._weighed(question)
        document = self._documents[at]
        asked = set(document.union.features.tolist())
        said = set(document.context.features.tolist())
        covered = sum(
            weight * (1.0 if term in asked else 0.5 if term in said else 0.0)
            for term, weight in known.items()
        )
        return covered, unknown

    def knows(self, term: str) -> bool:
        """Whether any question, variant or answer speaks of it."""
        at = self._vocabulary.get(term)
        return at is not None and at < len(self._known) and bool(self._known[at])

    def _best(self, phrases: Floats) -> Floats:
        best: Floats = np.maximum.reduceat(phrases, self._first)
        return best

    def _weighed(self, question: Question) -> tuple[dict[int, float], float]:
        """The known terms with their shares of the question's weight, and the rest."""
        known: dict[int, float] = {}
        unknown = 0.0
        for term, weight in question.terms.items():
            at = self._vocabulary.get(term)
            if at is not None and self.knows(term):
                known[at] = weight * float(self._idf[at])
            else:
                unknown += weight * self._unknown
        total = max(sum(known.values()) + unknown, 1e-9)
        return {at: weight / total for at, weight in known.items()}, unknown / total

    def _letters(self, question: Question) -> dict[int, float]:
        found: dict[int, float] = {}
        squares = 0.0
        for gram, weight in question.grams.items():
            at = self._vocabulary.get(gram)
            known = at is not None and at < len(self._runs_idf)
            idf = float(self._runs_idf[at]) if known else self._unknown
            squares += (weight * idf) ** 2
            if at is not None and known and idf:
                found[at] = weight * idf
        norm = max(squares, 1e-9) ** 0.5
        return {at: weight / norm for at, weight in found.items()}


def _idf(rows: Rows, width: int, *, prune: bool = False) -> Floats:
    counts, size = rows.counts(width), len(rows.lengths)
    idf = (np.log((1 + size) / (1 + counts)) + 1).astype(np.float32)
    if prune and size > MANY:
        idf[counts > EVERYWHERE * size] = 0.0
    return idf


def _present(rows: Rows) -> Rows:
    return Rows(
        features=rows.features,
        weights=np.ones_like(rows.weights),
        lengths=rows.lengths,
    )
