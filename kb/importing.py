"""FAQ files into the database: again and again, with the same result."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import transaction

from kb.models import Entry, Translation, Variant
from kb.reading import Line, UnreadableError, read
from kb.rows import About, Row, clean

BATCH = 500


@dataclass(kw_only=True)
class Report:
    faqs: int = 0
    translations: int = 0
    # Line number and reason.
    rejected: list[tuple[int, str]] = field(default_factory=list)


@dataclass(kw_only=True)
class Survey:
    """What a first reading of the file tells: of several lines the last one counts."""

    last: dict[tuple[str, str], int] = field(default_factory=dict)
    about: dict[str, About] = field(default_factory=dict)

    def counts(self, line: Line) -> bool:
        return line.row is not None and (
            self.last[line.row.ref, line.row.language] == line.number
        )


def import_faqs(path: Path, advance: Callable[[int], None] = lambda _: None) -> Report:
    """Take every good line. A file read twice changes nothing the second time."""
    survey, report = Survey(), Report()
    try:
        for line in read(path):
            if line.row is None:
                report.rejected.append((line.number, line.reason))
                continue
            survey.last[line.row.ref, line.row.language] = line.number
            survey.about[line.row.ref] = line.row.about
    except UnreadableError as error:
        report.rejected.append((1, str(error)))
        return report
    report.faqs, report.translations = len(survey.about), len(survey.last)
    rows = (line.row for line in read(path, advance) if survey.counts(line))
    for batch in _batches(row for row in rows if row is not None):
        with transaction.atomic():
            _store(batch, survey.about)
    return report


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _store(rows: list[Row], about: Mapping[str, About]) -> None:
    entries = _entries({row.ref for row in rows}, about)
    known = {
        (translation.entry_id, translation.language): translation
        for translation in Translation.objects.filter(
            entry__in=entries.values()
        ).prefetch_related("variants")
    }
    fresh = []
    for row in rows:
        entry = entries[row.ref]
        translation = known.get((entry.pk, row.language))
        if translation is None:
            fresh.append((Translation(entry=entry, **_words(row)), row))
        else:
            _update(translation, row)
    _add(fresh)


def _entries(refs: set[str], about: Mapping[str, About]) -> dict[str, Entry]:
    """The entries of these refs as `about` says, made where they are missing."""
    entries = {entry.ref: entry for entry in Entry.objects.filter(ref__in=refs)}
    for ref, entry in entries.items():
        if any(
            getattr(entry, name) != value for name, value in vars(about[ref]).items()
        ):
            for name, value in vars(about[ref]).items():
                setattr(entry, name, value)
            entry.save()
    missing = sorted(refs - entries.keys())
    Entry.objects.bulk_create(Entry(ref=ref, **vars(about[ref])) for ref in missing)
    made = Entry.objects.filter(ref__in=missing)
    return {**entries, **{entry.ref: entry for entry in made}}


def _words(row: Row) -> dict[str, str]:
    return {
        "language": row.language,
        "question": row.question,
        "answer": row.answer,
    }


def _update(translation: Translation, row: Row) -> None:
    before = (clean(translation.question), clean(translation.answer))
    if before != (row.question, row.answer):
        translation.question, translation.answer = row.question, row.answer
        translation.save()
    # Order is not part of what a file means, but kept: the first variant leads.
    texts = tuple(clean(variant.text) for variant in translation.variants.all())
    if texts != row.variants:
        translation.ask_also(list(row.variants))


def _add(fresh: list[tuple[Translation, Row]]) -> None:
    Translation.objects.bulk_create(translation for translation, _ in fresh)
    Variant.objects.bulk_create(
        Variant(translation=translation, text=text)
        for translation, row in fresh
        for text in row.variants
    )
    Entry.objects.filter(pk__in={t.entry_id for t, _ in fresh}).touch()
