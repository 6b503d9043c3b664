"""What is measured of slots."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bots.evaluation import slots

_SEARCHES = [
    {"text": "红色长裙", "slots": [[0, 2, "color"], [2, 4, "kind"]]},
    {"text": "黑色短裙", "slots": [[0, 2, "color"], [2, 4, "kind"]]},
    {"text": "长裙蓝色", "slots": [[0, 2, "kind"], [2, 4, "color"]]},
] * 3
_ORDERS = [
    {
        "text": "cancel order 732201349959.",
        "slots": [{"type": "order_id", "start": 13, "end": 25}],
    },
    {"text": "my Gold account", "slots": [{"type": "level", "start": 3, "end": 7}]},
] * 3


@pytest.fixture
def searches(tmp_path: Path) -> Path:
    return _written(tmp_path, _SEARCHES)


def _written(folder: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    for name in ("train", "eval"):
        lines = "\n".join(map(json.dumps, rows))
        (folder / f"{name}.jsonl").write_text(lines, "utf-8")
    return folder


def test_both_ways_to_write_slots_are_read(tmp_path: Path) -> None:
    found = slots.read(_written(tmp_path, _ORDERS) / "train.jsonl")

    assert found[1] == ("my gold account", [(3, 7, "level")])


def test_the_list_finds_the_longest_value_again() -> None:
    find = slots.listed([("长裙", [(0, 2, "kind")]), ("裙", [(0, 1, "kind")])])

    assert find("红长裙裙") == {(1, 3, "kind"), (3, 4, "kind")}


def test_the_tagger_finds_whole_values(tmp_path: Path) -> None:
    find = slots.tagged(slots.read(_written(tmp_path, _ORDERS) / "train.jsonl"))

    assert find("cancel order 732201349959.") == {(13, 25, "order_id")}
    assert find("") == set()


@pytest.mark.django_db
def test_an_order_number_is_found_by_rule() -> None:
    found = slots.order_numbers("please cancel order so100163")

    assert found == {(20, 28, "order_id")}
    assert slots.order_numbers("hello") == set()


def test_rare_values_are_held_out_the_same_each_time() -> None:
    rows = [(f"{at}色", [(0, 2, "color")]) for at in range(9)]

    held = slots.unseen(rows, seed=1)

    assert held == slots.unseen(rows, seed=1)
    assert 0 < len(held) < 9


def test_the_table_has_published_and_measured_rows(searches: Path) -> None:
    said = "\n".join(slots.ecsa(searches))

    assert "BERT-CRF, published" in said
    assert said.count("ours, tagger") == 2


@pytest.mark.django_db
def test_the_english_table_counts_order_numbers_by_rule(tmp_path: Path) -> None:
    said = list(slots.bitext(_written(tmp_path, _ORDERS)))

    assert said[-1].split()[-3:] == ["1.000", "1.000", "1.000"]
