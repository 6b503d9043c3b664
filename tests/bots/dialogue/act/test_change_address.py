"""Another address: asked for until it is whole, shown, and changed by a yes."""

import pytest

from orders.models import Confirmation, Order
from tests import factories
from tests.bots.dialogue.talks import TalkTo

pytestmark = pytest.mark.django_db

WHOLE = {
    "en": ("12 King Street, London SW1A 1AA", "12 King Street", "London"),
    "zh": ("浙江省杭州市文三路123号", "文三路123号", "杭州市"),
}


@pytest.fixture
def order() -> Order:
    old = {"recipient": "Anna Li", "line1": "1 Old Road", "city": "Leeds"}
    return factories.order(address=old)


@pytest.mark.parametrize("language", WHOLE)
def test_a_yes_sends_it_there(order: Order, language: str) -> None:
    said, street, town = WHOLE[language]
    talk = TalkTo(order.customer, language)
    asked = talk.say("change it", "order_change", change="address", address=said)
    assert all(words in asked for words in (order.number, street, town, "Anna Li"))
    assert Order.objects.get().address["line1"] == "1 Old Road"
    assert street in talk.say("yes", "affirm")
    address = Order.objects.get().address
    assert (address["line1"], address["city"]) == (street, town)
    assert address["recipient"] == "Anna Li"


@pytest.mark.parametrize(
    ("language", "street", "town"),
    [("en", "12 King Street", "London"), ("zh", "文三路123号", "杭州")],
)
def test_the_missing_city_is_asked_for(
    order: Order, language: str, street: str, town: str
) -> None:
    talk = TalkTo(order.customer, language)
    told = talk.say("change it", "order_change", change="address", address=street)
    assert street in told
    assert not Confirmation.objects.exists()
    assert town in talk.say(town, "order_change", change="address")
    talk.say("yes", "affirm")
    assert Order.objects.get().address["city"] == town


def test_the_whole_address_is_asked_for(order: Order) -> None:
    talk = TalkTo(order.customer)
    assert "street" in talk.say("new address please", "order_change", change="address")
    assert "whole new address" in talk.say("hm", "order_change", change="address")
    told = talk.say("12 King Street, London", "order_change", change="address")
    assert "12 King Street, London" in told


def test_a_packed_order_keeps_its_address() -> None:
    order = factories.order(status=Order.Status.PROCESSED, address={"line1": "a"})
    talk = TalkTo(order.customer)
    told = talk.say("x", "order_change", change="address", address=WHOLE["en"][0])
    assert "no longer in preparation" in told
    assert talk.values == ["human"]
    assert Order.objects.get().address == {"line1": "a"}


def test_a_no_keeps_it(order: Order) -> None:
    talk = TalkTo(order.customer)
    talk.say("x", "order_change", change="address", address=WHOLE["en"][0])
    assert "changed nothing" in talk.say("no", "deny")
    assert Order.objects.get().address["line1"] == "1 Old Road"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "the same as in my profile please"),
        ("zh", "同我的资料里的地址一样"),
    ],
)
def test_the_address_of_the_profile_will_do(
    order: Order, language: str, said: str
) -> None:
    home = {"recipient": "Anna Li", "line1": "7 Home Lane", "city": "York"}
    order.customer.address = home
    order.customer.save()
    talk = TalkTo(order.customer, language)
    talk.say("new address please", "order_change", change="address")
    assert "7 Home Lane" in talk.say(said, "order_change", change="address")
    talk.say("yes", "affirm")
    assert Order.objects.get().address["city"] == "York"


def test_who_receives_it_is_heard_in_the_address(order: Order) -> None:
    talk = TalkTo(order.customer, "zh")
    asked = talk.say(
        "改成浙江省杭州市文三路123号，收件人李雷，电话13912345678",
        "order_change",
        change="address",
        address="浙江省杭州市文三路123号",
        phone="13912345678",
    )
    assert "李雷 13912345678" in asked


def test_a_postcode_may_come_last(order: Order) -> None:
    talk = TalkTo(order.customer)
    told = "12 King Street, Bristol"
    talk.say("change it", "order_change", change="address", address=told)
    assert "BS1 4ER" in talk.say("BS1 4ER")
    talk.say("yes", "affirm")
    assert Order.objects.get().address["postcode"] == "BS1 4ER"
