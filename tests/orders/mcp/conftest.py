"""Real clients: over a process's standard input and output, and over a real port."""

import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from django.db import connection
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from tests.stack import ROOT, free_port

TOKEN = "a-token-that-is-long-enough"
Talk = Callable[[Client], Awaitable[None]]
Open = Callable[..., AbstractAsyncContextManager[Client]]


def run(talk: Talk, client: AbstractAsyncContextManager[Client]) -> None:
    """Hold a talk over a client, to its end."""

    async def whole() -> None:
        with anyio.fail_after(60):
            async with client as connected:
                await talk(connected)

    anyio.run(whole)


@pytest.fixture
def environment(transactional_db: None) -> dict[str, str]:
    """What a process needs to work on the database of the tests."""
    return environment_of(str(connection.settings_dict["NAME"]))


def environment_of(database: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "SECRET_KEY": "only-for-tests",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "ecomsupport.settings",
        "MCP_TOKEN": TOKEN,
    }


@pytest.fixture
def stdio(environment: dict[str, str]) -> Callable[..., Client]:
    """A client of a process of its own."""

    def start(*arguments: str, **options: Any) -> Client:
        command = ["manage.py", "mcp_server", *arguments]
        server = StdioServerParameters(
            command=sys.executable, args=command, env=environment, cwd=ROOT
        )
        return Client(server, **options)

    return start


@pytest.fixture(scope="module")
def address(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where a server listens; it keeps nothing between two tests."""
    port = free_port()
    log = tmp_path_factory.mktemp("mcp") / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "mcp_server", "--http", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=environment_of(str(connection.settings_dict["NAME"])),
            stderr=file,
        )
    url = f"http://127.0.0.1:{port}/mcp"
    try:
        wait_for(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            httpx.get(url, timeout=2)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())


@pytest.fixture
def http(address: str, transactional_db: None) -> Open:
    """A client that bears the token."""

    @asynccontextmanager
    async def connect(token: str = TOKEN, **options: Any) -> AsyncIterator[Client]:
        headers = {"Authorization": f"Bearer {token}"}
        async with create_mcp_http_client(headers) as bearing:
            transport = streamable_http_client(address, http_client=bearing)
            async with Client(transport, **options) as client:
                yield client

    return connect
