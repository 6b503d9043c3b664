"""What is exported can be imported, and is then the same."""

from pathlib import Path

import pytest

from kb.exporting import export_faqs
from kb.importing import import_faqs
from kb.models import Entry, Translation, Variant
from tests.kb.gold import FAQS
from tests.kb.made import broken, faq, say

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["out.csv", "out.jsonl"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    out: Path = tmp_path / request.param
    return out


def contents() -> list[object]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Entry, Translation, Variant)
    ]


def test_import_after_export_changes_nothing(path: Path) -> None:
    import_faqs(FAQS)
    before = contents()
    assert export_faqs(path) == 160
    assert not import_faqs(path).rejected
    assert contents() == before


def test_a_new_shop_exports_the_same_bytes(path: Path) -> None:
    import_faqs(FAQS)
    export_faqs(path)
    first = path.read_bytes()
    Entry.objects.all().delete()
    import_faqs(path)
    export_faqs(path)
    assert path.read_bytes() == first
    assert first.count(b"\n") >= 160


def test_words_as_a_form_sends_them_survive(path: Path) -> None:
    entry = faq(
        ' "What,\r\nnow?" ', "One\r\ntwo\n", variants=("a, b",), language="en-GB"
    )
    say(entry, "ok", "后来", language="zh")
    before = contents()
    export_faqs(path)
    first = path.read_bytes()
    assert not import_faqs(path).rejected
    assert contents() == before
    export_faqs(path)
    assert path.read_bytes() == first


def test_rows_stand_by_ref_and_language(path: Path) -> None:
    say(faq(ref="b", language="zh"), "?", language="en")
    faq(ref="B")
    export_faqs(path)
    text = path.read_text("utf-8")
    assert text.index("B") < text.index("en", text.index("b")) < text.index("zh")


def test_nothing_is_exported_as_nothing(path: Path) -> None:
    assert export_faqs(path) == 0
    assert path.read_text("utf-8").count("\n") <= 1


def test_a_failure_half_way_leaves_the_old_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faq()
    path.write_text("old", "utf-8")
    monkeypatch.setattr("kb.exporting._row", broken)
    with pytest.raises(ZeroDivisionError):
        export_faqs(path)
    assert path.read_text("utf-8") == "old"
    assert list(path.parent.iterdir()) == [path]
