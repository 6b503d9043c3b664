"""How much is understood of messages that no model was trained on."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bots.dialogue.understand import store
from bots.dialogue.understand.normalise import read
from tests.bots.dialogue.understand.said import hear, names

pytestmark = pytest.mark.django_db

_GOLD = Path(__file__).parents[3] / "gold"
_LANGUAGES = ("en", "zh")
# Measured, less a margin.
_FIRST = {"en": 0.85, "zh": 0.83}
_SLOTS = {"en": 0.9, "zh": 0.9}
_OFF = 0.1
_CALLED_NEGATIVE = 0.06
_NOT_ORDINARY = {"complaint", "feedback", "thank"}


def _lines(language: str) -> list[dict[str, Any]]:
    file = _GOLD / f"understanding_{language}.jsonl"
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert len(lines) >= 150
    return lines


def _either(wanted: str | list[str]) -> set[str]:
    return {wanted} if isinstance(wanted, str) else set(wanted)


def _labelled(language: str) -> Iterator[dict[str, Any]]:
    return (line for line in _lines(language) if line["intents"])


@pytest.mark.parametrize("language", _LANGUAGES)
def test_the_first_intent_is_found(language: str) -> None:
    hits = [
        hear(line["text"], expecting=line.get("expecting", "")).first.name
        in _either(line["intents"][0])
        for line in _labelled(language)
    ]

    assert sum(hits) / len(hits) >= _FIRST[language]


@pytest.mark.parametrize("language", _LANGUAGES)
def test_slots_are_found(language: str) -> None:
    right = wrong = missed = 0
    for line in _lines(language):
        if "slots" in line:
            found = hear(line["text"], expecting=line.get("expecting", "")).slots
            wanted = line["slots"].items()
            right += sum(found.get(slot) == value for slot, value in wanted)
            missed += sum(found.get(slot) != value for slot, value in wanted)
            wrong += sum(line["slots"].get(s) != v for s, v in found.items())

    assert right > 50
    assert 2 * right / (2 * right + wrong + missed) >= _SLOTS[language]


@pytest.mark.parametrize("language", _LANGUAGES)
def test_confidence_means_what_it_says(language: str) -> None:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for line in _labelled(language):
        best = hear(line["text"], expecting=line.get("expecting", "")).first
        hit = best.name in _either(line["intents"][0])
        bins.setdefault(int(best.confidence * 9.99), []).append((best.confidence, hit))
    total = sum(map(len, bins.values()))
    off = sum(abs(sum(sure - hit for sure, hit in held)) for held in bins.values())

    assert off / total <= _OFF


@pytest.mark.parametrize("language", _LANGUAGES)
def test_ordinary_questions_are_not_called_negative(language: str) -> None:
    ordinary = [
        line["text"]
        for line in _labelled(language)
        if not any(_NOT_ORDINARY & _either(wanted) for wanted in line["intents"])
    ]
    negative = [text for text in ordinary if hear(text).sentiment == "negative"]

    assert len(ordinary) > 100
    assert len(negative) / len(ordinary) <= _CALLED_NEGATIVE


def test_every_intent_has_phrases_and_gold() -> None:
    trained = {label for code in _LANGUAGES for label, _ in store.phrases(code)}
    gold = {
        name
        for language in _LANGUAGES
        for line in _lines(language)
        for wanted in line["intents"]
        for name in _either(wanted)
    }

    assert len(trained) == 31
    assert gold == trained


def test_no_gold_message_is_a_phrase() -> None:
    phrases = {text for code in _LANGUAGES for _, text in store.phrases(code)}
    # Fixed words and one-word answers cannot be said otherwise.
    told = [
        line["text"]
        for language in _LANGUAGES
        for line in _lines(language)
        if len(line["text"]) > (12 if language == "en" else 6)
    ]

    assert len(phrases) > 6000
    assert not [text for text in told if read(text).folded in phrases]


def test_the_messages_are_heard_alike_each_time() -> None:
    text = "I want to return the kettle, and where is my refund?"

    assert names(hear(text)) == names(hear(text))
    assert hear(text) == hear(text)
