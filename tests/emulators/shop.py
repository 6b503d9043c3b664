"""A shop's system that moves money, knows parcels, and fails when told to."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Json = dict[str, Any]

# Of the scheme's own documentation.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@dataclass(frozen=True, kw_only=True)
class Call:
    key: str
    body: Json
    signed: bool
    at: float


@dataclass(frozen=True, kw_only=True)
class Fault:
    """How one call goes wrong; `execute`: what was asked for is done all the same."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    execute: bool = False
    delay: float = 0.0
    drop: bool = False


def sign(ident: str, at: str, body: bytes, secret: str = SECRET) -> str:
    """Written anew, so that it agrees with the scheme and not only with the code."""
    key = base64.b64decode(secret.split("_", 1)[1])
    content = b".".join([ident.encode(), at.encode(), body])
    return "v1," + base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()


class FakeShop:
    """Executes each key once, whatever is asked again; a context manager."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.executed: dict[str, Json] = {}
        self.answers: dict[str, Json] = {}
        self._faults: deque[Fault] = deque()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                fault = owner.take(self.headers, body)
                if fault.drop:
                    self.close_connection = True
                    return
                self.send_response(fault.status)
                for name, value in fault.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(fault.body)))
                self.end_headers()
                self.wfile.write(fault.body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/hook"

    def plan(self, *faults: Fault) -> None:
        """Let the next calls go wrong, one fault each."""
        self._faults.extend(faults)

    def take(self, headers: Any, body: bytes) -> Fault:
        key, at = headers["webhook-id"], headers["webhook-timestamp"]
        signed = headers["webhook-signature"] == sign(key, at, body)
        asked = json.loads(body)
        with self._lock:
            self.calls.append(
                Call(key=key, body=asked, signed=signed, at=time.monotonic())
            )
            fault = self._faults.popleft() if self._faults else None
            if fault is None or fault.execute:
                self.executed.setdefault(key, asked)
        if fault is not None:
            self._closed.wait(fault.delay)
            return fault
        answer = self.answers.get(asked["type"], {"ok": True})
        return Fault(body=json.dumps(answer).encode())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
