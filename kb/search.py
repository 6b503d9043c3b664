"""The door to the knowledge base: one question in, the entries that answer it out."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.utils import timezone

from kb.indexing import Article, Snapshot, Text, live
from kb.models import Entry
from kb.retrieval.confidence import THRESHOLD, WEIGHTS, confidence, evidence, scores
from kb.retrieval.keyword import Question, ask
from kb.retrieval.space import Floats
from kb.retrieval.text import is_unspaced, normalise
from kb.scan import ALIKE, scan

logger = logging.getLogger(__name__)

# The row of measures that says how much of a phrase is asked.
ASKED = 1
MOST = 50


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An entry, in the language asked for where there is one. `score` is 0..1."""

    ref: str
    entry_id: int
    language: str
    question: str
    answer: str
    score: float


@dataclass(frozen=True, kw_only=True)
class Result:
    """Hits, best first; whether to answer with the first, and how sure that is."""

    hits: tuple[Hit, ...] = ()
    answerable: bool = False
    confidence: float = 0.0


def search(
    query: str, *, language: str = "", limit: int = 3, at: datetime | None = None
) -> Result:
    """Never raises: where the index fails, the entries are scanned instead."""
    at = _aware(at or timezone.now())
    limit = max(0, min(limit, MOST))
    try:
        return _indexed(live.current(), query, language, limit, at)
    except Exception:
        logger.exception("ALARM: the knowledge index failed; scanning instead.")
    try:
        return _scanned(query, language, limit, at)
    except Exception:
        logger.exception("ALARM: the knowledge base cannot be read at all.")
        return Result()


def _aware(at: datetime) -> datetime:
    return timezone.make_aware(at) if timezone.is_naive(at) else at


def _indexed(
    snapshot: Snapshot, query: str, language: str, limit: int, at: datetime
) -> Result:
    question = ask(query)
    if snapshot.index is None or question.empty:
        return Result()
    measures = snapshot.index.measures(question)
    scored = np.where(snapshot.in_force(at), scores(measures), 0.0)
    order = np.argsort(-scored, kind="stable")[: max(limit, 2)].tolist()
    if scored[order[0]] <= 0:
        return Result()
    sure = _confidence(snapshot, question, measures, scored, order)
    hits = [
        _hit(snapshot.articles[i], query, language, float(scored[i] / WEIGHTS.sum()))
        for i in order[:limit]
        if scored[i] > 0
    ]
    return Result(hits=tuple(hits), answerable=sure >= THRESHOLD, confidence=sure)


def _confidence(
    snapshot: Snapshot,
    question: Question,
    measures: Floats,
    scored: Floats,
    order: list[int],
) -> float:
    best = order[0]
    second = float(scored[order[1]]) if len(order) > 1 else 0.0
    assert snapshot.index is not None
    return confidence(
        evidence(
            snapshot.index,
            question,
            best=best,
            margin=float(scored[best]) - second,
            asked=float(measures[ASKED, best]),
        )
    )


def _hit(article: Article, query: str, language: str, score: float) -> Hit:
    text = choose(article.texts, query, language)
    return Hit(
        ref=article.ref,
        entry_id=article.entry_id,
        language=text.language,
        question=text.question,
        answer=text.answer,
        score=round(score, 4),
    )


def choose(texts: Sequence[Text], query: str, language: str) -> Text:
    """The text in `language`, else in a sister of it, else in the query's script."""
    wanted = language.lower()
    base = wanted.partition("-")[0]
    unspaced = is_unspaced(normalise(query))

    def rank(text: Text) -> tuple[bool, bool, bool]:
        have = text.language.lower()
        return (
            have == wanted,
            bool(base) and have.partition("-")[0] == base,
            is_unspaced(text.question) == unspaced,
        )

    return max(texts, key=rank)


def _scanned(query: str, language: str, limit: int, at: datetime) -> Result:
    found = scan(query, at)
    if not found:
        return Result()
    entries = Entry.objects.prefetch_related("translations").in_bulk(
        [pk for _, pk in found[:limit]]
    )
    hits = []
    for likeness, pk in found[:limit]:
        texts = [
            Text(language=t.language, question=t.question, answer=t.answer)
            for t in entries[pk].translations.all()
        ]
        text = choose(texts, query, language)
        hits.append(
            Hit(
                ref=entries[pk].ref,
                entry_id=pk,
                language=text.language,
                question=text.question,
                answer=text.answer,
                score=round(likeness, 4),
            )
        )
    sure = found[0][0]
    return Result(hits=tuple(hits), answerable=sure >= ALIKE, confidence=sure)
