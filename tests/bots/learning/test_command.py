"""`train_understanding` at the terminal."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from bots.dialogue.understand import versions
from bots.models import Correction, TrainedModel

pytestmark = pytest.mark.django_db

LINES = [
    {"text": "send me the pink slip", "language": "en", "intent": "invoice_request"},
    {"text": "我要小票票", "language": "zh", "intent": "invoice_request"},
]


def run(*words: object, **options: object) -> str:
    out = StringIO()
    call_command("train_understanding", *words, stdout=out, **options)
    return out.getvalue()


def written(folder: Path, *lines: object) -> Path:
    file = folder / "corrections.jsonl"
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    file.write_text(text, "utf-8")
    return file


def test_a_file_is_learnt_put_into_use_and_taken_back(
    models: Path, tmp_path: Path
) -> None:
    said = run(written(tmp_path, *LINES))
    name = TrainedModel.objects.get().name

    assert "en: 1 corrections" in said
    assert "zh: 1 corrections" in said
    assert versions.in_use() == ""
    assert name in run(use=name)
    assert versions.in_use() == name
    assert f"* {name}" in run(list=True)
    run(back=True)
    assert versions.in_use() == ""


def test_the_same_file_again_adds_nothing(models: Path, tmp_path: Path) -> None:
    file = written(tmp_path, *LINES)
    run(file)
    run(file)
    assert Correction.objects.count() == len(LINES)


@pytest.mark.parametrize(
    "line",
    [
        {"text": "hello", "language": "en", "intent": "no_such_intent"},
        {"text": "hello", "language": "fr", "intent": "greet"},
        {"text": "", "language": "en", "intent": "greet"},
        {"text": 5, "language": "en", "intent": "greet"},
        {"language": "en", "intent": "greet"},
        ["greet"],
    ],
)
def test_a_bad_line_is_named_and_nothing_is_kept(
    models: Path, tmp_path: Path, line: object
) -> None:
    with pytest.raises(CommandError, match=r"corrections\.jsonl:2"):
        run(written(tmp_path, LINES[0], line))
    assert not Correction.objects.exists()


def test_no_file_and_no_version_is_said_plainly(models: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(tmp_path / "nothing.jsonl")
    with pytest.raises(CommandError, match="understanding-none"):
        run(use="understanding-none")
    with pytest.raises(CommandError, match="outside"):
        run(use="../outside")
    with pytest.raises(CommandError):
        run()
