"""Every wording there is, in both languages."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bots.dialogue import answer

REPLIES = Path(answer.__file__).parents[1] / "templates" / "bots" / "replies"
WORDINGS = sorted(
    str(file.relative_to(REPLIES).with_suffix("")) for file in REPLIES.rglob("*.txt")
)
FACTS = {
    "number": "SO1",
    "items": "Kettle",
    "amount": "¥1.00",
    "name": "Kettle",
    "price": "¥1.00",
    "days": 7,
    "facts": [{"name": "weight", "value": "1 kg"}],
    "parcels": [{"carrier": "SF", "tracking_number": "1", "expected": "2 May"}],
}
# Nothing but names, figures and other wordings: the same in every language.
NO_WORDS = {"products/aspect", "products/facts", "products/line", "variants/swap"}


def test_there_are_wordings() -> None:
    assert len(WORDINGS) > 50


@pytest.mark.parametrize("wording", WORDINGS)
def test_every_wording_says_something_in_english(wording: str) -> None:
    assert answer.say(wording, "en", **FACTS)


@pytest.mark.parametrize("wording", [one for one in WORDINGS if one not in NO_WORDS])
def test_every_wording_is_translated(wording: str) -> None:
    chinese = answer.say(wording, "zh", **FACTS)
    assert chinese != answer.say(wording, "en", **FACTS)
    assert any("一" <= char <= "鿿" for char in chinese)


@pytest.mark.parametrize("wording", WORDINGS)
def test_the_same_facts_are_told_in_both_languages(wording: str) -> None:
    for fact in ("SO1", "¥1.00", "Kettle"):
        told = [fact in answer.say(wording, one, **FACTS) for one in ("en", "zh")]
        assert told[0] == told[1]


@pytest.mark.parametrize("name", answer.LABELS)
def test_every_label_is_translated(name: str) -> None:
    english, chinese = answer.button(name, "en"), answer.button(name, "zh")
    assert english.value == chinese.value == name
    assert english.label != chinese.label


def test_names_are_not_escaped() -> None:
    assert "Tom & <Jerry>" in answer.say("products/line", "en", name="Tom & <Jerry>")


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("1299", "CNY", "¥1,299.00"),
        ("0.5", "USD", "$0.50"),
        ("12", "CHF", "12.00 CHF"),
    ],
)
def test_money_is_shown_to_the_cent(amount: str, currency: str, shown: str) -> None:
    assert answer.money(Decimal(amount), currency) == shown


def test_a_moment_is_shown_in_the_shops_time_zone() -> None:
    late = datetime(2026, 5, 1, 17, 30, tzinfo=UTC)
    assert answer.moment(late, "zh") == "2026年5月2日 01:30"
    assert answer.moment(late, "en") == "May 2, 2026 01:30"
