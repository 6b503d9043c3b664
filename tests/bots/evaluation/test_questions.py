"""Ordinary questions, and which of them count."""

import json
from pathlib import Path

from bots.evaluation import questions


def test_ordinary_questions_are_not_negative() -> None:
    said = questions.ours(["退货行吗", "在不在吗", "where is my order"])

    assert questions.called_negative(said) == 0


def test_complaints_and_swearing_are_not_ordinary(tmp_path: Path) -> None:
    rows = [
        {"text": "track my order", "intent": "track_order", "tags": "BQ"},
        {"text": "i complain", "intent": "complaint", "tags": "B"},
        {"text": "where is my damn order", "intent": "track_order", "tags": "BW"},
    ]
    (tmp_path / "bitext").mkdir()
    file = tmp_path / "bitext" / "eval.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")

    assert questions.read_all(tmp_path) == {"of Bitext (en)": ["track my order"]}


def test_the_share_is_told_by_source(tmp_path: Path) -> None:
    (tmp_path / "ecommerce_faq_en").mkdir()
    file = tmp_path / "ecommerce_faq_en" / "faq.jsonl"
    rows = [{"question": "can i pay by card"}, {"question": "this is awful"}]
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")

    said = list(questions.lines(tmp_path))

    assert said[-1].split() == ["2", "FAQ", "questions", "(en)", "0.500"]
