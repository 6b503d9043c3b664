"""A folder is whole or it is not there."""

from pathlib import Path

import pytest

from kb.encoders.folder import Card, read_card, replace_folder, write_card

CARD = Card(name="one", languages=["en"], dim=3, tokens=4)


def test_a_card_is_read_as_written(tmp_path: Path) -> None:
    write_card(tmp_path, CARD)

    assert read_card(tmp_path) == CARD


def test_no_card_without_a_folder(tmp_path: Path) -> None:
    assert read_card(tmp_path / "none") is None


def test_a_new_folder_replaces_the_old(tmp_path: Path) -> None:
    target = tmp_path / "below" / "it"
    replace_folder(target, lambda folder: (folder / "a").touch())
    replace_folder(target, lambda folder: (folder / "b").touch())

    assert [path.name for path in target.iterdir()] == ["b"]
    assert list(target.parent.iterdir()) == [target]


def test_a_failure_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "it"
    replace_folder(target, lambda folder: write_card(folder, CARD))

    def fail(folder: Path) -> None:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        replace_folder(target, fail)
    assert read_card(target) == CARD
    assert list(tmp_path.iterdir()) == [target]
