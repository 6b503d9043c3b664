"""One running shop for the journeys of a test process: what `make demo` starts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import stack
from tests.shopper import Shopper


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stack.Embedded]:
    embedded = stack.Embedded(tmp_path_factory.mktemp("shop"), BURST_WAIT="0.1")
    with stack.running(embedded):
        yield embedded


@pytest.fixture
def shopper(shop: stack.Embedded) -> Iterator[Callable[..., Shopper]]:
    """Open a chat; `customer="C1001"` is logged in on the shop's own page."""

    opened: list[Shopper] = []

    def open_chat(customer: str = "", **session: Any) -> Shopper:
        if customer:
            proof = shop.customer_hash(customer)
            session["customer"] = {"ref": customer, "hash": proof}
        opened.append(Shopper(shop.url, **session))
        return opened[-1]

    yield open_chat
    for one in opened:
        one.close()
