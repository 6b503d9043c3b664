"""A small understanding that is trained in a moment, in a folder of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from bots.dialogue.understand import store, versions

FEW = ("greet", "order_status", "return_request", "invoice_request")
_lines = store.lines


@pytest.fixture
def models(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.MODELS_DIR = tmp_path / "models"
    monkeypatch.setattr(store, "_loaded", {})
    monkeypatch.setattr(versions, "_seen", [])
    monkeypatch.setattr(store, "encoder_for", lambda _: None)
    monkeypatch.setattr(
        store, "lines", lambda code: [one for one in _lines(code) if one[0] in FEW]
    )
    return tmp_path / "models"
