"""A worker is killed in the middle of a turn: one effect and one reply all the same."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import stack
from tests.shopper import Shopper
from tests.stalling.apps import POINTS

NUMBER, CUSTOMER = "SO100220", "C1003"
COUNT = (
    "from orders.models import *; from bots.models import *;"
    f"order = Order.objects.get(number='{NUMBER}');"
    "print(order.status, order.payments.filter(kind='refund').count(),"
    " AuditEntry.objects.filter(object_ref=order.number).count(),"
    " Message.objects.filter(sender='bot', text__startswith='Done').count(),"
    " Message.objects.unhandled().count())"
)


def stall(folder: Path, point: str) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "tests.stalling.settings",
        "STALL_AT": point,
        "STALL_FILE": str(folder / "armed"),
        "BURST_WAIT": "0",
    }


def arm(folder: Path) -> None:
    (folder / "armed").touch()


def wait_until_reached(folder: Path) -> None:
    deadline = time.monotonic() + 30
    while not (folder / "armed.reached").exists():
        assert time.monotonic() < deadline, "the worker never came to the point"
        time.sleep(0.05)


def customer(running: stack.Stack) -> Shopper:
    proof = running.customer_hash(CUSTOMER)
    return Shopper(running.url, customer={"ref": CUSTOMER, "hash": proof})


def agree(emily: Shopper) -> None:
    """Everything up to the yes that will be worked on when the power fails."""
    assert NUMBER in emily.say(f"cancel order {NUMBER}")


@pytest.fixture
def embedded(
    tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[stack.Embedded]:
    running = stack.Embedded(tmp_path, **stall(tmp_path, request.param))
    with stack.running(running):
        yield running


@pytest.mark.parametrize("embedded", POINTS, indirect=True)
def test_embedded(embedded: stack.Embedded, tmp_path: Path) -> None:
    emily = customer(embedded)
    agree(emily)
    arm(tmp_path)
    emily.send("yes")
    wait_until_reached(tmp_path)
    embedded.kill("demo")
    embedded.start_all()
    assert "cancelled" in emily.hears()
    assert embedded.shell(COUNT) == "cancelled 1 1 1 0"
    emily.close()


@pytest.fixture
def production(
    tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[stack.Production]:
    running = stack.Production(tmp_path, **stall(tmp_path, request.param))
    try:
        running.start_all(workers=1)
        yield running
    finally:
        running.stop()


@pytest.mark.services
@pytest.mark.parametrize(
    "production", ["acted, not committed", "sending"], indirect=True
)
def test_with_postgresql_and_redis(
    production: stack.Production, tmp_path: Path
) -> None:
    emily = customer(production)
    agree(emily)
    arm(tmp_path)
    emily.send("yes")
    wait_until_reached(tmp_path)
    production.kill("worker0")
    production.start_worker("worker1")
    assert "cancelled" in emily.hears()
    assert production.shell(COUNT) == "cancelled 1 1 1 0"
    emily.close()
