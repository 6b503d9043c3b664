"""Whatever changes below an entry is seen on the entry."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from kb.models import Entry, Translation, Variant
from tests.kb.made import faq

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def aged() -> Entry:
    entry = faq(variants=("postage",))
    Entry.objects.update(updated_at=LONG_AGO)
    return entry


def touched(entry: Entry) -> bool:
    entry.refresh_from_db()
    return entry.updated_at > LONG_AGO


def test_saving_a_translation_touches_its_entry() -> None:
    entry = aged()
    Translation.objects.get().save()
    assert touched(entry)


def test_saving_a_variant_touches_its_entry() -> None:
    entry = aged()
    Variant.objects.get().save()
    assert touched(entry)


@pytest.mark.parametrize("model", [Translation, Variant])
def test_deleting_touches_the_entry(model: type[Translation] | type[Variant]) -> None:
    entry = aged()
    model.objects.get().delete()
    assert touched(entry)


def test_the_same_variants_change_nothing() -> None:
    entry = aged()
    Translation.objects.get().ask_also(["postage"])
    assert not touched(entry)


def test_variants_may_trade_places_and_keep_their_rows() -> None:
    faq(variants=("one", "two"))
    translation = Translation.objects.get()
    ids = [variant.pk for variant in translation.variants.all()]
    translation.ask_also(["two", "one", "three"])
    texts = [(variant.pk, variant.text) for variant in translation.variants.all()]
    assert texts[:2] == [(ids[0], "two"), (ids[1], "one")]
    assert texts[2][1] == "three"


def test_a_variant_with_the_separator_is_refused_and_nothing_changes() -> None:
    faq(variants=("one",))
    translation = Translation.objects.get()
    with pytest.raises(ValidationError):
        translation.ask_also(["two", "a|b"])
    with pytest.raises(ValidationError):
        Variant(translation=translation, text="a|b").save()
    assert [variant.text for variant in Variant.objects.all()] == ["one"]


def test_become_counts_only_what_changed_and_stamps_it() -> None:
    entry = aged()
    faq(status=Entry.Status.ARCHIVED)
    assert Entry.objects.all().become(Entry.Status.ARCHIVED) == 1
    assert touched(entry)


def test_in_force_is_published_and_in_time() -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    day = timedelta(days=1)
    kept = [
        faq(),
        faq(valid_from=at, valid_to=at + day),
    ]
    faq(valid_from=at + day)
    faq(valid_to=at)
    faq(status=Entry.Status.DRAFT)
    assert list(Entry.objects.in_force(at)) == kept
