"""A Telegram Bot API of our own, on a local port, with faults on demand."""

import json
import re
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import httpx

Json = dict[str, Any]

TOKEN = "123456:emulated-token"
TEXT_LIMIT = 4096
RAW_TEXT_LIMIT = 32_768
CALLBACK_LIMIT = 64
# What PTB sends as JSON inside a form field.
NESTED = {"reply_markup", "link_preview_options", "allowed_updates", "commands"}
TAG = re.compile(r"<(/?)(b|i|u|s|a|code|pre)(?: href=\"[^\"<>]*\")?>")


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request that came in, whatever became of it; `at` is a monotonic time."""

    method: str
    params: Json
    at: float


@dataclass(frozen=True, kw_only=True)
class Fault:
    """How one call goes wrong. With none of these set, it goes well."""

    execute: bool = True
    delay: float = 0.0
    drop: bool = False
    status: int = 0
    body: bytes = b""


def refuse(status: int, description: str, **parameters: int) -> Fault:
    """Answer an error as Telegram words it, without executing."""
    body = _failure(status, description, parameters)
    return Fault(execute=False, status=status, body=body)


def slow(seconds: float) -> Fault:
    return Fault(delay=seconds)


def garbage(body: bytes = b"<html>", *, status: int = 200) -> Fault:
    """Execute, then answer what is no answer: of a broken proxy, say."""
    return Fault(status=status, body=body)


DROPPED = Fault(drop=True)
DROPPED_UNREAD = Fault(drop=True, execute=False)
BAD_GATEWAY = garbage(b"<html>502 Bad Gateway</html>", status=502)
HANG = Fault(drop=True, delay=600)


class Refusal(Exception):  # noqa: N818 - what the API answers, no error of ours
    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


class FakeTelegram:
    """Plays the Bot API for one bot, as a context manager."""

    def __init__(self, token: str = TOKEN, username: str = "fake_bot") -> None:
        self.token = token
        self.username = username
        self.calls: list[Call] = []
        # Parameters of every message that went out, and what the reader sees of it.
        self.sent: list[Json] = []
        self.shown: list[str] = []
        self.webhook_url = ""
        self.webhook_secret = ""
        self._updates: list[Json] = []
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._changed = threading.Condition()
        self._closed = threading.Event()
        self._server = _Server(self)
        self._methods: dict[str, Callable[[Json], Any]] = {
            "getme": lambda _: self._me(),
            "sendmessage": self._send_message,
            "sendphoto": self._send_photo,
            "editmessagetext": self._edit_message_text,
            "setwebhook": self._set_webhook,
            "deletewebhook": lambda _: self._set_webhook({"url": ""}),
            "getwebhookinfo": lambda _: self._webhook_info(),
            "getupdates": self._get_updates,
            "sendchataction": lambda _: True,
            "answercallbackquery": lambda _: True,
            "setmycommands": lambda _: True,
        }

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,)).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop, and cut the connections that clients keep open."""
        self._closed.set()
        with self._changed:
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
        self._server.cut_off()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def plan(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method go wrong, one fault each."""
        self._faults[method.lower()].extend(faults)

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def queue(self, *updates: Json) -> None:
        """Keep updates for who polls."""
        with self._changed:
            self._updates.extend(updates)
            self._changed.notify_all()

    def push(
        self, update: Json, times: int = 1, *, concurrently: bool = False
    ) -> list[int]:
        """Deliver an update to the webhook, also repeatedly; return the statuses."""
        with ThreadPoolExecutor(times if concurrently else 1) as pool:
            return list(pool.map(self._deliver, [update] * times))

    def _deliver(self, update: Json) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook_secret}
        return httpx.post(
            self.webhook_url, json=update, headers=headers, timeout=60
        ).status_code

    # --- the API -------------------------------------------------------------------

    def answer(self, token: str, method: str, params: Json) -> tuple[int, bytes] | None:
        """Answer one call, or None to drop the connection without a word."""
        with self._changed:
            self.calls.append(Call(method=method, params=params, at=time.monotonic()))
            faults = self._faults[method.lower()]
            fault = faults.popleft() if faults else Fault()
        answer = self._execute(token, method, params) if fault.execute else (0, b"")
        self._closed.wait(fault.delay)
        if fault.drop:
            return None
        return (fault.status, fault.body) if fault.status else answer

    def _execute(self, token: str, method: str, params: Json) -> tuple[int, bytes]:
        try:
            with self._changed:
                result = self._method(token, method)(params)
        except Refusal as refusal:
            body = _failure(refusal.status, refusal.description, {})
            return refusal.status, body
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _method(self, token: str, name: str) -> Callable[[Json], Any]:
        if token != self.token:
            raise Refusal(401, "Unauthorized")
        if name.lower() not in self._methods:
            raise Refusal(404, "Not Found")
        return self._methods[name.lower()]

    def _me(self) -> Json:
        me = {"id": 123456, "is_bot": True, "first_name": "Fake"}
        return me | {"username": self.username}

    def _send_message(self, params: Json) -> Json:
        return self._record(params, text=_shown(params))

    def _send_photo(self, params: Json) -> Json:
        size = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}
        return self._record(params, photo=[size])

    def _record(self, params: Json, **content: Any) -> Json:
        _check_keyboard(params.get("reply_markup"))
        chat = _chat(params)
        self.sent.append(params)
        self.shown.append(content.get("text", ""))
        return _message(len(self.sent), chat) | content

    def _edit_message_text(self, params: Json) -> Json:
        number, text = int(params.get("message_id", 0)), _shown(params)
        if not 0 < number <= len(self.sent):
            raise Refusal(400, "Bad Request: message to edit not found")
        _check_keyboard(params.get("reply_markup"))
        markups = params.get("reply_markup"), self.sent[number - 1].get("reply_markup")
        if text == self.shown[number - 1] and markups[0] == markups[1]:
            raise Refusal(
                400,
                "Bad Request: message is not modified: specified new message content "
                "and reply markup are the same as the current ones",
            )
        self.sent[number - 1], self.shown[number - 1] = params, text
        return _message(number, _chat(params)) | {"text": text}

    def _set_webhook(self, params: Json) -> bool:
        secret = params.get("secret_token", "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise Refusal(400, "Bad Request: secret token contains unallowed chars")
        self.webhook_url, self.webhook_secret = params.get("url", ""), secret
        return True

    def _webhook_info(self) -> Json:
        return {
            "url": self.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }

    def _get_updates(self, params: Json) -> list[Json]:
        """Hold the call until something is there, its time is up, or we close."""
        if self.webhook_url:
            raise Refusal(
                409, "Conflict: can't use getUpdates method while webhook is active"
            )
        offset = int(params.get("offset", 0))
        self._updates = [one for one in self._updates if one["update_id"] >= offset]
        self._changed.wait_for(
            lambda: self._updates or self._closed.is_set(),
            timeout=float(params.get("timeout", 0)),
        )
        return self._updates[:100]


def _failure(status: int, description: str, parameters: Json) -> bytes:
    body: Json = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return json.dumps(body).encode()


def _chat(params: Json) -> int:
    if not re.fullmatch(r"-?\d+", params.get("chat_id", "")):
        raise Refusal(400, "Bad Request: chat not found")
    return int(params["chat_id"])


def _message(number: int, chat: int) -> Json:
    chat_object = {"id": chat, "type": "private"}
    return {"message_id": number, "date": int(time.time()), "chat": chat_object}


def _shown(params: Json) -> str:
    """Return what the reader sees of a text, refused where Telegram refuses it."""
    raw = params.get("text", "")
    text = _parsed(raw) if params.get("parse_mode") == "HTML" else raw
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    units = len(text.encode("utf-16-le")) // 2
    if units > TEXT_LIMIT or len(raw.encode()) > RAW_TEXT_LIMIT:
        raise Refusal(400, "Bad Request: message is too long")
    return text


def _parsed(html: str) -> str:
    unclosed: list[str] = []
    for closing, tag in TAG.findall(html):
        if not closing:
            unclosed.append(tag)
        elif not unclosed or unclosed.pop() != tag:
            raise Refusal(400, "Bad Request: can't parse entities: unexpected end tag")
    text = TAG.sub("", html)
    if unclosed or "<" in text:
        raise Refusal(400, "Bad Request: can't parse entities: unsupported start tag")
    return unescape(text)


def _check_keyboard(keyboard: Json | None) -> None:
    for row in (keyboard or {}).get("inline_keyboard", []):
        for button in row:
            if not button.get("text"):
                raise Refusal(400, "Bad Request: button text is empty")
            if not 0 < len(button["callback_data"].encode()) <= CALLBACK_LIMIT:
                raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")


# --- HTTP ------------------------------------------------------------------------------


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, fake: FakeTelegram) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.fake = fake
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def cut_off(self) -> None:
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # its client was faster

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: the errors here are clients that would not wait."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        assert isinstance(self.server, _Server)
        path = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        found = re.fullmatch(r"/bot([^/]*)/(\w+)", path.path)
        if not found:
            self._respond(404, _failure(404, "Not Found", {}))
            return
        params = self._params(path.query, body)
        answer = self.server.fake.answer(found[1], found[2], params)
        if answer is None:
            self.close_connection = True
        else:
            self._respond(*answer)

    def do_GET(self) -> None:
        self.do_POST()

    def _params(self, query: str, body: bytes) -> Json:
        params: Json = dict(parse_qsl(query, keep_blank_values=True))
        if self.headers.get_content_type() == "application/json":
            params |= json.loads(body)
            return params
        params |= parse_qsl(body.decode(), keep_blank_values=True)
        return params | {name: json.loads(params[name]) for name in NESTED & {*params}}

    def _respond(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep quiet: the calls are recorded."""
