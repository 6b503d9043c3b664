"""The bot's questions are read as what they are, as its templates word them."""

import random

import pytest

from bots.dialogue import answer
from bots.simulation import reader, words
from bots.simulation.console import Reply
from bots.simulation.reader import Asked

QUESTIONS = {
    "identity/ask": Asked.IDENTITY,
    "identity/wrong": Asked.IDENTITY,
    "identity/ask_proof": Asked.PROOF,
    "identity/ask_order": Asked.ORDER,
    "order/which": Asked.ORDER,
    "order/which_again": Asked.ORDER,
    "return/which_items": Asked.ITEMS,
    "exchange/which_items": Asked.ITEMS,
    "change_items/which_items": Asked.ITEMS,
    "repair/which_items": Asked.ITEMS,
    "problem/which_items": Asked.ITEMS,
    "items/which_again": Asked.ITEMS,
    "exchange/which_variant": Asked.VARIANT,
    "change_items/which_variant": Asked.VARIANT,
    "variants/which_again": Asked.VARIANT,
    "change_address/which": Asked.ADDRESS,
    "change_address/which_again": Asked.ADDRESS,
    "change_address/which_city": Asked.CITY,
    "methods/which": Asked.METHOD,
    "change_delivery/which": Asked.DELIVERY,
    "change_delivery/which_again": Asked.DELIVERY,
    "cancel/which_reason": Asked.REASON,
    "problem/which": Asked.PROBLEM,
    "withdraw/which": Asked.CASE,
    "withdraw/which_again": Asked.CASE,
    "talk/unclear": Asked.UNCLEAR,
    "knowledge/unknown": Asked.UNCLEAR,
    "person/offer": Asked.PERSON,
    "person/complaint": Asked.PERSON,
    "case/window_passed": Asked.PERSON,
    "confirm/kept": Asked.NOTHING,
    "talk/wait": Asked.NOTHING,
}
PROPOSALS = {
    "cancel/confirm": "cancel_order",
    "cancel/confirm_case": "cancel_order",
    "change_address/confirm": "change_address",
    "change_items/confirm": "change_items",
    "change_payment/confirm": "change_payment",
    "change_delivery/confirm": "change_delivery",
    "return/confirm": "return_order",
    "exchange/confirm": "exchange_order",
    "repair/confirm": "repair_order",
    "problem/confirm": "report_problem",
    "withdraw/confirm": "withdraw_case",
}


def said(wording: str, language: str) -> str:
    facts = {"number": "SO1", "name": "Lamp", "street": "1 Mill Lane", "items": "Lamp"}
    return answer.say(wording, language, **facts)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("wording", "question"), QUESTIONS.items())
def test_a_question_is_read(wording: str, question: Asked, language: str) -> None:
    reply = Reply(texts=("¥8.00.", said(wording, language)), buttons=())
    assert reader.asked(reply) == question


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("wording", "opening"), PROPOSALS.items())
def test_a_proposal_is_one_of_its_wish(
    wording: str, opening: str, language: str
) -> None:
    reply = Reply(texts=(said(wording, language),), buttons=(("Yes", "yes:T"),))
    assert reader.asked(reply) == Asked.CONFIRM
    assert reader.token(reply) == "T"
    assert reader.proposes(reply, opening)


def test_numbers_and_names_are_never_mistyped() -> None:
    keep = ("SO100200", "anna@example.com", "kettle")
    for seed in range(50):
        text = "where is order SO100200 with the kettle, anna@example.com"
        slip = words.mistype(text, random.Random(seed), keep)
        assert all(one in slip for one in keep)
        assert slip != text
