"""A model that is asked what was meant, and is slow, wrong or down: nobody notices."""

import json
import time
from collections.abc import Callable, Iterator

import pytest

from tests import stack
from tests.emulators.openai import FakeModelServer
from tests.shopper import Shopper

DEADLINE = 2
MAIL = "chen.siyuan@example.com"
ORDER = "SO100183"
TOUCHED = (
    "from orders.models import AuditEntry, Case, Order;"
    "print(AuditEntry.objects.count(), Case.objects.count(),"
    " *Order.objects.order_by('pk').values_list('status', flat=True))"
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
        tmp_path_factory.mktemp("cascade"),
        BURST_WAIT="0",
        LLM_BACKEND="openai",
        LLM_MODEL="fake",
        LLM_BASE_URL=model.url,
        # It is asked about whatever is said.
        UNDERSTANDING_ASK_BELOW="1.01",
        UNDERSTANDING_DEADLINE=str(DEADLINE),
    )
    with stack.running(embedded):
        yield embedded


@pytest.fixture
def shopper(shop: stack.Embedded) -> Iterator[Shopper]:
    one = Shopper(shop.url)
    yield one
    one.close()


def _labels(*intents: str, **slots: str) -> Callable[[str], str]:
    return lambda _: json.dumps({"intents": intents, "slots": slots})


def _slow(_: str) -> str:
    time.sleep(30)
    return "{}"


def test_a_right_one_is_believed(shopper: Shopper, model: FakeModelServer) -> None:
    model.label = _labels("order_status")
    asked = model.asked
    # Nothing in these words asks for it.
    assert ORDER in shopper.say(f"hmm {ORDER} {MAIL}")
    assert model.asked > asked


@pytest.mark.parametrize(
    "label",
    [
        _slow,
        lambda _: "I think the customer wants a parcel",
        lambda _: '{"intents": ["order_status"',
        lambda _: "",
        lambda _: '{"intents": ["launch_rocket"]}',
        lambda _: '{"intents": 7, "slots": []}',
    ],
    ids=["slow", "prose", "torn", "nothing", "unknown", "shapeless"],
)
def test_a_bad_one_is_not_waited_for(
    shopper: Shopper, model: FakeModelServer, label: Callable[[str], str]
) -> None:
    model.label = label
    began = time.monotonic()
    assert ORDER in shopper.say(f"where is my order {ORDER}? {MAIL}")
    # Several deadlines for a busy machine; the slow one would take thirty seconds.
    assert time.monotonic() - began < 20


def test_a_lying_one_acts_on_nothing(
    shop: stack.Embedded, shopper: Shopper, model: FakeModelServer
) -> None:
    before = shop.shell(TOUCHED)
    model.label = _labels("order_cancel", "affirm", order_id="SO100001")
    heard = shopper.say(f"where is my order {ORDER}? {MAIL}")
    heard += shopper.say("is it far away?")
    assert "SO100001" not in heard
    assert shop.shell(TOUCHED) == before


def test_one_that_is_gone_is_done_without(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with FakeModelServer() as server:
        url = server.url
    embedded = stack.Embedded(
        tmp_path_factory.mktemp("gone"),
        BURST_WAIT="0",
        LLM_BACKEND="openai",
        LLM_MODEL="fake",
        LLM_BASE_URL=url,
        UNDERSTANDING_ASK_BELOW="1.01",
    )
    with stack.running(embedded):
        one = Shopper(embedded.url)
        assert ORDER in one.say(f"where is my order {ORDER}? {MAIL}")
        one.close()
