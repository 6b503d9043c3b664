"""Any server that speaks OpenAI's chat completions: vLLM, Ollama, a vendor."""

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Expired
from typing import Any

import httpx
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bots.llm import completion
from bots.llm.base import Answer, Request, TooLate, Unavailable
from bots.llm.wire import Passing, check, left, pieces

CALLS = 8
TRIES = 3
# Seconds before the second try, drawn between these; twice as long before the third.
PAUSE = (0.1, 0.4)


class OpenAIModel:
    def __init__(self, *, base_url: str, model: str, api_key: str = "") -> None:
        self.name = model
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = httpx.Client(
            headers=headers, limits=httpx.Limits(max_connections=CALLS)
        )
        # httpx bounds each step of a call, not the call: a server that sends a byte
        # now and then would hold us for ever. So a thread calls and we stop waiting.
        self._threads = ThreadPoolExecutor(CALLS, thread_name_prefix="llm")

    def answer(self, request: Request) -> Answer:
        seconds = left(request.deadline)
        call = self._threads.submit(self._ask, request)
        try:
            return call.result(timeout=seconds)
        except Expired:
            call.cancel()
            raise TooLate("The server did not answer in time.") from None

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._client.close()

    def _ask(self, request: Request) -> Answer:
        payload = completion.payload(self.name, request)
        for tried in range(TRIES):
            try:
                return self._read(payload, request)
            except Passing as failure:
                pause = max(failure.wait, random.uniform(*PAUSE) * 2**tried)
                if tried == TRIES - 1 or pause >= left(request.deadline):
                    raise Unavailable(str(failure)) from None
            time.sleep(pause)
        raise AssertionError("unreachable")

    def _read(self, payload: dict[str, Any], request: Request) -> Answer:
        chunks = self._post(payload, request.deadline)
        if request.tell:
            return completion.streamed(chunks, request.tell)
        return completion.whole(b"".join(chunks))

    def _post(self, payload: dict[str, Any], deadline: float) -> Iterator[bytes]:
        # `from None` and types only: a message of httpx may quote a header.
        try:
            with self._client.stream(
                "POST", self._url, json=payload, timeout=left(deadline)
            ) as response:
                check(response)
                yield from pieces(response, deadline)
        except httpx.TimeoutException:
            raise TooLate("The server did not answer in time.") from None
        except httpx.HTTPError as error:
            raise Passing(f"Call failed: {type(error).__name__}.") from None


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
