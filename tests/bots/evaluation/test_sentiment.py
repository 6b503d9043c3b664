"""What is measured of sentiment."""

import csv
import json
from pathlib import Path

from bots.evaluation import sentiment


def test_ordinary_questions_are_not_negative() -> None:
    assert sentiment.ordinary(["退货行吗", "在不在吗", "where is my order"]) == 0


def test_a_set_gives_a_row_of_ours_and_one_of_the_baseline(tmp_path: Path) -> None:
    folder = tmp_path / "en_customer_sentiment"
    folder.mkdir()
    told = [("awful service", "negative"), ("great job", "positive"), ("hi", "neutral")]
    lines = [json.dumps({"text": text, "sentiment": said}) for text, said in told * 10]
    (folder / "train.jsonl").write_text("\n".join(lines), "utf-8")

    rows = sentiment.run(tmp_path)

    assert [row[0] for row in rows] == ["en_customer_sentiment"] * 2
    assert "accuracy 100.0" in rows[0][2]


def test_reviews_are_read(tmp_path: Path) -> None:
    with (tmp_path / "train.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("cat", "label", "review"), ("书", "1", "好")])

    assert sentiment.reviews(tmp_path) == [("好", "positive")]


def test_a_folder_without_the_sets_gives_no_rows(tmp_path: Path) -> None:
    assert sentiment.run(tmp_path) == []
