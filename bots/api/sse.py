"""Server-sent events: how they are written, and the response that carries them."""

import json
from collections.abc import AsyncIterator
from typing import Any

from django.http import StreamingHttpResponse

# Milliseconds after which a browser connects again.
RETRY = "retry: 2000\n\n"
# Keeps proxies from closing a quiet stream.
PING = ": still here\n\n"
# Seconds between two pings.
BEAT = 15.0


def event(name: str, data: Any, place: int | None = None) -> str:
    # json writes line breaks as \n: one data line is always enough.
    lines = [f"event: {name}", f"data: {json.dumps(data, ensure_ascii=False)}"]
    if place is not None:
        lines.insert(0, f"id: {place}")
    return "\n".join(lines) + "\n\n"


def stream(events: AsyncIterator[str]) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        events,
        content_type="text/event-stream; charset=utf-8",
        headers={
            "Cache-Control": "no-cache, no-store",
            # A proxy or a middleware that gathers chunks would hold events back.
            "X-Accel-Buffering": "no",
            "Content-Encoding": "identity",
        },
    )
