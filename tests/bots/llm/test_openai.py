"""A server that answers, dawdles, stumbles or talks nonsense, over real sockets."""

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bots.llm.base import (
    Answer,
    BadAnswer,
    ChatMessage,
    Request,
    Tool,
    TooLate,
    ToolCall,
    Unavailable,
)
from bots.llm.openai import OpenAIModel

QUESTION = (
    ChatMessage(role="system", content="Be brief."),
    ChatMessage(role="user", content="多久发货？"),
)
SECRET = "sk-very-secret"


def completion(content: Any, end: str = "stop") -> bytes:
    choice = {"message": {"role": "assistant", "content": content}}
    return json.dumps({"choices": [choice | {"finish_reason": end}]}).encode()


@dataclass
class Script:
    """What the server does at each call, and what it was asked."""

    steps: list[Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)


def answers(
    body: bytes, status: int = 200, *, after: float = 0.0, **headers: str
) -> Callable[[BaseHTTPRequestHandler], None]:
    def step(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(after)
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return step


def drips(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who does not wait for the answer hangs up: that is what is tested."""


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def url(script: Script, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            script.calls.append(
                {"path": self.path, "headers": self.headers, "body": json.loads(body)}
            )
            try:
                script.steps.pop(0)(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            pass

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def model(url: str) -> Iterator[OpenAIModel]:
    model = OpenAIModel(base_url=url, model="small", api_key=SECRET)
    yield model
    model.close()


def ask(model: OpenAIModel, *, seconds: float = 5.0) -> str:
    return answer(model, seconds=seconds).text


def answer(model: OpenAIModel, *, seconds: float = 5.0, **more: Any) -> Answer:
    request = Request(
        messages=QUESTION,
        deadline=time.monotonic() + seconds,
        max_tokens=50,
        **more,
    )
    return model.answer(request)


def test_an_answer_is_returned(model: OpenAIModel, script: Script) -> None:
    script.steps = [answers(completion("  24小时内发货。\n"))]

    assert ask(model) == "24小时内发货。"
    assert script.calls[0]["path"] == "/v1/chat/completions"
    assert script.calls[0]["body"] == {
        "model": "small",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "多久发货？"},
        ],
        "max_tokens": 50,
        "temperature": 0,
        "stream": False,
    }


def test_the_key_is_sent(model: OpenAIModel, script: Script) -> None:
    script.steps = [answers(completion("Yes."))]

    ask(model)

    assert script.calls[0]["headers"]["Authorization"] == f"Bearer {SECRET}"


def test_no_key_is_no_header(url: str, script: Script) -> None:
    script.steps = [answers(completion("Yes."))]
    model = OpenAIModel(base_url=f"{url}/", model="small")

    ask(model)
    model.close()

    assert "Authorization" not in script.calls[0]["headers"]


@pytest.mark.parametrize(
    "slow", [answers(completion("Yes."), after=3.0), drips], ids=["silent", "drips"]
)
def test_a_slow_server_is_too_late(
    model: OpenAIModel, script: Script, slow: Callable[[Any], None]
) -> None:
    script.steps = [slow]
    began = time.monotonic()

    with pytest.raises(TooLate):
        ask(model, seconds=0.2)

    assert time.monotonic() - began < 1.5


def test_no_time_is_no_call(model: OpenAIModel, script: Script) -> None:
    with pytest.raises(TooLate):
        ask(model, seconds=-1)

    assert script.calls == []


@pytest.mark.parametrize(
    "stumble",
    [answers(b"", 500), answers(b"", 429), answers(b"", 503), hangs_up],
    ids=["500", "429", "503", "hang-up"],
)
def test_a_stumble_is_tried_again(
    model: OpenAIModel, script: Script, stumble: Callable[[Any], None]
) -> None:
    script.steps = [stumble, answers(completion("Yes."))]

    assert ask(model) == "Yes."
    assert len(script.calls) == 2


def test_it_tries_three_times_at_most(model: OpenAIModel, script: Script) -> None:
    script.steps = [answers(b"", 500)] * 4

    with pytest.raises(Unavailable, match="500"):
        ask(model)

    assert len(script.calls) == 3


@pytest.mark.parametrize(
    ("pause", "stumble"),
    [(60.0, answers(b"", 500)), (0.0, answers(b"", 429, Retry_After="60"))],
    ids=["no-time", "told-to-wait"],
)
def test_it_tries_once_without_time_for_more(
    model: OpenAIModel,
    script: Script,
    monkeypatch: pytest.MonkeyPatch,
    pause: float,
    stumble: Callable[[Any], None],
) -> None:
    monkeypatch.setattr("bots.llm.openai.PAUSE", (pause, pause))
    script.steps = [stumble] * 2

    with pytest.raises(Unavailable):
        ask(model)

    assert len(script.calls) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 302])
def test_a_refusal_is_final(model: OpenAIModel, script: Script, status: int) -> None:
    script.steps = [answers(b"", status, Location="http://127.0.0.1:9/")]

    with pytest.raises(Unavailable, match=str(status)):
        ask(model)

    assert len(script.calls) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"\xff\xfe{",
        b"[" * 100_000,
        b"null",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{}]}',
        b'{"choices": ["x"]}',
        b'{"choices": [{"message": "x"}]}',
        completion(None),
        completion(""),
        completion(" \n"),
        completion([{"text": "x"}]),
        completion("<think>hmm"),
        completion("Half a sent", end="length"),
        completion("Yes.", end="content_filter"),
        b" " * (2 * 1024 * 1024),
    ],
    ids=lambda body: repr(body[:40]),
)
def test_garbage_is_no_answer(model: OpenAIModel, script: Script, body: bytes) -> None:
    script.steps = [answers(body)]

    with pytest.raises(BadAnswer):
        ask(model)


@pytest.mark.parametrize(
    ("content", "end", "text"),
    [
        ("Yes. And then", "length", "Yes."),
        ("It costs 3.5 yuan. And 4.", "length", "It costs 3.5 yuan. And 4."),
        ("可以。但是", "length", "可以。"),
        ("<think>\nhm?\n</think>\n\nYes.", "stop", "Yes."),
        ("No stop at the end", "stop", "No stop at the end"),
    ],
)
def test_only_whole_sentences_are_spoken(
    model: OpenAIModel, script: Script, content: str, end: str, text: str
) -> None:
    script.steps = [answers(completion(content, end))]

    assert ask(model) == text


def test_nobody_at_home_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    model = OpenAIModel(base_url=f"http://127.0.0.1:{port}", model="small")

    with pytest.raises(Unavailable, match="ConnectError"):
        ask(model)

    model.close()


def test_the_key_is_never_logged(
    model: OpenAIModel, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    script.steps = [answers(b"", 500), answers(b"", 401)]

    with pytest.raises(Unavailable) as failure:
        ask(model)

    assert caplog.records
    assert SECRET not in caplog.text + repr(failure.value) + repr(vars(model))


def test_calls_at_once_do_not_mix(model: OpenAIModel, script: Script) -> None:
    script.steps = [answers(completion("Yes."), after=0.1)] * 4
    heard: list[str] = []
    threads = [
        threading.Thread(target=lambda: heard.append(ask(model))) for _ in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert heard == ["Yes."] * 4


# --- data, tools and pieces -----------------------------------------------------------

TOOL = Tool(name="find_order", description="Find it.", parameters={"type": "object"})
CALL = {
    "id": "c1",
    "type": "function",
    "function": {"name": "find_order", "arguments": '{"number": "SO1"}'},
}


def events(*deltas: dict[str, Any], end: str = "stop") -> bytes:
    """A stream of completions, with the usage at its end as servers send it."""
    chunks: list[dict[str, Any]] = [{"choices": [{"delta": delta}]} for delta in deltas]
    chunks.append({"choices": [{"delta": {}, "finish_reason": end}]})
    usage = {"prompt_tokens": 7, "completion_tokens": 3}
    chunks.append({"choices": [], "usage": usage})
    lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in chunks]
    return "".join([*lines, "data: [DONE]\n\n"]).encode()


def test_a_schema_is_sent_to_be_kept_to(model: OpenAIModel, script: Script) -> None:
    script.steps = [answers(completion("{}"))]

    answer(model, schema={"type": "object"})

    sent = script.calls[0]["body"]["response_format"]
    assert sent["json_schema"]["schema"] == {"type": "object"}


def test_a_tool_is_offered_and_its_call_read(
    model: OpenAIModel, script: Script
) -> None:
    message = {"role": "assistant", "content": None, "tool_calls": [CALL]}
    script.steps = [answers(json.dumps({"choices": [{"message": message}]}).encode())]

    found = answer(model, tools=(TOOL,))

    assert found.calls == (
        ToolCall(id="c1", name="find_order", arguments={"number": "SO1"}),
    )
    assert script.calls[0]["body"]["tools"][0]["function"]["name"] == "find_order"


@pytest.mark.parametrize("arguments", ["{", "[3]", "3", {"a": 1}])
def test_a_call_without_arguments_to_read_is_garbage(
    model: OpenAIModel, script: Script, arguments: Any
) -> None:
    call = CALL | {"function": {"name": "find_order", "arguments": arguments}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    script.steps = [answers(json.dumps({"choices": [{"message": message}]}).encode())]

    with pytest.raises(BadAnswer):
        answer(model, tools=(TOOL,))


def test_pieces_are_told_as_they_come(model: OpenAIModel, script: Script) -> None:
    script.steps = [answers(events({"content": "Ye"}, {"content": "s."}))]
    told: list[str] = []

    found = answer(model, tell=told.append)

    assert told == ["Ye", "s."]
    assert (found.text, found.prompt_tokens, found.completion_tokens) == ("Yes.", 7, 3)


def test_what_is_thought_aloud_is_not_told(model: OpenAIModel, script: Script) -> None:
    pieces = [{"content": text} for text in ("<th", "ink>hm", "</think>", "Yes.")]
    script.steps = [answers(events(*pieces))]
    told: list[str] = []

    answer(model, tell=told.append)

    assert "".join(told) == "Yes."


def test_a_call_that_comes_in_pieces_is_put_together(
    model: OpenAIModel, script: Script
) -> None:
    begun = {"index": 0, "id": "c1", "function": {"name": "find_order"}}
    pieces = [
        {"index": 0, "function": {"arguments": part}}
        for part in ('{"number"', ': "SO1"}')
    ]
    script.steps = [
        answers(events(*({"tool_calls": [part]} for part in [begun, *pieces])))
    ]

    found = answer(model, tools=(TOOL,), tell=lambda _: None)

    assert found.calls[0].arguments == {"number": "SO1"}


def test_a_stream_of_garbage_is_no_answer(model: OpenAIModel, script: Script) -> None:
    script.steps = [answers(b"data: {{{\n\n")]

    with pytest.raises(BadAnswer):
        answer(model, tell=lambda _: None)


def test_usage_is_read(model: OpenAIModel, script: Script) -> None:
    body = json.loads(completion("Yes."))
    body["usage"] = {"prompt_tokens": 12, "completion_tokens": 2}
    script.steps = [answers(json.dumps(body).encode())]

    found = answer(model)

    assert (found.prompt_tokens, found.completion_tokens) == (12, 2)
