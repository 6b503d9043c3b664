"""What is said at an open question is its answer first, and a wish only then."""

from collections.abc import Callable

import pytest

from orders.models import Customer, Order
from tests import factories
from tests.bots.dialogue.talks import TalkTo, unsure

pytestmark = pytest.mark.django_db

NAMES = (("Travel kettle", "电水壶"), ("Desk lamp", "台灯"), ("Bed set", "四件套"))


@pytest.fixture
def anna() -> Customer:
    return factories.customer(phone="+8613800001004")


@pytest.fixture
def order(anna: Customer) -> Order:
    order = factories.delivered_order(anna, lines=len(NAMES))
    for line, (en, zh) in zip(order.lines.all(), NAMES, strict=True):
        line.product.name = {"en": en, "zh": zh}
        line.product.save()
    return order


@pytest.fixture
def returning(anna: Customer, order: Order) -> Callable[[str], TalkTo]:
    """A talk that waits for the item, in a language."""

    def start(language: str) -> TalkTo:
        talk = TalkTo(anna, language)
        talk.say("return something", "return_request")
        return talk

    return start


@pytest.mark.parametrize("wish", ["product_search", "order_status", "policy_question"])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "the kettle"), ("zh", "电水壶"), ("zh", "四件套")]
)
def test_an_item_that_is_named_is_no_other_wish(
    returning: Callable[[str], TalkTo], language: str, said: str, wish: str
) -> None:
    talk = returning(language)
    talk.say(said, wish)
    assert len(talk.told.replies) == 1
    assert talk.state["tasks"][0]["asked"] == "confirm"


@pytest.mark.usefixtures("faq")
@pytest.mark.parametrize(
    ("language", "said"), [("en", "how long do refunds take?"), ("zh", "退款多久到账")]
)
def test_a_question_is_still_a_question(
    returning: Callable[[str], TalkTo], language: str, said: str
) -> None:
    talk = returning(language)
    assert len(talk.say(said, "policy_question").splitlines()) > 1
    assert talk.state["tasks"][0]["asked"] == "items"


@pytest.mark.parametrize(
    ("language", "item", "more"),
    [("en", "the kettle", "add the lamp too"), ("zh", "电水壶", "再加上台灯")],
)
def test_one_more_item_is_added(
    returning: Callable[[str], TalkTo], language: str, item: str, more: str
) -> None:
    talk = returning(language)
    talk.say(item, "return_request")
    talk.say(more, "return_request")
    assert len(talk.state["tasks"][0]["fields"]["items"]) == 2


@pytest.mark.parametrize(
    ("language", "said", "unknown"),
    [("en", "the kettle and the sofa", "sofa"), ("zh", "电水壶和沙发", "沙发")],
)
def test_an_item_that_is_not_known_is_asked_about(
    returning: Callable[[str], TalkTo], language: str, said: str, unknown: str
) -> None:
    talk = returning(language)
    assert unknown in talk.say(said, "return_request")
    assert talk.state["tasks"][0]["asked"] == "items"


def test_more_than_were_bought_is_told(returning: Callable[[str], TalkTo]) -> None:
    assert "there are only 1" in returning("en").say("3 kettles", "return_request")


@pytest.mark.parametrize("intent", ["deny", "complaint", "order_cancel"])
@pytest.mark.parametrize(
    ("language", "item", "why"),
    [("en", "the kettle", "poor quality"), ("zh", "电水壶", "质量不好")],
)
def test_a_reason_is_noted_and_the_yes_asked_for_again(
    returning: Callable[[str], TalkTo], language: str, item: str, why: str, intent: str
) -> None:
    talk = returning(language)
    talk.say(item, "return_request")
    assert why in talk.say(why, intent)
    assert talk.state["tasks"][0]["fields"]["reason"] == why
    assert len(talk.told.replies) == 1


def test_a_guess_at_a_confirmation_brings_nothing(
    returning: Callable[[str], TalkTo],
) -> None:
    talk = returning("en")
    talk.say("the kettle", "return_request")
    talk.say("well it is so so", unsure("order_status", 0.85))
    assert len(talk.told.replies) == 1


@pytest.mark.parametrize("said", ["1004", "post@example.com"])
def test_a_proof_answers_and_asks_nothing(order: Order, said: str) -> None:
    talk = TalkTo()
    talk.say("where is it", "order_status", order_id=order.number)
    email = {"email": said} if "@" in said else {}
    talk.say(said, "policy_question", **email)
    assert len(talk.told.replies) == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "I don't have my order number"), ("zh", "我忘了订单号了")],
)
def test_who_has_no_number_is_offered_a_person(language: str, said: str) -> None:
    talk = TalkTo(language=language)
    talk.say(said, "order_status")
    assert talk.values == ["human"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "ok return it then"), ("zh", "好的，那就退货吧")]
)
def test_an_offered_step_is_taken_by_its_verb(
    anna: Customer, order: Order, language: str, said: str
) -> None:
    talk = TalkTo(anna, language)
    talk.say("cancel it", "order_cancel", order_id=order.number)
    talk.say(said, "affirm")
    assert talk.tasks == ["return_order"]
