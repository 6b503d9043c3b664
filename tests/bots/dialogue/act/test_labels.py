"""The catalogue's own names, said to Chinese readers."""

import pytest

from bots.dialogue.act import labels


@pytest.mark.parametrize(
    ("key", "language", "label"),
    [
        ("shelf_life", "en", "shelf life"),
        ("shelf_life", "zh", "保质期"),
        ("camera", "zh", "摄像头"),
        ("odd_one", "zh", "odd one"),
    ],
)
def test_an_attribute_has_its_name(key: str, language: str, label: str) -> None:
    assert labels.attribute(key, language) == label


@pytest.mark.parametrize(
    ("name", "value", "language", "label"),
    [
        ("color", "red", "zh", "红色"),
        ("color", "red", "en", "red"),
        ("switch", "red", "zh", "red"),
        ("size", "large", "zh", "大号"),
        ("size", "42", "zh", "42"),
    ],
)
def test_only_a_colour_is_translated_as_one(
    name: str, value: str, language: str, label: str
) -> None:
    assert labels.option(name, value, language) == label


@pytest.mark.parametrize(
    ("name", "language", "label"),
    [("shoes", "zh", "鞋靴"), ("shoes", "en", "shoes"), ("toys", "zh", "toys")],
)
def test_a_category_has_its_name(name: str, language: str, label: str) -> None:
    assert labels.category(name, language) == label
