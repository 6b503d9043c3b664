"""The commands: figures, floors and files from labelled messages."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db

_LINES = [
    {"text": "hello there", "intents": ["greet"], "language": "en"},
    {
        "text": "where is my order SO100163",
        "intents": ["order_status"],
        "language": "en",
    },
    {"text": "i want to talk to a human", "intents": ["human_agent"], "language": "en"},
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(map(json.dumps, _LINES)))
    return file


def _evaluate(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("evaluate_understanding", str(file), *options, stdout=out)
    return out.getvalue()


def test_the_figures_are_printed_by_language(gold: Path) -> None:
    said = _evaluate(gold)

    assert "\nen\n" in said
    assert "accuracy" in said
    assert "order_status" in said


def test_a_floor_that_is_missed_fails(gold: Path) -> None:
    assert _evaluate(gold, "--floor", "accuracy=0.5")
    with pytest.raises(CommandError, match="messages is 3"):
        _evaluate(gold, "--floor", "en.messages=4")


def test_the_plots_are_written(gold: Path, tmp_path: Path) -> None:
    _evaluate(gold, "--plots", str(tmp_path / "plots"))

    names = sorted(file.name for file in (tmp_path / "plots").iterdir())
    assert names == ["confusion-en.png", "coverage-en.png", "reliability-en.png"]


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text('{"intents": ["greet"]}\n')

    with pytest.raises(CommandError, match=r"broken\.jsonl:1"):
        _evaluate(file)


def test_a_set_is_measured_beside_a_plain_system(tmp_path: Path) -> None:
    folder = tmp_path / "bitext"
    folder.mkdir()
    rows = [
        json.dumps({"text": f"{verb} my {thing}", "intent": verb})
        for verb in ("cancel", "track", "return")
        for thing in ["order", "parcel", "purchase", "shoes", "lamp", "coat"]
    ]
    for name in ("train", "eval"):
        (folder / f"{name}.jsonl").write_text("\n".join(rows))
    out = StringIO()

    call_command("benchmark_public", str(tmp_path), "--only", "bitext", stdout=out)

    assert "TF-IDF SVM" in out.getvalue()
    assert "ours" in out.getvalue()


def test_a_set_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="none"):
        call_command("benchmark_public", str(tmp_path), stdout=StringIO())
