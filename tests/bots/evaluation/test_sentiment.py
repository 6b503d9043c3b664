"""What is measured of sentiment."""

import csv
import json
from pathlib import Path

import pytest

from bots.evaluation import sentiment


@pytest.fixture(autouse=True)
def _few_phrases(monkeypatch: pytest.MonkeyPatch) -> None:
    few = [("order_status", "where is my order"), ("complaint", "awful service")]
    monkeypatch.setattr(sentiment, "phrases", lambda _: few)


def test_tweets_have_a_row_a_system(tmp_path: Path) -> None:
    told = [("awful service", "negative"), ("great job", "positive"), ("hi", "neutral")]
    file = tmp_path / "set" / "train.jsonl"
    file.parent.mkdir()
    lines = [json.dumps({"text": text, "sentiment": said}) for text, said in told * 20]
    file.write_text("\n".join(lines), "utf-8")

    said = list(sentiment.tweets(file))

    assert [line.split()[-4] for line in said[-3:]] == ["1.000"] * 3
    assert [line.split()[-2] for line in said[-3:]] == ["0.000"] * 3


def test_reviews_are_good_or_bad(tmp_path: Path) -> None:
    file = tmp_path / "set" / "train.csv"
    file.parent.mkdir()
    told = [("书", "1", "很好，很满意"), ("书", "0", "太差了，垃圾")]
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("cat", "label", "review"), *told * 20])

    said = list(sentiment.reviews(file))

    assert said[0].startswith("36 to train on, 4 to test")
    assert [line.split()[-4] for line in said[-3:]] == ["1.000"] * 3
