"""How a server starts, and what of a fault inside reaches its client."""

import logging
from datetime import timedelta
from typing import Any

import anyio
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from mcp import Client, MCPError

from orders.mcp import server, session
from orders.mcp.session import Session
from tests import factories


@pytest.mark.parametrize("address", ["8765", ":8765", "localhost", "localhost:http"])
def test_an_address_has_host_and_port(address: str, settings: Any) -> None:
    settings.MCP_TOKEN = "a-token-that-is-long-enough"
    with pytest.raises(CommandError, match="HOST:PORT"):
        call_command("mcp_server", http=address)


@pytest.mark.parametrize("token", ["", "short"])
def test_http_needs_a_token_nobody_guesses(token: str, settings: Any) -> None:
    settings.MCP_TOKEN = token
    with pytest.raises(CommandError, match="MCP_TOKEN"):
        call_command("mcp_server", http="127.0.0.1:8765")


def test_nobody_vouches_over_http() -> None:
    with pytest.raises(CommandError, match="not allowed with"):
        call_command("mcp_server", "--http", "127.0.0.1:1", "--customer", "C1")


@pytest.mark.django_db
def test_an_unknown_shopper_is_no_session() -> None:
    with pytest.raises(CommandError, match="no such customer"):
        call_command("mcp_server", "--customer", "C0")


@pytest.mark.django_db
def test_a_handle_ends_after_half_an_hour() -> None:
    customer, now = factories.customer(), timezone.now()
    with time_machine.travel(now, tick=False):
        handle = session.handle(customer.ref)
        assert session.restored(handle).customer == customer
    with time_machine.travel(now + session.LIFETIME + timedelta(seconds=1)):
        assert session.restored(handle).customer is None


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_a_fault_inside_is_logged_and_not_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, mode: str
) -> None:
    def fail(*_args: Any, **_options: Any) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(server, "answer", fail)

    async def talk() -> str:
        async with Client(server.build(Session()), mode=mode) as client:
            with pytest.raises(MCPError) as failed:
                await client.call_tool("get_terms", {})
            return str(failed.value)

    with caplog.at_level(logging.ERROR):
        told = anyio.run(talk)
    assert "secret" not in told
    assert "secret" in caplog.text
