"""Each order number belongs to its clause, and no order is forgotten."""

import pytest

from bots.dialogue.act.sharing import share
from bots.dialogue.decide.commands import Start
from orders.models import Customer, Order
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db

CANCEL, STATUS = "cancel_order", "order_status"


@pytest.fixture
def anna() -> Customer:
    return factories.customer()


@pytest.fixture
def orders(anna: Customer) -> list[Order]:
    return [factories.order(anna) for _ in range(3)]


@pytest.fixture
def talk(anna: Customer, orders: list[Order]) -> TalkTo:
    return TalkTo(anna)


def cancelled(orders: list[Order]) -> list[bool]:
    return [Order.objects.get(pk=one.pk).status == "cancelled" for one in orders]


@pytest.mark.parametrize(
    ("text", "skills", "shared"),
    [
        ("cancel {0} and {1}", [CANCEL], [(CANCEL, 0), (CANCEL, 1)]),
        ("查一下{0}，再帮我取消{1}", [CANCEL], [(STATUS, 0), (CANCEL, 1)]),
        ("取消{0}、{1}，{2}到哪了", [CANCEL], [(CANCEL, 0), (CANCEL, 1), (STATUS, 2)]),
        (
            "where is {1}? cancel {0}",
            [STATUS, CANCEL],
            [(STATUS, 1), (CANCEL, 0)],
        ),
        # What was not understood is not done.
        ("where is {0}, return {1}", [STATUS], [(STATUS, 0), (STATUS, 1)]),
        ("cancel {0}", [STATUS, CANCEL], [(STATUS, None), (CANCEL, None)]),
    ],
)
def test_numbers_are_shared_out(
    orders: list[Order],
    text: str,
    skills: list[str],
    shared: list[tuple[str, int | None]],
) -> None:
    numbers = [order.number for order in orders]
    starts = share(text.format(*numbers), [Start(skill=one) for one in skills])
    assert starts == [
        Start(skill=skill, order="" if at is None else numbers[at])
        for skill, at in shared
    ]


def test_one_is_proposed_after_the_other(talk: TalkTo, orders: list[Order]) -> None:
    first, second, _ = (order.number for order in orders)
    told = talk.say(f"cancel {first} and {second}", "order_cancel", order_id=first)
    assert first in told
    assert second not in told
    assert f"cancel order {second}" in talk.say("yes", "affirm")
    talk.say("yes", "affirm")
    assert cancelled(orders) == [True, True, False]


def test_a_no_to_the_first_leaves_the_second(talk: TalkTo, orders: list[Order]) -> None:
    first, second, _ = (order.number for order in orders)
    talk.say(f"取消{first}和{second}", "order_cancel", order_id=first)
    talk.say("不要", "deny")
    talk.say("好的", "affirm")
    assert cancelled(orders) == [False, True, False]


def test_several_are_looked_up_at_once(talk: TalkTo, orders: list[Order]) -> None:
    numbers = [order.number for order in orders]
    told = talk.say(
        "where are " + ", ".join(numbers), "order_status", order_id=numbers[0]
    )
    assert all(number in told for number in numbers)


@pytest.mark.parametrize("text", ["also cancel {}", "{}也取消"])
def test_one_more_in_the_middle_forgets_none(
    talk: TalkTo, orders: list[Order], text: str
) -> None:
    first, second, _ = (order.number for order in orders)
    talk.say(f"cancel {first}", "order_cancel", order_id=first)
    told = talk.say(text.format(second), "order_cancel", order_id=second)
    assert second in told
    talk.say("yes", "affirm")
    talk.say("yes", "affirm")
    assert cancelled(orders) == [True, True, False]


@pytest.mark.parametrize("text", ["cancel the second one too", "第二个也取消"])
def test_the_second_of_the_list_means_the_list_that_was_shown(
    talk: TalkTo, orders: list[Order], text: str
) -> None:
    talk.say("cancel an order", "order_cancel")
    listed = [value for value in talk.values if value != "cancel"]
    talk.say("the first one", "order_cancel")
    talk.say("yes", "affirm")
    assert listed[1] in talk.say(text, "order_cancel")


@pytest.mark.parametrize("text", ["and the last?", "最后一个呢"])
def test_the_next_question_is_about_another_of_the_list(
    talk: TalkTo, text: str
) -> None:
    talk.say("where is my order", "order_status")
    listed = [value for value in talk.values if value != "cancel"]
    talk.say("the second one", "order_status")
    assert listed[-1] in talk.say(text)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [("en", "the ninth one", "only 3 to choose"), ("zh", "第九个", "只有 3 个")],
)
def test_a_number_beyond_the_list_is_said_so(
    anna: Customer, orders: list[Order], language: str, text: str, words: str
) -> None:
    talk = TalkTo(anna, language)
    talk.say("cancel an order", "order_cancel")
    assert words in talk.say(text, "order_cancel")
    assert talk.tasks == ["cancel_order"]
