"""Pairs mean the same, and what stands beside them does not."""

from pathlib import Path

import pytest

from kb.encoders.training.pairs import BadLineError, make_pairs, read_groups
from tests.kb.encoders.conftest import GROUPS


def test_pairs_are_of_one_group() -> None:
    owner = {text: at for at, group in enumerate(GROUPS) for text in group}
    pairs = make_pairs(GROUPS, seed=1)

    assert {pair.text for pair in pairs} == set(owner)
    assert all(owner[pair.text] == owner[pair.same] == pair.group for pair in pairs)
    assert all(pair.text != pair.same for pair in pairs)


def test_a_contrast_looks_alike_and_is_of_another_group() -> None:
    owner = {text: at for at, group in enumerate(GROUPS) for text in group}

    for pair in make_pairs(GROUPS, seed=1):
        assert owner[pair.other] != pair.group
        assert set(pair.other) & set(pair.text)


def test_a_seed_gives_the_same_pairs() -> None:
    assert make_pairs(GROUPS, seed=1) == make_pairs(GROUPS, seed=1)
    assert make_pairs(GROUPS, seed=1) != make_pairs(GROUPS, seed=2)


def test_a_text_alone_makes_no_pair() -> None:
    assert make_pairs([["在吗"], ["你好", "你好"], []], seed=1) == []


def test_groups_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text('{"texts": [" 在吗 ", "有人吗", ""]}\n\n', "utf-8")

    assert list(read_groups(path)) == [["在吗", "有人吗"]]


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"texts": 1}', '{"texts": [1]}'])
def test_a_bad_line_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(f'{{"texts": ["a", "b"]}}\n{line}\n', "utf-8")

    with pytest.raises(BadLineError, match=f"{path}:2: "):
        list(read_groups(path))
