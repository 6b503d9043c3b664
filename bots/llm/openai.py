"""Any server that speaks OpenAI's chat completions: vLLM, Ollama, a vendor."""

import json
import logging
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Expired
from typing import Any

import httpx
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bots.llm.base import BadAnswer, ChatMessage, TooLate, Unavailable, spoken

logger = logging.getLogger(__name__)

CALLS = 8
LARGEST_ANSWER = 1024 * 1024
# Seconds before the second try, drawn between these.
PAUSE = (0.1, 0.4)


class _Passing(Exception):  # noqa: N818 - an error that passes
    """Failed in a way that a second try may mend, not before `wait` seconds."""

    def __init__(self, reason: str, *, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


class OpenAIModel:
    def __init__(self, *, base_url: str, model: str, api_key: str = "") -> None:
        self.model = model
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = httpx.Client(
            headers=headers, limits=httpx.Limits(max_connections=CALLS)
        )
        # httpx bounds each step of a call, not the call: a server that sends a byte
        # now and then would hold us for ever. So a thread calls and we stop waiting.
        self._threads = ThreadPoolExecutor(CALLS, thread_name_prefix="llm")

    def chat(
        self,
        messages: Sequence[ChatMessage],
        *,
        deadline: float,
        max_tokens: int = 300,
    ) -> str:
        payload = {
            "model": self.model,
            "messages": [
                {"role": message.role, "content": message.content}
                for message in messages
            ],
            "max_tokens": max_tokens,
            "temperature": 0,
            "stream": False,
        }
        left = _left(deadline)
        call = self._threads.submit(self._ask, payload, deadline)
        try:
            return call.result(timeout=left)
        except Expired:
            call.cancel()
            raise TooLate("The server did not answer in time.") from None

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._client.close()

    def _ask(self, payload: dict[str, Any], deadline: float) -> str:
        try:
            return _content(self._post(payload, deadline))
        except _Passing as failure:
            pause = max(failure.wait, random.uniform(*PAUSE))
            if pause >= _left(deadline):
                raise Unavailable(str(failure)) from None
        time.sleep(pause)
        try:
            return _content(self._post(payload, deadline))
        except _Passing as failure:
            raise Unavailable(str(failure)) from None

    def _post(self, payload: dict[str, Any], deadline: float) -> bytes:
        # `from None` and types only: a message of httpx may quote a header.
        try:
            with self._client.stream(
                "POST", self._url, json=payload, timeout=_left(deadline)
            ) as response:
                _check(response)
                return _body(response, deadline)
        except httpx.TimeoutException:
            raise TooLate("The server did not answer in time.") from None
        except httpx.HTTPError as error:
            raise _Passing(f"Call failed: {type(error).__name__}.") from None


def build() -> OpenAIModel:
    if not (settings.LLM_BASE_URL and settings.LLM_MODEL):
        raise ImproperlyConfigured(
            "LLM_BACKEND=openai needs LLM_BASE_URL and LLM_MODEL."
        )
    key = settings.LLM_API_KEY
    if not (key.isascii() and key == "".join(key.split())):
        raise ImproperlyConfigured("LLM_API_KEY has characters no header may have.")
    return OpenAIModel(
        base_url=settings.LLM_BASE_URL, model=settings.LLM_MODEL, api_key=key
    )


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TooLate("The time was up before the call.")
    return left


def _check(response: httpx.Response) -> None:
    status = response.status_code
    if status == 429 or status >= 500:
        raise _Passing(f"The server answered {status}.", wait=_wait(response))
    if status != 200:
        # A wrong key, model or address: a person has to mend that.
        logger.warning("The language model's server answered %d", status)
        raise Unavailable(f"The server answered {status}.")


def _wait(response: httpx.Response) -> float:
    asked = response.headers.get("retry-after", "")
    return float(asked) if asked.isascii() and asked.isdigit() else 0.0


def _body(response: httpx.Response, deadline: float) -> bytes:
    body = b""
    for chunk in response.iter_bytes():
        _left(deadline)
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise BadAnswer("The answer has no end.")
    return body


def _content(body: bytes) -> str:
    try:
        # ValueError: not JSON, or not UTF-8; RecursionError: brackets without end.
        choice = json.loads(body)["choices"][0]
        content, end = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise BadAnswer("The answer is not a chat completion.") from None
    if not isinstance(content, str) or end == "content_filter":
        raise BadAnswer("The answer has no text.")
    if text := spoken(content, cut=end == "length"):
        return text
    raise BadAnswer("The answer is empty.")
