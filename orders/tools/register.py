"""All tools by name."""

from collections.abc import Iterable, Mapping
from typing import Any

from orders.refusal import Code, Refusal
from orders.tools.questions import QUESTIONS
from orders.tools.tool import Audience, Tool
from orders.tools.writes import WRITES

TOOLS: Mapping[str, Tool] = {tool.name: tool for tool in (*QUESTIONS, *WRITES)}


def get(name: str) -> Tool:
    """The tool of that name; raises `Refusal` (UNKNOWN_TOOL)."""
    if name not in TOOLS:
        raise Refusal(Code.UNKNOWN_TOOL)
    return TOOLS[name]


def for_models(audiences: Iterable[Audience]) -> list[dict[str, Any]]:
    """The tools as the `tools` of a chat completion request describes functions."""
    wanted = set(audiences)
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.description,
                "parameters": tool.schema,
            },
        }
        for tool in TOOLS.values()
        if tool.audience in wanted
    ]
