"""Each language has its own encoder or none, and none is no trouble."""

import logging
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from kb.encoders import encoder_for
from kb.encoders.folder import CARD


@pytest.fixture(autouse=True)
def no_models(settings: Settings, tmp_path: Path) -> None:
    settings.MODELS_DIR = tmp_path
    settings.EMBEDDING_MODEL = ""


def test_a_language_is_read_by_its_own(settings: Settings, trained: Path) -> None:
    settings.MODELS_DIR = trained.parent
    encoder = encoder_for("zh-Hans")

    assert encoder
    assert encoder.languages == {"zh"}
    assert encoder_for("zh") is encoder
    assert encoder_for("en") is None


def test_none_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert [encoder_for("en"), encoder_for("en-GB")] == [None, None]

    assert len(caplog.records) == 1
    assert "install_encoder" in caplog.text


@pytest.mark.parametrize("language", ["", "zh", "fr", "../x", "x/y"])
def test_others_are_missing_quietly(
    language: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert encoder_for(language) is None
    assert not caplog.records


def test_a_broken_one_is_named_and_left(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "encoder-en"
    folder.mkdir()
    (folder / CARD).write_text("{}")

    assert encoder_for("en") is None
    assert "cannot be loaded" in caplog.text


def test_a_model_of_the_settings_replaces_all(
    settings: Settings, plugged: Path
) -> None:
    settings.EMBEDDING_MODEL = str(plugged)
    encoder = encoder_for("en")

    assert encoder
    assert encoder.encode(["hello"]).shape == (1, encoder.dim)
    assert encoder_for("zh") is encoder


def test_a_missing_model_is_named_and_left(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMBEDDING_MODEL = str(tmp_path / "gone")

    assert encoder_for("en") is None
    assert "gone" in caplog.text
