"""Whatever is said, something is understood, and soon."""

import base64
import logging
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bots.dialogue.turn import Utterance
from bots.dialogue.understand import store, understand
from tests.bots.dialogue.understand.said import AT, hear, names

pytestmark = pytest.mark.django_db

# Surrogates too: broken clients send halves of characters.
_ANY = st.text(st.characters(exclude_categories=()), max_size=400)
_FIELDS = st.sampled_from(
    [
        "",
        "order_id",
        "email",
        "phone",
        "identity",
        "confirm",
        "reason",
        "product",
        "name",
    ]
)


@pytest.fixture(autouse=True)
def _loud(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)


@given(text=_ANY, expecting=_FIELDS)
@example("\ud800\x00", "order_id")
@example("&lt;script&gt;<b>hi</b><img src=x>", "")
@example("<" * 300, "confirm")
@example(base64.b64encode(bytes(range(256)) * 2).decode(), "reason")
@example("١٢٣ ²³ Ⅻ 十百千万亿", "quantity")
@example("İSTANBUL ﬀ ǅ", "name")
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_nothing_that_is_said_breaks_it(
    caplog: pytest.LogCaptureFixture, text: str, expecting: str
) -> None:
    found = hear(text, ("bot", text), expecting=expecting)

    assert found.intents
    assert found.sentiment in ("negative", "neutral", "positive")
    # A failure would be caught, and only logged.
    assert not caplog.records


@pytest.mark.parametrize(
    "piece", ["where is it? ", "退货，", "1", "a", "<p>", "\n", "百"]
)
def test_a_very_long_message_is_understood_in_bounded_time(
    caplog: pytest.LogCaptureFixture, piece: str
) -> None:
    text = (piece * 20_000)[:20_000]
    hear("warm")

    started = time.process_time()
    found = hear(text)

    assert time.process_time() - started < 0.3
    assert found.intents
    assert not caplog.records


def test_a_failure_of_ours_still_gives_an_understanding(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(store, "load", fail)

    found = understand(Utterance(text="hello", at=AT, language="zh"))

    assert names(found) == ["out_of_scope"]
    assert found.language == "zh"
    assert "could not be understood" in caplog.text


@pytest.mark.parametrize("text", ["", "   ", "???", "…", "🤷", "\u200b"])
def test_a_message_without_words_is_out_of_scope(text: str) -> None:
    assert names(hear(text)) == ["out_of_scope"]


@pytest.mark.parametrize("text", ["asdkjh qwelkj", "qpwoei rutyal", "啊手动阀手动阀"])
def test_gibberish_is_out_of_scope(text: str) -> None:
    assert names(hear(text)) == ["out_of_scope"]
