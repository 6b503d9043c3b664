"""Which tables there are: one a set that lies in the folder."""

import json
from pathlib import Path

from bots.evaluation.public import tables


def test_an_empty_folder_has_no_tables(tmp_path: Path) -> None:
    assert tables(tmp_path, tmp_path) == {}


def test_a_set_without_one_of_its_parts_has_none(tmp_path: Path) -> None:
    (tmp_path / "clinc150").mkdir()
    (tmp_path / "clinc150" / "train.jsonl").write_text("")

    assert "clinc150" not in tables(tmp_path, tmp_path)


def test_searches_are_slots_and_ordinary_questions(tmp_path: Path) -> None:
    (tmp_path / "zh_slots_ecsa").mkdir()
    row = json.dumps({"text": "红裙", "slots": [[0, 1, "color"]]})
    for name in ("train", "eval"):
        (tmp_path / "zh_slots_ecsa" / f"{name}.jsonl").write_text(row)

    assert set(tables(tmp_path, tmp_path)) == {"zh_slots_ecsa", "shop_questions"}


def test_a_line_may_hold_marks_that_end_lines_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "ecommerce_faq_en").mkdir()
    line = json.dumps({"question": "open\u0085late\u2028today"}, ensure_ascii=False)
    (tmp_path / "ecommerce_faq_en" / "faq.jsonl").write_text(line, "utf-8")

    said = list(tables(tmp_path, tmp_path)["shop_questions"]())

    assert said[-1].startswith("1 FAQ questions")
