"""Shops bring files of every quality; what is good goes in, what is bad is named."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kb.importing import Report, import_faqs
from kb.models import Entry, Translation, Variant
from tests.kb.files import GOOD, as_csv, as_jsonl, row
from tests.kb.gold import FAQS

pytestmark = pytest.mark.django_db

Bring = Callable[..., Report]


@pytest.fixture
def bring(tmp_path: Path) -> Bring:
    def bring(content: bytes, name: str = "faqs.csv") -> Report:
        path = tmp_path / name
        path.write_bytes(content)
        return import_faqs(path)

    return bring


def contents() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Entry, Translation, Variant)
    ]


class TestGoodFiles:
    def test_the_demo_shop_comes_in_whole(self) -> None:
        report = import_faqs(FAQS)
        assert not report.rejected
        assert (report.faqs, report.translations) == (80, 160)
        assert Variant.objects.count() > 500

    def test_twice_is_once(self) -> None:
        import_faqs(FAQS)
        before = contents()
        import_faqs(FAQS)
        assert contents() == before
        assert before[0]

    @pytest.mark.parametrize("name", ["faqs.csv", "faqs.CSV", "faqs.jsonl"])
    @pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
    def test_both_formats_with_and_without_a_byte_order_mark(
        self, bring: Bring, name: str, mark: bytes
    ) -> None:
        made = as_jsonl if name.endswith("jsonl") else as_csv
        assert not bring(mark + made(GOOD), name).rejected
        assert Translation.objects.get().question == GOOD["question"]
        assert [v.text for v in Variant.objects.all()] == ["postage", "delivery fee"]

    @pytest.mark.parametrize(
        ("category", "kept"),
        [
            ({"zh": "运费", "en": "shipping"}, "shipping"),
            ({"zh": "", "fr": "envoi"}, "envoi"),
            ({}, ""),
        ],
    )
    def test_of_a_category_in_languages_one_is_kept(
        self, bring: Bring, category: dict[str, str], kept: str
    ) -> None:
        assert not bring(as_jsonl(row(category=category)), "f.jsonl").rejected
        assert Entry.objects.get().category == kept

    def test_variants_may_be_a_list_in_json(self, bring: Bring) -> None:
        assert not bring(as_jsonl(row(variants=["a", "b", "a"])), "f.jsonl").rejected
        assert [variant.text for variant in Variant.objects.all()] == ["a", "b"]

    def test_cells_may_hold_lines_commas_and_quotes(self, bring: Bring) -> None:
        answer = 'First,\n"second",\n\nlast.'
        bring(as_csv(row(answer=answer), row(ref="F2")))
        assert Translation.objects.get(entry__ref="F1").answer == answer
        assert Entry.objects.count() == 2

    def test_columns_may_stand_in_any_order_and_some_be_missing(
        self, bring: Bring
    ) -> None:
        text = "status,answer,question,Language,ref\ndraft,Yes.,Wrap?,en,F1\n"
        assert not bring(text.encode()).rejected
        assert Entry.objects.get().status == "draft"

    def test_dates_are_the_shops_and_moments_keep_their_zone(
        self, bring: Bring
    ) -> None:
        bring(as_csv(row(valid_from="2026-11-20", valid_to="2026-12-20T08:00:00Z")))
        entry = Entry.objects.get()
        assert entry.valid_from == datetime(2026, 11, 19, 16, tzinfo=UTC)
        assert entry.valid_to == datetime(2026, 12, 20, 8, tzinfo=UTC)

    def test_an_empty_line_is_no_line(self, bring: Bring) -> None:
        assert not bring(as_csv(GOOD) + b"\n\n").rejected
        assert not bring(b"\n" + as_jsonl(GOOD) + b" \n", "f.jsonl").rejected


class TestChanges:
    def test_what_changed_is_updated_in_its_row(self, bring: Bring) -> None:
        bring(as_csv(GOOD))
        before = Translation.objects.get().pk
        stamp = Entry.objects.get().updated_at
        bring(as_csv(row(answer="Free from ¥49.", variants="delivery fee|postage")))
        translation = Translation.objects.get()
        assert (translation.pk, translation.answer) == (before, "Free from ¥49.")
        assert [v.text for v in translation.variants.all()] == [
            "delivery fee",
            "postage",
        ]
        assert Entry.objects.get().updated_at > stamp

    def test_a_language_not_in_the_file_stays(self, bring: Bring) -> None:
        bring(as_csv(GOOD, row(language="zh", question="运费怎么算？")))
        bring(as_csv(GOOD))
        assert Translation.objects.count() == 2

    def test_of_the_same_ref_and_language_the_later_line_wins(
        self, bring: Bring
    ) -> None:
        content = as_csv(GOOD, row(question="What is postage?"))
        assert not bring(content).rejected
        assert Translation.objects.get().question == "What is postage?"
        before = contents()
        bring(content)
        assert contents() == before

    def test_where_languages_differ_the_later_line_says_what_holds(
        self, bring: Bring, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kb.importing.BATCH", 1)
        content = as_csv(
            GOOD, row(language="zh", status="draft", valid_to="2026-12-20")
        )
        assert not bring(content).rejected
        assert Entry.objects.get().status == "draft"
        assert Entry.objects.get().valid_to is not None
        before = contents()
        bring(content)
        assert contents() == before


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "status": ({"status": "live"}, "unknown status 'live'"),
    "no status": ({"status": ""}, "empty status"),
    "question": ({"question": "  "}, "empty question"),
    "answer": ({"answer": ""}, "empty answer"),
    "ref": ({"ref": ""}, "empty ref"),
    "language": ({"language": "chinese!"}, "bad language tag"),
    "underscore": ({"language": "zh_CN"}, "bad language tag"),
    "from": ({"valid_from": "20.11.2026"}, "bad date in valid_from"),
    "to": ({"valid_to": "2026-02-30"}, "bad date in valid_to"),
    "far": ({"valid_to": "0001-01-01T00:00:00+14:00"}, "bad date in valid_to"),
    "order": ({"valid_from": "2026-12-01", "valid_to": "2026-11-01"}, "bad date"),
    "long ref": ({"ref": "F" * 65}, "ref is longer than 64"),
    "long question": ({"question": "q" * 501}, "question is longer than 500"),
    "long variant": ({"variants": "ok|" + "v" * 501}, "a variant is longer than 500"),
    "long category": ({"category": "c" * 65}, "category is longer than 64"),
    "huge": ({"answer": "a" * 1_000_000}, "answer is longer than"),
    "nul": ({"answer": "a\0b"}, "answer holds a NUL"),
}


class TestBadLines:
    @pytest.mark.parametrize("case", BAD)
    @pytest.mark.parametrize("name", ["faqs.csv", "faqs.jsonl"])
    def test_a_bad_line_is_named_and_the_others_come_in(
        self, bring: Bring, case: str, name: str
    ) -> None:
        cells, reason = BAD[case]
        made, number = (as_csv, 3) if name.endswith("csv") else (as_jsonl, 2)
        report = bring(made(row(ref="A"), row(**cells), row(ref="C")), name)
        assert [found for found, _ in report.rejected] == [number]
        assert reason in report.rejected[0][1]
        assert [entry.ref for entry in Entry.objects.all()] == ["A", "C"]

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b"{oops", "not JSON"),
            (b"[1, 2]", "not a JSON object"),
            (b"[" * 100_000, "not JSON"),
            (b'{"ref": 7}', "ref is not text"),
            (b'{"category": {"en": 7}}', "category is not text"),
            (b'{"ref": "F7", "language": "en"}', "missing column question"),
            (b'{"ref": "\\ud800"}', "not valid Unicode"),
            (b"\xff\xfe", "not UTF-8"),
            (as_jsonl(row(variants=["a|b"])).strip(), "a variant holds “|”"),
        ],
    )
    def test_bad_json(self, bring: Bring, line: bytes, reason: str) -> None:
        content = as_jsonl(row(ref="A")) + line + b"\n" + as_jsonl(row(ref="C"))
        report = bring(content, "faqs.jsonl")
        assert [found for found, _ in report.rejected] == [2]
        assert reason in report.rejected[0][1]
        assert [entry.ref for entry in Entry.objects.all()] == ["A", "C"]

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b'F9,en,x,"never closed,,a,draft,,', "broken quotes"),
            (b'F9,en,x,"a"b,,a,draft,,', "broken quotes"),
            (b"F9,en,x,caf\xe9,,a,draft,,", "not UTF-8"),
            (b"F9,en,x,q,,a,draft,,,too,many", "11 cells, but 9 columns"),
            (b"F9,en", "missing column question"),
            (b"x" * 5_000_000, "line is too long"),
        ],
    )
    def test_a_broken_csv_line_costs_only_itself(
        self, bring: Bring, line: bytes, reason: str
    ) -> None:
        after = as_csv(row(ref="C", answer='Say "hi".'), row(ref="D"))
        content = as_csv(row(ref="A")) + line + b"\n" + after.split(b"\n", 1)[1]
        report = bring(content)
        assert report.rejected == [(3, report.rejected[0][1])]
        assert reason in report.rejected[0][1]
        assert [entry.ref for entry in Entry.objects.all()] == ["A", "C", "D"]

    def test_every_line_broken_ends_in_bounded_time(self, bring: Bring) -> None:
        content = as_csv() + b'F9,en,x,"open,,a,draft,,\n' * 2_001
        assert len(bring(content).rejected) == 2_001

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "the file is empty"),
            (b"ref,language,question\nF1,en,q\n", "missing column answer, status"),
            (b"\xff\xfer\0e\0f\0", "not UTF-8"),
        ],
    )
    def test_a_file_without_a_usable_first_line_is_refused(
        self, bring: Bring, content: bytes, reason: str
    ) -> None:
        assert bring(content).rejected == [(1, reason)]
        assert not Entry.objects.exists()
