"""The tools in the words of MCP."""

from collections.abc import Iterable
from typing import Any

import mcp_types as mcp

from orders.mcp.own import own_tools
from orders.mcp.session import Session
from orders.tools import TOOLS, Audience, Tool

_PROPOSES = (
    "Only proposes: nothing is changed yet. Show the shopper the preview and ask; only "
    "after their yes call `confirm` with the token. Refs of the preview are not final."
)
_SESSION = {"type": "string", "description": "The session that `identify` answered."}


def listed(*, by_handle: bool) -> list[mcp.Tool]:
    """What a session offers; with handles, tools of a shopper take the session."""
    own = own_tools(Session())
    return [
        *(
            _described(tool, tool.description, by_handle=by_handle)
            for tool in own.values()
        ),
        *(_described(tool, _words(tool), by_handle=by_handle) for tool in offered()),
    ]


def offered() -> Iterable[Tool]:
    """The tools of the shop but for those of staff."""
    return (tool for tool in TOOLS.values() if tool.audience != Audience.STAFF)


def _words(tool: Tool) -> str:
    return f"{tool.description} {_PROPOSES}" if tool.writes else tool.description


def _described(tool: Tool, description: str, *, by_handle: bool) -> mcp.Tool:
    codes = ", ".join(code.value for code in tool.errors)
    return mcp.Tool(
        name=tool.name,
        description=f"{description} Refusals: {codes}.",
        input_schema=_schema(tool) if by_handle else tool.schema,
        annotations=mcp.ToolAnnotations(
            read_only_hint=not tool.writes,
            destructive_hint=tool.writes,
            idempotent_hint=not tool.writes or tool.name == "confirm",
            open_world_hint=False,
        ),
    )


def _schema(tool: Tool) -> dict[str, Any]:
    schema = tool.schema
    if tool.audience == Audience.CUSTOMER:
        schema["properties"] = {**schema["properties"], "session": _SESSION}
        schema["required"] = [*schema.get("required", []), "session"]
    return schema
