"""A shopper asks where a parcel is, and proves whose it is."""

from collections.abc import Callable

from tests.shopper import Shopper

Open = Callable[..., Shopper]

# Of the demo shop: shipped, of a customer with this e-mail and phone number.
NUMBER, EMAIL, TAIL = "SO100183", "chen.siyuan@example.com", "1001"
TRACKING = "783629463463"


def test_number_and_phone_digits_show_where_it_is(shopper: Open) -> None:
    anna = shopper()
    assert TRACKING not in anna.say("hi, where is my parcel?")
    assert TRACKING not in anna.say(f"it's {NUMBER.lower()}")
    told = anna.say(TAIL)
    assert NUMBER in told
    assert TRACKING in told
    assert "on its way" in told


def test_the_same_in_chinese_with_the_email(shopper: Open) -> None:
    siyuan = shopper()
    assert "订单号" in siyuan.say("你好，我的快递到哪了呀")
    assert "邮箱" in siyuan.say(NUMBER)
    told = siyuan.say(EMAIL)
    assert TRACKING in told
    assert "路上" in told


def test_all_at_once_needs_no_question(shopper: Open) -> None:
    told = shopper().say(f"Order {NUMBER}, email {EMAIL}: when will it arrive?")
    assert TRACKING in told


def test_who_is_logged_in_is_asked_nothing(shopper: Open) -> None:
    assert TRACKING in shopper(customer="C1001").say(f"{NUMBER} 到哪了")


def test_another_customers_order_is_not_found(shopper: Open) -> None:
    theirs = shopper(customer="C1003").say(f"where is {NUMBER}")
    nobodys = shopper(customer="C1003").say("where is SO999999")
    assert TRACKING not in theirs
    assert theirs.replace(NUMBER, "?") == nobodys.replace("SO999999", "?")


def test_an_unknown_order_and_a_wrong_proof_sound_alike(shopper: Open) -> None:
    wrong = shopper().say(f"where is {NUMBER}? my email is eve@example.com")
    unknown = shopper().say("where is SO999999? my email is eve@example.com")
    assert wrong == unknown


def test_five_wrong_guesses_lock_the_check_and_offer_a_person(shopper: Open) -> None:
    eve = shopper()
    eve.say(f"where is order {NUMBER}")
    for guess in ("0000", "1111", "2222", "3333"):
        assert TRACKING not in eve.say(guess)
    eve.say("4444")
    assert any("person" in label for label in eve.buttons)
    # The right answer comes too late: the check is locked for this talk.
    assert TRACKING not in eve.say(f"where is {NUMBER}, {EMAIL}")
    assert any("person" in label for label in eve.buttons)
