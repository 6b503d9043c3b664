"""A real client over standard input and output: one process, one shopper."""

import json
from collections.abc import Callable
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp_types import CallToolResult, TextContent

from orders.models import Confirmation, Customer, Order
from orders.tools import TOOLS, Audience
from tests import factories
from tests.orders.mcp.conftest import run
from tests.orders.whole import snapshot

Start = Callable[..., Client]
BOTH_ERAS = pytest.mark.parametrize("mode", ["legacy", "auto"])

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(transactional_db: None) -> Order:
    return factories.order()


def data(result: CallToolResult) -> dict[str, Any]:
    """The structured content, which the text repeats."""
    [text] = result.content
    assert isinstance(text, TextContent)
    assert json.loads(text.text) == result.structured_content
    found: dict[str, Any] = result.structured_content
    return found


async def refused(client: Client, name: str, **arguments: Any) -> str:
    result = await client.call_tool(name, arguments)
    assert result.is_error
    found = data(result)
    assert found["sentence"]
    assert isinstance(found["instead"], list)
    code: str = found["code"]
    return code


async def answered(client: Client, name: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(name, arguments)
    assert not result.is_error, result
    return data(result)


async def identify(client: Client, order: Order) -> dict[str, Any]:
    email = order.customer.email
    return await answered(client, "identify", number=order.number, email=email)


def test_the_tools_of_shoppers_are_listed(stdio: Start) -> None:
    async def talk(client: Client) -> None:
        found = {tool.name: tool for tool in (await client.list_tools()).tools}
        offered = {t.name for t in TOOLS.values() if t.audience != Audience.STAFF}
        assert set(found) == offered | {"identify", "confirm"}
        for name in offered:
            hints = found[name].annotations
            assert found[name].input_schema == TOOLS[name].schema
            assert hints is not None
            assert hints.read_only_hint is not TOOLS[name].writes
            assert hints.destructive_hint is TOOLS[name].writes

    run(talk, stdio())


def test_nobody_reads_nothing_of_any_customer(stdio: Start, order: Order) -> None:
    before = snapshot()
    owner = order.customer

    async def talk(client: Client) -> None:
        for tool in TOOLS.values():
            if tool.audience == Audience.ANYONE:
                continue
            for arguments in ({}, {"number": order.number}, {"customer": owner.ref}):
                result = await client.call_tool(tool.name, arguments)
                text = repr(result)
                assert result.is_error
                assert data(result)["code"] in {"not_identified", "unknown_tool"}
                assert owner.email not in text
                assert owner.name not in text
        assert await refused(client, "confirm", token="x") == "not_identified"

    run(talk, stdio())
    assert snapshot() == before


def test_what_is_of_nobody_is_answered(stdio: Start) -> None:
    piece = factories.variant(factories.product("Copper kettle"))

    async def talk(client: Client) -> None:
        hits = await answered(client, "search_products", words="copper kettle")
        assert [hit["ref"] for hit in hits["products"]] == [piece.product.ref]
        assert (await answered(client, "calculate", expression="2*3"))["result"] == "6"
        assert "return_days" in await answered(client, "get_terms")

    run(talk, stdio())


@BOTH_ERAS
def test_a_shopper_who_is_identified_reads_theirs(
    stdio: Start, order: Order, mode: str
) -> None:
    foreign = factories.order()

    async def talk(client: Client) -> None:
        assert await identify(client, order) == {"customer": order.customer.ref}
        said = order.number.lower().replace("so", "#so ")
        found = await answered(client, "get_order", number=said)
        assert found["order"]["number"] == order.number
        code = await refused(client, "get_order", number=foreign.number)
        assert code == "order_not_found"
        ref = foreign.customer.ref
        assert await refused(client, "get_customer", customer=ref) == (
            "customer_not_found"
        )

    run(talk, stdio(mode=mode))


def test_a_session_stays_with_its_shopper(stdio: Start, order: Order) -> None:
    foreign = factories.order()

    async def talk(client: Client) -> None:
        await identify(client, order)
        proof = {"number": foreign.number, "email": foreign.customer.email}
        assert await refused(client, "identify", **proof) == "not_allowed"
        assert await refused(client, "find_customer", **proof) == "unknown_tool"
        assert await identify(client, order) == {"customer": order.customer.ref}

    run(talk, stdio())


def test_five_wrong_guesses_lock_the_session(stdio: Start, order: Order) -> None:
    mail = order.customer.email
    right = {"number": order.number, "email": mail}
    wrong = {"number": order.number, "phone_tail": "0001"}
    unknown = {"number": "SO999999", "email": mail}

    async def talk(client: Client) -> None:
        codes: list[str] = []

        async def guess(proof: dict[str, str]) -> None:
            codes.append(await refused(client, "identify", **proof))

        # At once, so that none can slip past the count.
        async with anyio.create_task_group() as group:
            for proof in [wrong, unknown] * 4:
                group.start_soon(guess, proof)
        assert sorted(codes) == ["too_many_guesses"] * 3 + ["wrong_proof"] * 5
        assert await refused(client, "identify", **right) == "too_many_guesses"
        assert await refused(client, "list_orders") == "not_identified"

    run(talk, stdio())


def test_a_write_waits_for_its_yes(stdio: Start, order: Order) -> None:
    cancel = {"number": order.number, "reason": "too_slow"}

    async def talk(client: Client) -> None:
        await identify(client, order)
        proposed = await answered(client, "cancel_order", **cancel)
        assert proposed["preview"]["order"]["status"] == "cancelled"
        assert proposed["proposed"] == "cancel_order"
        found = await answered(client, "get_order", number=order.number)
        assert found["order"]["status"] == "pending"
        done = await answered(client, "confirm", token=proposed["token"])
        assert done["order"]["status"] == "cancelled"
        again = await refused(client, "confirm", token=proposed["token"])
        assert again == "not_confirmed"

    run(talk, stdio())
    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED


def test_a_refused_write_names_what_is_possible(stdio: Start) -> None:
    order = factories.delivered_order()

    async def talk(client: Client) -> None:
        await identify(client, order)
        wanted = {"number": order.number, "reason": "too_slow"}
        result = await client.call_tool("cancel_order", wanted)
        assert data(result)["code"] == "order_not_pending"
        assert "open_return" in data(result)["instead"]

    run(talk, stdio())
    assert not Confirmation.objects.exists()


def test_who_starts_it_may_vouch_for_the_shopper(stdio: Start, order: Order) -> None:
    Customer.objects.update(language="zh")

    async def talk(client: Client) -> None:
        found = await answered(client, "list_orders")
        assert [one["order"]["number"] for one in found["orders"]] == [order.number]
        result = await client.call_tool("get_order", {"number": "SO999999"})
        assert not data(result)["sentence"].isascii()

    run(talk, stdio("--customer", order.customer.ref))


def test_bad_calls_are_refusals(stdio: Start, order: Order) -> None:
    async def talk(client: Client) -> None:
        assert await refused(client, "drop_tables") == "unknown_tool"
        assert await refused(client, "") == "unknown_tool"
        assert await refused(client, "get_terms", x=1) == "malformed_call"
        assert await refused(client, "get_product", ref="\0") == "malformed_call"
        assert await refused(client, "identify") == "malformed_call"
        many = {"limit": int("9" * 1000)}
        assert await refused(client, "search_products", **many) == "malformed_call"
        # Only where a session is named by a handle.
        session = {"session": "x", "ref": "P1"}
        assert await refused(client, "get_product", **session) == "malformed_call"
        await identify(client, order)
        wanted = {"number": order.number, "reason": None}
        assert await refused(client, "cancel_order", **wanted) == "malformed_call"

    run(talk, stdio())
