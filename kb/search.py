"""The door to the knowledge base: one question in, the entries that answer it out."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from django.utils import timezone

from kb.indexing import Article, Snapshot, Text, live
from kb.models import Entry
from kb.retrieval.clauses import joined, listed, sentences
from kb.retrieval.confidence import THRESHOLD, WEIGHTS, confidence, evidence, scores
from kb.retrieval.keyword import ask
from kb.retrieval.text import is_unspaced, normalise
from kb.scan import ALIKE, scan

logger = logging.getLogger(__name__)

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
    """Hits, best first; whether to answer with the first, and how sure that is.

    `query` is the part of the message that was searched for, where it was taken apart.
    """

    query: str = ""
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


def search_each(
    text: str, *, language: str = "", limit: int = 3, at: datetime | None = None
) -> list[Result]:
    """A result for each question of the message, in their order; at least one.

    Questions of one entry give one result. Never raises.
    """

    def find(query: str) -> Result:
        found = search(query, language=language, limit=max(1, limit), at=at)
        return replace(found, query=query)

    questions = sentences(text)
    found = [result for question in questions for result in _parts(question, find)]
    if len(questions) > 1 and not any(result.answerable for result in found):
        found = [find(text)]
    return [replace(r, hits=r.hits[: max(0, limit)]) for r in _merged(found)]


def _parts(question: str, find: Callable[[str], Result]) -> list[Result]:
    """Taken apart where that answers more; as a whole where the whole is answered."""
    parts = joined(question)
    found = [find(part) for part in parts]
    if all(result.answerable for result in found):
        return found
    whole = find(question) if len(parts) > 1 else found[0]
    if whole.answerable:
        return [whole]
    things = [find(part) for part in listed(question)]
    if things and all(result.answerable for result in things):
        return things
    return found if any(result.answerable for result in found) else [whole]


def _merged(found: list[Result]) -> list[Result]:
    """One for an entry: the surest, in the place of the first that is answered by it."""
    merged: dict[object, Result] = {}
    for number, result in enumerate(found):
        key: object = result.hits[0].entry_id if result.hits else ("none", number)
        if key not in merged or result.confidence > merged[key].confidence:
            merged[key] = result
    return list(merged.values())


def _aware(at: datetime) -> datetime:
    return timezone.make_aware(at) if timezone.is_naive(at) else at


def _indexed(
    snapshot: Snapshot, query: str, language: str, limit: int, at: datetime
) -> Result:
    question = ask(query)
    if snapshot.index is None or question.empty:
        return Result()
    measures = snapshot.index.measures(question)
    scored = np.where(snapshot.in_force(at), scores(question, measures), 0.0)
    if scored.max() <= 0:
        return Result()
    sure = confidence(
        evidence(snapshot.index, question, measures=measures, scored=scored)
    )
    order = np.argsort(-scored, kind="stable")[:limit].tolist()
    hits = [
        _hit(
            snapshot.articles[i],
            query,
            language,
            min(1.0, float(scored[i] / WEIGHTS.sum())),
        )
        for i in order
        if scored[i] > 0
    ]
    return Result(hits=tuple(hits), answerable=sure >= THRESHOLD, confidence=sure)


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
