"""The classifiers are trained once, and kept."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from bots.dialogue.understand import store


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.MODELS_DIR = tmp_path / "models"
    monkeypatch.setattr(store, "_loaded", {})
    monkeypatch.setattr(store, "phrases", lambda code: _few(store_phrases, code))
    monkeypatch.setattr(store, "encoder_for", lambda _: None)
    return tmp_path / "models"


store_phrases = store.phrases


def _few(source: Any, code: str) -> list[tuple[str, str]]:
    wanted = ("greet", "order_status", "return_request")
    return [pair for pair in source(code) if pair[0] in wanted]


def test_it_is_trained_and_written_whole(folder: Path) -> None:
    model = store.load()

    assert model.read("where is my order").label == "order_status"
    assert model.read("我的订单到哪了").label == "order_status"
    assert [file.suffix for file in folder.iterdir()] == [".joblib"] * 2


def test_it_is_read_the_second_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = store.load().read("i want to return it")
    monkeypatch.setattr(store, "_loaded", {})
    monkeypatch.setattr(store, "_train", None)

    assert store.load().read("i want to return it") == first


@pytest.mark.parametrize("broken", [b"", b"\x80\x04garbage", b"not a model"])
def test_a_broken_file_is_trained_anew(folder: Path, broken: bytes) -> None:
    store.load()
    file = next(folder.glob("intents-en-*"))
    file.write_bytes(broken)
    store._loaded.clear()

    assert store.load().read("hello").label == "greet"
    assert len(file.read_bytes()) > len(broken)


def test_the_name_changes_with_the_phrases(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store._path("en", None)
    monkeypatch.setattr(store, "_files", lambda _: [Path(__file__)])

    assert store._path("en", None) != before
