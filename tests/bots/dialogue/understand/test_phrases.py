"""The training text: enough of it, no line twice, and slots marked that can be read."""

from collections import Counter

import pytest

from bots.dialogue.understand import store
from bots.dialogue.understand.definitions import INTENTS
from bots.dialogue.understand.markup import SLOTS, parse
from bots.dialogue.understand.reader import LANGUAGES

FEWEST = 120
FEWEST_OUTSIDE = 600


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_intent_has_enough_different_messages(language: str) -> None:
    counts = Counter(intent for intent, _ in set(store.phrases(language)))

    assert set(counts) == set(INTENTS)
    assert counts.pop("out_of_scope") >= FEWEST_OUTSIDE
    assert min(counts.values()) >= FEWEST


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mark_is_read(language: str) -> None:
    left = [line for _, line in store.lines(language) if "](" in parse(line)[0]]
    assert left == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_is_marked_somewhere(language: str) -> None:
    spans = [span for _, line in store.lines(language) for span in parse(line)[1]]
    assert {span.slot.partition(".")[0] for span in spans} == {*SLOTS, "options"}
