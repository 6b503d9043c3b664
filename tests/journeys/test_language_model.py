"""A knowledge answer in a language model's words, only where they can be trusted."""

import time
from collections.abc import Iterator

import pytest

from tests import stack
from tests.emulators.openai import FakeModelServer, a_lie, asleep, first_sentence
from tests.shopper import Shopper

QUESTION = "how long do refunds take?"
DEADLINE = 3
ANSWER = (
    "from kb.models import Translation as T;"
    "print(T.objects.get(entry__ref='F020', language='en').answer)"
)


@pytest.fixture(scope="module")
def model() -> Iterator[FakeModelServer]:
    with FakeModelServer() as server:
        yield server


@pytest.fixture(scope="module")
def shop(
    tmp_path_factory: pytest.TempPathFactory, model: FakeModelServer
) -> Iterator[stack.Embedded]:
    embedded = stack.Embedded(
        tmp_path_factory.mktemp("model"),
        BURST_WAIT="0",
        LLM_BACKEND="openai",
        LLM_MODEL="fake",
        LLM_BASE_URL=model.url,
        LLM_DEADLINE=str(DEADLINE),
    )
    with stack.running(embedded):
        yield embedded


@pytest.fixture
def shopper(shop: stack.Embedded) -> Iterator[Shopper]:
    one = Shopper(shop.url)
    yield one
    one.close()


@pytest.fixture(scope="module")
def template(shop: stack.Embedded) -> str:
    return shop.shell(ANSWER)


def test_its_words_are_used_where_every_fact_is_in_the_entry(
    shopper: Shopper, model: FakeModelServer, template: str
) -> None:
    model.speak = first_sentence
    assert shopper.say(QUESTION) == first_sentence(template) != template


def test_a_lie_is_not_said(
    shopper: Shopper, model: FakeModelServer, template: str
) -> None:
    model.speak = a_lie
    asked = model.asked
    assert shopper.say(QUESTION) == template
    assert model.asked == asked + 1


def test_nobody_waits_past_the_deadline(
    shopper: Shopper, model: FakeModelServer, template: str
) -> None:
    model.speak = asleep
    began = time.monotonic()
    assert shopper.say(QUESTION) == template
    # Twice the deadline and more for a busy machine; the model would take thirty.
    assert time.monotonic() - began < 20


def test_orders_are_never_put_to_it(shopper: Shopper, model: FakeModelServer) -> None:
    model.speak = first_sentence
    asked = model.asked
    assert "SO100183" in shopper.say("where is SO100183? chen.siyuan@example.com")
    assert model.asked == asked
