"""Slots of text that nobody marked are found by our own rules."""

import pytest

from bots.finetuning.guessing import guess


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "intent", "wanted"),
    [
        ("cancel order so1003381", "order_cancel", {"order_id": "so1003381"}),
        ("my mail is Ann@shop.com".lower(), "account_help", {"email": "ann@shop.com"}),
        ("hello", "greet", {}),
        ("yesterday", "order_status", {}),
    ],
)
def test_rules_mark_what_is_not_marked(
    text: str, intent: str, wanted: dict[str, str]
) -> None:
    found = {span.slot: text[span.start : span.end] for span in guess(text, intent)}
    assert found == wanted
