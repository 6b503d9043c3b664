"""The commands as a shell sees them."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kb.models import Entry
from tests.kb.gold import FAQS
from tests.kb.made import faq

pytestmark = pytest.mark.django_db


def run(*args: str, **options: Any) -> list[str]:
    out = io.StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue().splitlines()


def ask(monkeypatch: pytest.MonkeyPatch, *lines: bytes) -> list[dict[str, Any]]:
    stdin = io.TextIOWrapper(io.BytesIO(b"\n".join(lines) + b"\n"), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", stdin)
    return [json.loads(line) for line in run("search_faqs", "--jsonl")]


def test_import_counts_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import_faqs", str(FAQS)) == ["faqs: 80", "translations: 160"]
    # No bar without a terminal.
    assert capsys.readouterr().err == ""


def test_import_names_bad_lines_and_exits_1(tmp_path: Path) -> None:
    path = tmp_path / "faqs.csv"
    path.write_text("ref,language,question,answer,status\nF1,en,q,,draft\n", "utf-8")
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_faqs", str(path), stdout=out)
    assert ended.value.code == 1
    assert out.getvalue().splitlines() == [
        "faqs: 0",
        "translations: 0",
        f"{path}:2: empty answer",
    ]


@pytest.mark.parametrize("command", ["import_faqs", "export_faqs"])
@pytest.mark.parametrize("name", ["faqs.xlsx", "absent/faqs.csv"])
def test_a_file_that_cannot_be_is_refused(
    tmp_path: Path, command: str, name: str
) -> None:
    with pytest.raises(CommandError, match="faqs"):
        call_command(command, str(tmp_path / name))


def test_export_says_how_many(tmp_path: Path) -> None:
    faq()
    assert run("export_faqs", str(tmp_path / "out.jsonl")) == ["translations: 1"]


def test_search_answers_each_line_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    faq("How much is shipping?", ref="ship")
    asked = json.dumps({"query": "how much is shipping", "language": "en", "limit": 1})
    good, empty = ask(monkeypatch, asked.encode(), b'{"query": ""}')
    assert good["answerable"] is True
    assert [hit["ref"] for hit in good["hits"]] == ["ship"]
    assert set(good["hits"][0]) == {"ref", "question", "score"}
    assert 0 <= good["confidence"] <= 1
    assert empty == {"hits": [], "answerable": False, "confidence": 0.0}


def test_a_line_that_is_not_valid_gets_an_error_and_the_run_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad = [
        b"oops",
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"query": 7}',
        b'{"query": "a", "language": 7}',
        b'{"query": "a", "limit": "3"}',
        b'{"query": "a", "limit": 0}',
        b'{"query": "a", "limit": true}',
        b"[" * 100_000,
    ]
    *errors, last = ask(monkeypatch, *bad, b'{"query": "hello"}')
    assert len(errors) == len(bad)
    assert all(set(line) == {"error"} and line["error"] for line in errors)
    assert last["answerable"] is False


def test_a_person_is_answered_in_words() -> None:
    faq("How much is shipping?", ref="ship")
    verdict, hit = run("search_faqs", "how much is shipping")
    assert verdict.startswith("answerable, confidence ")
    assert "ship  How much is shipping?" in hit


def test_searching_changes_nothing() -> None:
    faq()
    before = list(Entry.objects.values())
    run("search_faqs", "anything?")
    assert list(Entry.objects.values()) == before
