"""Only a yes and nothing but a yes is acted upon."""

import pytest

from bots.dialogue.decide.consent import agrees
from bots.dialogue.turn import Intent
from tests.bots.dialogue.talks import meaning, unsure


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "yes please",
        "ok, thanks!",
        "sure, go ahead and cancel it",
        "no problem, do it",
        "why not",
        "👍",
        "是的",
        "好的，谢谢",
        "没问题，取消吧",
        "想好了，确认",
    ],
)
def test_a_plain_yes_counts(text: str) -> None:
    assert agrees(meaning("affirm"), text)


@pytest.mark.parametrize(
    "text",
    [
        "please keep it",
        "please wait",
        "sure, why not, but don't cancel it yet",
        "sure?",
        "yes, no",
        "y u so slow",
        "right, what was in it again?",
        "fine, but first: is the refund instant?",
        "yes yes I know that it can be returned within seven days",
        "嗯…",
        "嗯？",
        "嗯，让我想想",
        "确定吗？",
        "好的吗",
        "好，先别取消",
        "可以不取消吗",
        "行，但是退款多久到账",
    ],
)
def test_a_doubt_or_a_question_is_no_yes(text: str) -> None:
    assert not agrees(meaning("affirm"), text)


@pytest.mark.parametrize(
    ("intents", "beside", "counts"),
    [
        (("affirm", "thank"), (), True),
        (("affirm", "greet"), (), True),
        (("affirm", "order_cancel"), ("order_cancel",), True),
        (("affirm", "order_cancel"), (), False),
        (("affirm", "policy_question"), ("order_cancel",), False),
        (("affirm", "deny"), (), False),
        ((unsure("affirm", 0.8),), (), False),
        (("thank",), (), False),
    ],
)
def test_nothing_else_may_be_meant(
    intents: tuple[str | Intent, ...], beside: tuple[str, ...], counts: bool
) -> None:
    assert agrees(meaning(*intents), "yes", *beside) == counts
