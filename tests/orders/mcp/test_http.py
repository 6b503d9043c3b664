"""A real client over a real port: with a token, and a handle for each shopper."""

from typing import Any

import httpx
import pytest
from django.core import signing
from mcp import Client, MCPError

from orders.mcp import session
from orders.models import Order
from orders.tools import TOOLS, Audience
from tests import factories
from tests.orders.mcp.conftest import TOKEN, Open, run
from tests.orders.mcp.test_stdio import BOTH_ERAS, answered, data, identify, refused

pytestmark = pytest.mark.django_db(transaction=True)

PING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPTED = {"Accept": "application/json, text/event-stream"}


@pytest.fixture
def order(transactional_db: None) -> Order:
    return factories.order()


def post(address: str, **headers: str) -> httpx.Response:
    return httpx.post(address, json=PING, headers={**ACCEPTED, **headers})


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
    ],
)
def test_without_the_token_nothing_is_told(
    address: str, header: dict[str, str]
) -> None:
    answer = post(address, **header)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "tools" not in answer.text


def test_with_the_token_tools_are_listed(address: str) -> None:
    answer = post(address, Authorization=f"Bearer {TOKEN}")
    assert answer.status_code == 200
    assert answer.json()["result"]["tools"]


def test_pages_of_browsers_are_refused(address: str) -> None:
    bearer = f"Bearer {TOKEN}"
    evil = post(address, Authorization=bearer, Origin="https://evil.example")
    assert evil.status_code == 403


def test_other_hosts_are_refused(address: str) -> None:
    bearer = f"Bearer {TOKEN}"
    rebound = post(address, Authorization=bearer, Host="evil.example")
    assert rebound.status_code == 421


def test_a_body_without_end_is_refused(address: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", **ACCEPTED}
    answer = httpx.post(address, content=b" " * 10**6, headers=headers)
    assert answer.status_code == 413


@BOTH_ERAS
def test_a_session_is_brought_by_its_handle(
    http: Open, order: Order, mode: str
) -> None:
    async def talk(client: Client) -> None:
        found = await identify(client, order)
        own = {"number": order.number, "session": found["session"]}
        shown = await answered(client, "get_order", **own)
        assert shown["order"]["number"] == order.number
        # Who identified themselves over this connection is nobody without it.
        code = await refused(client, "get_order", number=order.number)
        assert code == "not_identified"

    run(talk, http(mode=mode))


@BOTH_ERAS
def test_nobody_reads_nothing_of_any_customer(
    http: Open, order: Order, mode: str
) -> None:
    forged: list[Any] = ["", "x", None, 1, order.customer.ref, {"ref": 1}]
    forged += [signing.dumps(order.customer.ref), session.handle("C0")]

    async def talk(client: Client) -> None:
        for tool in TOOLS.values():
            if tool.audience == Audience.ANYONE:
                continue
            for handle in forged:
                given = {"number": order.number, "session": handle}
                result = await client.call_tool(tool.name, given)
                assert result.is_error
                assert data(result)["code"] in {"not_identified", "unknown_tool"}
                assert order.customer.email not in repr(result)

    run(talk, http(mode=mode))


def test_two_shoppers_share_a_connection(http: Open, order: Order) -> None:
    other = factories.order()

    async def talk(client: Client) -> None:
        first = (await identify(client, order))["session"]
        second = (await identify(client, other))["session"]
        own = await answered(client, "list_orders", session=second)
        assert [one["order"]["number"] for one in own["orders"]] == [other.number]
        foreign = {"number": other.number, "session": first}
        assert await refused(client, "get_order", **foreign) == "order_not_found"

    run(talk, http())


def test_a_write_waits_for_the_yes_of_its_shopper(http: Open, order: Order) -> None:
    other = factories.order()
    cancel = {"number": order.number, "reason": "too_slow"}

    async def talk(client: Client) -> None:
        own = {"session": (await identify(client, order))["session"]}
        foreign = {"session": (await identify(client, other))["session"]}
        proposed = await answered(client, "cancel_order", **cancel, **own)
        token = {"token": proposed["token"]}
        assert await refused(client, "confirm", **token, **foreign) == "not_confirmed"
        assert await refused(client, "confirm", **token) == "not_identified"
        done = await answered(client, "confirm", **token, **own)
        assert done["order"]["status"] == "cancelled"

    run(talk, http())


def test_the_schema_asks_for_the_session(http: Open) -> None:
    async def talk(client: Client) -> None:
        for tool in (await client.list_tools()).tools:
            own = TOOLS.get(tool.name)
            personal = tool.name == "confirm" or (
                own is not None and own.audience == Audience.CUSTOMER
            )
            assert ("session" in tool.input_schema.get("required", [])) is personal

    run(talk, http())


def test_a_client_with_a_wrong_token_does_not_connect(http: Open) -> None:
    async def talk(client: Client) -> None:
        await client.list_tools()

    with pytest.raises((ExceptionGroup, MCPError)):
        run(talk, http("another-token-altogether"))
