"""The classifier of any label set: its labels, its confidence, what is out of scope."""

from collections.abc import Sequence

import numpy as np
import pytest

from bots.dialogue.understand.classifier import Classifier
from bots.dialogue.understand.learning import train
from bots.dialogue.understand.vectors import Floats

_THINGS = [
    "kettle",
    "shoes",
    "lamp",
    "jacket",
    "phone",
    "sofa",
    "mug",
    "bike",
    "tent",
    "chair",
]
_PAIRS = [
    *[("buy", f"i would like to buy a {thing}") for thing in _THINGS],
    *[("repair", f"my {thing} is broken please mend it") for thing in _THINGS],
    *[("track", f"where has the parcel with my {thing} got to") for thing in _THINGS],
]
_OUTSIDE = [
    ("oos", f"{word} is a word of the {at} poem i read at school")
    for at, word in enumerate(
        ["sun", "moon", "river", "tree", "night", "wind", "rose", "bird"]
    )
]


class _Letters:
    """An encoder by the letters that a text has."""

    name = "letters"

    def encode(self, texts: Sequence[str]) -> Floats:
        rows = [[text.count(c) for c in "abcdefghijklmnopqrstuvwxyz"] for text in texts]
        counts = np.array(rows, np.float32) + 1e-3
        lengths: Floats = np.linalg.norm(counts, axis=1, keepdims=True)
        return counts / lengths


@pytest.fixture(scope="module", params=[None, _Letters()], ids=["alone", "encoder"])
def classifier(request: pytest.FixtureRequest) -> Classifier:
    return train([*_PAIRS, *_OUTSIDE], outside="oos", encoder=request.param)


def test_a_new_text_gets_its_label(classifier: Classifier) -> None:
    reading = classifier.read("my kettle and my phone is broken please mend it")

    assert reading.label == "repair"
    assert 0 < reading.confidence <= 1
    assert reading.scope >= 0


def test_the_chances_add_up(classifier: Classifier) -> None:
    chances = classifier.read("where is it").probabilities

    assert sum(chances.values()) == pytest.approx(1)
    assert tuple(chances) == classifier.labels


def test_other_text_is_out_of_scope(classifier: Classifier) -> None:
    reading = classifier.read("a poem of the night wind i read at school")

    assert reading.label == "oos"
    assert reading.scope < 0


@pytest.mark.parametrize("text", ["", "?", "🙂", "字" * 400, "\ud800"])
def test_any_text_is_read(classifier: Classifier, text: str) -> None:
    assert 0 <= classifier.read(text).confidence <= 1


def test_without_others_nothing_is_called_so() -> None:
    found = train(_PAIRS)

    assert found.read("a poem of the night wind").label in found.labels
    assert found.read("a poem of the night wind").scope < 0


def test_two_labels_are_enough() -> None:
    found = train([pair for pair in _PAIRS if pair[0] != "track"])

    assert found.read("please mend it").label == "repair"
    assert found.read("i want to buy one").label == "buy"


def test_training_is_the_same_each_time() -> None:
    one, other = train(_PAIRS), train(_PAIRS)

    assert one.read("mend my lamp") == other.read("mend my lamp")
