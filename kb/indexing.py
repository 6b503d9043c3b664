"""The index of what is published, one a process, following changes within two seconds."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from django.db.models import Count, Max

from kb.models import Entry, Translation
from kb.retrieval.keyword import Analysed, Document, Index, analyse
from kb.retrieval.space import Vocabulary

logger = logging.getLogger(__name__)

# Seconds between two looks at the database's version.
CHECK_EVERY = 1.0
# The version cannot see a change that was stamped before the newest one but committed
# after it. So, this often, the stamps of all entries are compared.
COMPARE_EVERY = 30.0
BATCH = 500

Version: TypeAlias = tuple[int, datetime | None]


@dataclass(frozen=True, kw_only=True)
class Text:
    language: str
    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """An entry as it was read."""

    entry_id: int
    ref: str
    stamp: datetime
    valid_from: datetime | None
    valid_to: datetime | None
    texts: tuple[Text, ...]
    analysed: Analysed


class Snapshot:
    """What was published at one moment. Never changes, so threads share it freely."""

    def __init__(self, articles: Iterable[Article], vocabulary: Vocabulary) -> None:
        self.articles = tuple(sorted(articles, key=lambda article: article.ref))
        self.vocabulary = vocabulary
        analysed = [article.analysed for article in self.articles]
        self.index = Index(analysed, vocabulary) if analysed else None
        self._starts = _moments((a.valid_from for a in self.articles), -np.inf)
        self._ends = _moments((a.valid_to for a in self.articles), np.inf)

    def in_force(self, at: datetime) -> npt.NDArray[np.bool_]:
        moment = at.timestamp()
        mask: npt.NDArray[np.bool_] = (self._starts <= moment) & (moment < self._ends)
        return mask


def _moments(
    times: Iterable[datetime | None], missing: float
) -> npt.NDArray[np.float64]:
    return np.array([missing if t is None else t.timestamp() for t in times], float)


def version() -> Version:
    found = Entry.objects.aggregate(count=Count("pk"), newest=Max("updated_at"))
    return found["count"], found["newest"]


def build(old: Snapshot | None = None) -> Snapshot:
    """Read what is published; what did not change since `old` is taken from there."""
    stamps = dict(Entry.objects.published().values_list("pk", "updated_at"))
    known = {article.entry_id: article for article in old.articles} if old else {}
    kept = {
        pk: known[pk]
        for pk, stamp in stamps.items()
        if pk in known and known[pk].stamp == stamp
    }
    if old and len(kept) == len(stamps) == len(known):
        return old
    vocabulary = old.vocabulary if old else Vocabulary()
    fresh = _read([pk for pk in stamps if pk not in kept], stamps, vocabulary)
    return Snapshot([*kept.values(), *fresh], vocabulary)


def _read(
    pks: list[int], stamps: Mapping[int, datetime], vocabulary: Vocabulary
) -> Iterator[Article]:
    for start in range(0, len(pks), BATCH):
        entries = Entry.objects.filter(pk__in=pks[start : start + BATCH])
        for entry in entries.prefetch_related("translations__variants"):
            translations = list(entry.translations.all())
            if translations:
                yield _article(entry, translations, stamps[entry.pk], vocabulary)


def _article(
    entry: Entry, translations: list[Translation], stamp: datetime, words: Vocabulary
) -> Article:
    document = Document(
        questions=tuple(translation.question for translation in translations),
        variants=tuple(
            variant.text
            for translation in translations
            for variant in translation.variants.all()
        ),
        context=(entry.category, *(translation.answer for translation in translations)),
    )
    return Article(
        entry_id=entry.pk,
        ref=entry.ref,
        # The stamp read first, not the entry's: if it changed in between, it is read
        # again the next time.
        stamp=stamp,
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        texts=tuple(
            Text(language=t.language, question=t.question, answer=t.answer)
            for t in translations
        ),
        analysed=analyse(document, words),
    )


class Live:
    """Holds the newest snapshot. One thread rebuilds, the others go on with the old."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._version: Version | None = None
        self._checked = float("-inf")
        self._compared = float("-inf")

    def current(self) -> Snapshot:
        """Raises only where there is no snapshot yet and none can be built."""
        if self._snapshot and monotonic() - self._checked < CHECK_EVERY:
            return self._snapshot
        if not self._lock.acquire(blocking=self._snapshot is None):
            return self._snapshot or self.current()
        try:
            return self._followed()
        finally:
            self._lock.release()

    def forget(self) -> None:
        with self._lock:
            self._snapshot = self._version = None

    def _followed(self) -> Snapshot:
        try:
            snapshot = self._renewed()
        except Exception:
            if self._snapshot is None:
                raise
            logger.exception(
                "ALARM: the knowledge index cannot follow; it stays as is."
            )
            snapshot = self._snapshot
        self._snapshot, self._checked = snapshot, monotonic()
        return snapshot

    def _renewed(self) -> Snapshot:
        # Read before the entries: a change in between is seen by the next look.
        now, seen = monotonic(), version()
        compare = now - self._compared >= COMPARE_EVERY
        if self._snapshot and seen == self._version and not compare:
            return self._snapshot
        snapshot = build(self._snapshot)
        self._version, self._compared = seen, now
        return snapshot


live = Live()
