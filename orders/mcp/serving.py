"""The two ways in: standard input and output, and HTTP with a token."""

import hmac
from collections.abc import Iterable

from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from orders.mcp.guesses import whose
from orders.mcp.server import build
from orders.mcp.session import Session

PATH = "/mcp"
# A call is a few lines of JSON.
_LARGEST_BODY = 256 * 1024


async def over_stdio(session: Session) -> None:
    """Serve one session until its client closes standard input."""
    server = build(session)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def over_http(token: str, hosts: Iterable[str]) -> ASGIApp:
    """An ASGI application that keeps nothing between two requests.

    Pages of browsers have no business here: a request with an Origin is refused, as is
    one for another host.
    """
    app = build(None, bearer=whose(token)).streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        json_response=True,
        max_request_body_size=_LARGEST_BODY,
        transport_security=TransportSecuritySettings(
            allowed_hosts=[form for host in hosts for form in (host, f"{host}:*")]
        ),
    )
    return _guarded(app, token)


def _guarded(app: ASGIApp, token: str) -> ASGIApp:
    """Let nothing through but what bears the token."""
    expected = f"Bearer {token}".encode()

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        given = dict(scope.get("headers", ())).get(b"authorization", b"")
        if scope["type"] == "http" and not hmac.compare_digest(given, expected):
            await _unauthorized()(scope, receive, send)
            return
        await app(scope, receive, send)

    return guard


def _unauthorized() -> JSONResponse:
    return JSONResponse(
        {"type": "about:blank", "title": "Unauthorized", "status": 401},
        status_code=401,
        media_type="application/problem+json",
        headers={"WWW-Authenticate": "Bearer"},
    )
