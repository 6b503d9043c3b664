"""What is not understood: other words, then choices, then a person."""

import pytest

from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db

MENU = ["order_status", "products", "human"]
FAR = "please write my essay"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_noise_is_met_with_growing_help(language: str) -> None:
    talk = TalkTo(language=language)
    told = []
    for text, buttons in (("blub", []), ("???", MENU), ("asdf", ["human"])):
        told.append(talk.say(text, "out_of_scope"))
        assert talk.values == buttons
    assert len(set(told)) == 3


@pytest.mark.parametrize(
    ("language", "words"), [("en", "hand you over"), ("zh", "转接同事")]
)
def test_what_is_none_of_our_business_is_said_twice_then_a_person_offered(
    language: str, words: str
) -> None:
    talk = TalkTo(language=language)
    for _ in range(2):
        assert words not in talk.say(FAR, "out_of_scope")
    assert words in talk.say(FAR, "out_of_scope")
    assert talk.values == ["human"]
    talk.say("yes", "affirm")
    assert talk.told.hand_over is not None
    assert talk.told.hand_over.reason == "stuck"


def test_searches_in_vain_count_too() -> None:
    talk = TalkTo()
    for _ in range(3):
        talk.say("zzzz", "product_search", product="zzzz")
    assert "colleague take over" in talk.history[-1][1]


def test_what_is_understood_in_between_begins_the_count_anew() -> None:
    talk = TalkTo()
    for text, intent in (("blub", "out_of_scope"), ("hi", "greet")) * 3:
        talk.say(text, intent)
    assert "other words" in talk.history[-3][1]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Please speak Chinese", "接下来我用中文回答您"),
        ("zh", "请说英文", "from here on I answer in English"),
    ],
)
def test_a_wish_for_a_language_is_acknowledged_and_kept(
    language: str, text: str, words: str
) -> None:
    talk = TalkTo(language=language)
    wished = {"en": "zh", "zh": "en"}[language]
    assert words in talk.hear(text, "chitchat", {"language": wished})
    talk.say("hello", "greet")
    assert talk.told.language == wished
    talk.say("hello again", "greet")
    assert talk.told.language == language


def test_what_is_said_beside_the_wish_is_seen_to() -> None:
    talk = TalkTo(language="zh")
    told = talk.hear("in English: where is it", "order_status", {"language": "en"})
    assert "in English" in told
    assert "order number" in told
