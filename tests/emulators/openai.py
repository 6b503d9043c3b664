"""A server that speaks as OpenAI-compatible ones do, and says what it is told."""

import json
import re
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

FACTS = re.compile(r"<facts>\n(.*?)\n</facts>", re.DOTALL)

Speak = Callable[[str], str]


def first_sentence(facts: str) -> str:
    return re.split(r"(?<=[.。])\s*", facts)[0]


def a_lie(facts: str) -> str:
    """The first sentence with every number raised."""
    return re.sub(r"\d+", lambda found: str(int(found[0]) + 3), first_sentence(facts))


def asleep(facts: str) -> str:
    time.sleep(30)
    return first_sentence(facts)


class FakeModelServer:
    def __init__(self) -> None:
        self.speak: Speak = first_sentence
        # What it says where it is asked for labels.
        self.label: Speak = lambda _: "{}"
        self.asked = 0
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(length))
                owner.asked += 1
                answer = owner.answer(body["messages"])
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def answer(self, messages: list[dict[str, str]]) -> dict[str, Any]:
        asked = messages[-1]["content"]
        found = FACTS.search(asked)
        text = self.speak(found[1]) if found else self.label(asked)
        message = {"role": "assistant", "content": text}
        return {"choices": [{"message": message, "finish_reason": "stop"}]}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
