"""What is to be done with an order or its case, told by the verb."""

import pytest

from bots.dialogue.decide import verbs


@pytest.mark.parametrize(
    "words",
    [
        "cancel my return",
        "撤销SO1的退货",
        "SO1的退货申请帮我撤销",
        "之前申请的维修我想撤掉",
        "换货取消",
    ],
)
def test_what_was_asked_for_is_taken_back(words: str) -> None:
    assert verbs.withdraws(words)


@pytest.mark.parametrize(
    "words",
    ["取消订单", "退款取消订单", "我要退货", "取消的订单退了吗", "退货取消了吗"],
)
def test_an_order_is_no_case(words: str) -> None:
    assert not verbs.withdraws(words)


@pytest.mark.parametrize("words", ["wrong number, it's SO1", "号码错了", "oops, SO1"])
def test_a_number_is_taken_back(words: str) -> None:
    assert verbs.misnamed(words)


@pytest.mark.parametrize(
    "words", ["where is SO1", "SO1到哪了", "the wrong colour came"]
)
def test_a_number_is_meant(words: str) -> None:
    assert not verbs.misnamed(words)
