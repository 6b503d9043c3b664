"""The packaged encoder is checked, exported once, and used if it is there."""

import io
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from kb.encoders import encoder_for, packaged
from kb.encoders.folder import read_card
from kb.encoders.install import CARD, TOKENS

COMMAND = "kb.management.commands.install_encoder"
installed = pytest.mark.skipif(
    packaged.packaged() is None, reason="its package is not installed"
)


@pytest.fixture(autouse=True)
def target(settings: Settings, tmp_path: Path) -> Path:
    settings.MODELS_DIR = tmp_path
    settings.EMBEDDING_MODEL = ""
    return tmp_path / "encoder-en"


def run() -> str:
    out = io.StringIO()
    call_command("install_encoder", stdout=out)
    return out.getvalue()


def test_a_model_is_exported_once(
    monkeypatch: pytest.MonkeyPatch, plugged: Path, target: Path
) -> None:
    monkeypatch.setattr(f"{COMMAND}.packaged", lambda: plugged)
    first = run()
    stamp = (target / "model.onnx").stat().st_mtime_ns
    second = run()

    assert first.endswith(second)
    assert read_card(target) == CARD
    assert (target / "model.onnx").stat().st_mtime_ns == stamp


def test_what_is_exported_can_be_run(
    monkeypatch: pytest.MonkeyPatch, plugged: Path
) -> None:
    monkeypatch.setattr(f"{COMMAND}.packaged", lambda: plugged)
    run()
    encoder = encoder_for("en")

    assert encoder
    assert encoder.encode(["hello", "x " * 9 * TOKENS]).shape == (2, 384)


def test_without_the_package_nothing_is_made(
    monkeypatch: pytest.MonkeyPatch, target: Path
) -> None:
    monkeypatch.setattr("kb.encoders.packaged.PACKAGE", "no_such_package")

    assert "not installed" in run()
    assert not target.exists()


@installed
def test_other_weights_are_refused(
    monkeypatch: pytest.MonkeyPatch, target: Path
) -> None:
    monkeypatch.setattr("kb.encoders.packaged.SHA256", "0" * 64)

    with pytest.raises(CommandError, match="not the published"):
        run()
    assert not target.exists()


def test_near_meanings_are_near(settings: Settings) -> None:
    settings.MODELS_DIR = settings.VAR_DIR / "models"
    encoder = encoder_for("en")
    if encoder is None:
        pytest.skip("the English encoder is not installed")
    asked, same, other = encoder.encode(
        ["where is my parcel", "my package has not come", "can I pay by card"]
    )

    assert np.dot(asked, same) > np.dot(asked, other) + 0.2
