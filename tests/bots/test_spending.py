"""A conversation's calls are stored, and end where its budget does."""

import contextlib

import pytest
from pytest_django.fixtures import Settings

from bots import spending
from bots.llm import ledger
from bots.models import LanguageModelCall
from tests import factories

pytestmark = pytest.mark.django_db


def call(tokens: int = 10) -> ledger.Call:
    return ledger.Call(
        model="small",
        purpose="render",
        outcome="answered",
        prompt_tokens=tokens,
        completion_tokens=5,
        milliseconds=1500,
    )


@pytest.fixture(autouse=True)
def budget(settings: Settings) -> None:
    settings.LLM_BACKEND = "openai"
    settings.LLM_CONVERSATION_TOKENS = 100
    settings.LLM_CONVERSATION_SECONDS = 2.0


def test_calls_are_stored_with_what_they_took() -> None:
    talk = factories.conversation()

    with spending.counted(talk):
        ledger.current().calls.append(call())

    stored = LanguageModelCall.objects.get()
    assert (stored.conversation, stored.purpose) == (talk, "render")
    assert (stored.prompt_tokens, stored.milliseconds) == (10, 1500)


def test_they_are_stored_where_the_work_fails_too() -> None:
    with contextlib.suppress(RuntimeError), spending.counted(factories.conversation()):
        ledger.current().calls.append(call())
        raise RuntimeError

    assert LanguageModelCall.objects.count() == 1


def test_what_was_spent_before_counts() -> None:
    talk = factories.conversation()
    with spending.counted(talk):
        ledger.current().calls.append(call())

    with spending.counted(talk):
        book = ledger.current()

    assert (book.tokens, book.seconds) == (85, 0.5)


def test_another_conversation_has_its_own_budget() -> None:
    with spending.counted(factories.conversation()):
        ledger.current().calls.append(call())

    with spending.counted(factories.conversation()):
        assert ledger.current().tokens == 100


def test_without_a_model_nothing_is_asked_of_the_database(
    settings: Settings, django_assert_num_queries: object
) -> None:
    settings.LLM_BACKEND = "none"
    talk = factories.conversation()

    with django_assert_num_queries(0), spending.counted(talk):  # type: ignore[operator]
        assert ledger.current().tokens is None
