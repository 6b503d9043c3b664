"""A question is answered from the knowledge base, or honestly not."""

import pytest

from kb.models import Gap
from tests import factories
from tests.bots.dialogue.talks import TalkTo, unsure

pytestmark = pytest.mark.django_db

QUESTION = "How long do refunds take?"
ANSWER = "A refund arrives within 5 working days."


@pytest.fixture(autouse=True)
def faq() -> None:
    entry = factories.entry(QUESTION, ANSWER)
    entry.translations.create(
        language="zh", question="退款一般多久到账？", answer="退款5个工作日内到账。"
    )


@pytest.fixture
def talk() -> TalkTo:
    return TalkTo()


def test_what_an_entry_answers_is_answered_in_its_words(talk: TalkTo) -> None:
    assert talk.say(QUESTION, "policy_question") == ANSWER
    assert not Gap.objects.exists()


def test_the_same_in_chinese() -> None:
    talk = TalkTo(language="zh")
    assert "5个工作日" in talk.say("退款多久到账？", "policy_question")


def test_a_model_may_word_the_answer_anew_from_its_facts(talk: TalkTo) -> None:
    talk.say(QUESTION, "policy_question")
    assert talk.told.replies[0].rendering == {
        "question": QUESTION,
        "facts": ANSWER,
        "language": "en",
    }


UNKNOWN = "Do you deliver to the moon on Sundays?"


def test_what_is_not_known_is_said_and_kept_as_a_gap(talk: TalkTo) -> None:
    told = talk.say(UNKNOWN, "policy_question")
    assert "do not want to guess" in told
    assert talk.values == ["human"]
    assert Gap.objects.get().question == UNKNOWN


def test_what_is_not_known_is_not_left_to_a_model(talk: TalkTo) -> None:
    talk.say(UNKNOWN, "policy_question")
    assert talk.told.replies[0].rendering == {}


FOR_PEOPLE = [
    "order_change",
    "invoice_request",
    "privacy_request",
    "account_help",
    "payment_problem",
]


@pytest.mark.parametrize("intent", FOR_PEOPLE)
def test_what_only_a_person_can_do_is_offered_one(talk: TalkTo, intent: str) -> None:
    told = talk.say("please help with the moon", intent)
    assert "colleague" in told or "hand you over" in told
    assert talk.values == ["human"]
    assert not Gap.objects.exists()


@pytest.mark.parametrize(
    ("said", "offered"), [(f"Please help. {QUESTION}", ["human"]), (QUESTION, [])]
)
def test_beside_an_entry_a_person_is_offered_to_who_wants_something_done(
    talk: TalkTo, said: str, offered: list[str]
) -> None:
    assert ANSWER in talk.say(said, "payment_problem")
    assert talk.values == offered


def test_a_yes_to_the_offer_hands_over(talk: TalkTo) -> None:
    talk.say("the moon was charged twice", "payment_problem")
    talk.say("yes please", "affirm")
    assert talk.told.hand_over is not None


def test_what_is_none_of_our_business_is_no_gap(talk: TalkTo) -> None:
    assert "cannot help with that" in talk.say("write my essay", "out_of_scope")
    assert not Gap.objects.exists()


def test_what_seems_none_of_our_business_but_is_answered_all_the_same(
    talk: TalkTo,
) -> None:
    assert talk.say(QUESTION, "out_of_scope") == ANSWER


def test_what_was_not_understood_is_answered_where_an_entry_surely_fits(
    talk: TalkTo,
) -> None:
    assert talk.say(QUESTION, unsure("order_status")) == ANSWER
    assert talk.state["misses"] == 0
