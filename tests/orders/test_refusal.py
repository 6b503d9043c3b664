"""Each refusal has its sentence in both languages, and says what helps on."""

import re

import pytest
from django.utils import translation

from orders.mcp.own import own_tools
from orders.mcp.session import Session
from orders.refusal import SENTENCES, WAYS_ON, Code, Refusal
from orders.tools import TOOLS

CHINESE = re.compile("[\u4e00-\u9fff]")
# What the sentences need.
FACTS = {"detail": "d", "deadline": "2026-01-01", "missing": "city", "status": "s"}
# The sentence itself says all there is to do: call it rightly, ask a person, say yes.
SAID = {
    Code.MALFORMED,
    Code.UNKNOWN_TOOL,
    Code.NOT_ALLOWED,
    Code.NOT_CONFIRMED,
    Code.LOCKED,
    Code.BAD_EXPRESSION,
    Code.KEY_REUSED,
    Code.CUSTOMER_NOT_FOUND,
    Code.INVALID_ADDRESS,
    Code.NEEDS_APPROVAL,
    Code.EVIDENCE_MISSING,
    Code.EVIDENCE_NOT_ALLOWED,
}


def test_every_code_is_in_the_tables() -> None:
    assert set(SENTENCES) == set(WAYS_ON) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_it_is_said_in_both_languages(code: Code) -> None:
    refusal = Refusal(code, **FACTS)
    said = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said[language] = refusal.sentence
    assert "%(" not in said["en"] + said["zh-hans"]
    assert CHINESE.search(said["zh-hans"])
    assert not CHINESE.search(said["en"])


@pytest.mark.parametrize("code", Code)
def test_what_helps_on_is_there(code: Code) -> None:
    ways = Refusal(code).instead
    assert set(ways) <= TOOLS.keys() | own_tools(Session()).keys()
    assert bool(ways) is (code not in SAID)


def test_writes_that_are_possible_come_before() -> None:
    refusal = Refusal(Code.NOT_PENDING)
    assert refusal.or_else(()).instead == ("order_options",)
    assert refusal.or_else(("open_return",)).instead == ("open_return",)
