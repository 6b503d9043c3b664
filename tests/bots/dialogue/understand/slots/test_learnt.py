"""Products and reasons are found where the phrases teach that they stand."""

from pathlib import Path

import pytest
from pytest_django import Settings

from bots.dialogue.understand import store
from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.slots import extract, learnt
from tests.bots.dialogue.understand.said import AT

pytestmark = pytest.mark.django_db

_FEW = [
    *[("return_request", f"[{w}](product) [broke](reason)") for w in ("mug", "pot")],
    *[("return_request", f"return the [{w}](product)") for w in ("mug", "pot")],
]


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.MODELS_DIR = tmp_path / "models"
    monkeypatch.setattr(learnt, "_loaded", {})
    monkeypatch.setattr(store, "lines", lambda _: _FEW)
    return tmp_path / "models"


@pytest.mark.parametrize(
    ("text", "intent", "reason"),
    [
        ("鞋子小了换44的", "exchange_request", "小了"),
        ("the drill is faulty, send me a new one", "exchange_request", "is faulty"),
        ("refund it because the box was wet", "return_request", "the box was wet"),
        ("取消订单", "order_cancel", None),
    ],
)
def test_a_reason_stands_without_the_thing_it_tells_of(
    text: str, intent: str, reason: str | None
) -> None:
    assert extract(read(text), frozenset({intent}), "", AT).get("reason") == reason


def test_a_complaint_beside_a_wish_hides_no_reason() -> None:
    wishes = frozenset({"complaint", "return_request"})

    told = extract(read("我要退货，太大了，你们真差劲"), wishes, "", AT)

    assert told["reason"] == "太大了"


@pytest.mark.parametrize(("expecting", "reason"), [("confirm", "不好用"), ("", None)])
def test_of_an_answer_what_the_rules_find_counts_too(
    expecting: str, reason: str | None
) -> None:
    told = extract(read("不好用"), frozenset({"return_request"}), expecting, AT)

    assert told.get("reason") == reason


def test_they_are_trained_once_and_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = learnt.load("en")
    learnt._loaded.clear()
    monkeypatch.setattr(learnt, "learn", None)

    assert learnt.load("en") == made
    assert [file.suffix for file in folder.iterdir()] == [".json"]


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"product": 3}', b"\xff"])
def test_a_broken_file_is_trained_anew(folder: Path, broken: bytes) -> None:
    made = learnt.load("en")
    next(folder.iterdir()).write_bytes(broken)
    learnt._loaded.clear()

    assert learnt.load("en") == made


def test_other_phrases_have_a_file_of_their_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = learnt._path("en")
    monkeypatch.setattr(store, "lines", lambda _: _FEW[1:])

    assert learnt._path("en") != before
