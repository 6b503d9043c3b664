"""The language of a talk: wished for, else spoken."""

from dataclasses import replace

import pytest
from django.utils import timezone

from bots.dialogue.decide import speaking
from bots.dialogue.state import Choice, State
from bots.dialogue.turn import Input
from tests.bots.dialogue.talks import meaning

WISHED = State(language="en")


def settle(state: State, heard: str, wish: str = "") -> tuple[str, State]:
    given = Input(text="words", at=timezone.now(), language="zh")
    slots = {"language": wish} if wish else {}
    said = replace(meaning("greet", language=heard), slots=slots)
    return speaking.settle(said, given, state)


def test_a_wish_is_kept() -> None:
    assert settle(State(), "zh", wish="en") == ("en", WISHED)


def test_one_message_in_another_language_does_not_end_it() -> None:
    assert settle(WISHED, "zh") == ("en", replace(WISHED, strayed=1))


def test_two_in_a_row_do() -> None:
    assert settle(replace(WISHED, strayed=1), "zh") == ("zh", State())


def test_one_in_the_language_begins_the_count_anew() -> None:
    assert settle(replace(WISHED, strayed=1), "en") == ("en", WISHED)


def test_another_wish_ends_it() -> None:
    assert settle(WISHED, "en", wish="zh") == ("zh", State(language="zh"))


def test_a_language_that_the_bot_does_not_speak_changes_nothing() -> None:
    assert settle(WISHED, "fr") == ("en", WISHED)
    assert settle(State(), "zh", wish="fr") == ("zh", State())


@pytest.mark.parametrize("intent", ["product_question", "product_search"])
def test_a_book_in_english_is_no_wish_for_it(intent: str) -> None:
    said = replace(meaning(intent), slots={"language": "en"})
    assert speaking.wish(said) == ""


def test_a_button_is_in_no_language() -> None:
    # Most tokens have a digit in them; this one reads like two words.
    value = "yes:SQROvndkSLvn"
    state = State(choices=(Choice(label="好的", value=value),))
    given = Input(text=value, at=timezone.now(), language="zh")
    said = meaning("greet", language="en")
    assert speaking.settle(said, given, state) == ("zh", state)
