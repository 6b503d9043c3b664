"""OpenAI's chat completions: what is sent, and what comes back whole or in pieces."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bots.llm.base import (
    Answer,
    BadAnswer,
    ChatMessage,
    Request,
    Tell,
    Tool,
    ToolCall,
    aloud,
    spoken,
)

# What malformed JSON and unexpected shapes raise.
_MALFORMED = (ValueError, RecursionError, LookupError, TypeError, AttributeError)


def payload(model: str, request: Request) -> dict[str, Any]:
    body: dict[str, Any] = {
        "model": model,
        "messages": [_message(message) for message in request.messages],
        "max_tokens": request.max_tokens,
        "temperature": 0,
        "stream": request.tell is not None,
    }
    if request.tell:
        body["stream_options"] = {"include_usage": True}
    if request.schema:
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {
                "name": "answer",
                "schema": dict(request.schema),
                "strict": True,
            },
        }
    if request.tools:
        body["tools"] = [_tool(tool) for tool in request.tools]
    return body


def whole(body: bytes) -> Answer:
    """Raises `BadAnswer` where there is nothing to be used."""
    try:
        data = json.loads(body)
        choice = data["choices"][0]
        message, end = choice["message"], choice.get("finish_reason")
        content, called = message["content"], message.get("tool_calls") or ()
        calls = tuple(_called(item) for item in called)
    except _MALFORMED:
        raise BadAnswer("The answer is not a chat completion.") from None
    if not isinstance(content, str) and not calls:
        raise BadAnswer("The answer has no text.")
    return _answer(content or "", calls, end, data.get("usage"))


def streamed(chunks: Iterable[bytes], tell: Tell) -> Answer:
    """Tell what comes as it comes, and return the whole. Raises `BadAnswer`."""
    text, told, end, usage = "", 0, None, None
    called: dict[int, dict[str, str]] = {}
    for event in _events(chunks):
        usage = event.get("usage") or usage
        for choice in event.get("choices") or ():
            delta = choice.get("delta") or {}
            text += delta.get("content") or ""
            _gather(called, delta.get("tool_calls") or ())
            end = choice.get("finish_reason") or end
        shown = aloud(text)
        if len(shown) > told:
            tell(shown[told:])
            told = len(shown)
    try:
        calls = tuple(_call(**called[at]) for at in sorted(called))
    except _MALFORMED:
        raise BadAnswer("A tool was called without arguments to read.") from None
    return _answer(text, calls, end, usage)


def _answer(content: str, calls: tuple[ToolCall, ...], end: Any, usage: Any) -> Answer:
    if end == "content_filter":
        raise BadAnswer("The answer has no text.")
    text = spoken(content, cut=end == "length")
    if not text and not calls:
        raise BadAnswer("The answer is empty.")
    usage = usage if isinstance(usage, dict) else {}
    return Answer(
        text=text,
        calls=calls,
        prompt_tokens=_count(usage.get("prompt_tokens")),
        completion_tokens=_count(usage.get("completion_tokens")),
    )


def _count(value: Any) -> int:
    return value if isinstance(value, int) and value >= 0 else 0


def _call(id: str, name: str, arguments: str) -> ToolCall:  # noqa: A002 - its name there
    parsed = json.loads(arguments or "{}")
    return ToolCall(id=str(id), name=str(name), arguments=dict(parsed))


def _called(item: dict[str, Any]) -> ToolCall:
    function = item["function"]
    return _call(item.get("id", ""), function["name"], function.get("arguments") or "")


def _gather(called: dict[int, dict[str, str]], deltas: Iterable[Any]) -> None:
    """Put the pieces of calls together: names come once, arguments in pieces."""
    for delta in deltas:
        call = called.setdefault(
            int(delta.get("index", 0)), {"id": "", "name": "", "arguments": ""}
        )
        function = delta.get("function") or {}
        call["id"] = delta.get("id") or call["id"]
        call["name"] = function.get("name") or call["name"]
        call["arguments"] += function.get("arguments") or ""


def _events(chunks: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The JSON of each server-sent event."""
    for line in _lines(chunks):
        if not line.startswith(b"data:"):
            continue
        data = line.removeprefix(b"data:").strip()
        if data == b"[DONE]":
            return
        try:
            event = json.loads(data)
        except (ValueError, RecursionError):
            raise BadAnswer("The answer is not a stream of completions.") from None
        if isinstance(event, dict):
            yield event


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
    yield rest


def _message(message: ChatMessage) -> dict[str, Any]:
    body: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.calls:
        body["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {
                    "name": call.name,
                    "arguments": json.dumps(call.arguments, ensure_ascii=False),
                },
            }
            for call in message.calls
        ]
    if message.call_id:
        body["tool_call_id"] = message.call_id
    return body


def _tool(tool: Tool) -> dict[str, Any]:
    return {
        "type": "function",
        "function": {
            "name": tool.name,
            "description": tool.description,
            "parameters": dict(tool.parameters),
        },
    }
