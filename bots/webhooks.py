"""Where platforms deliver: verify, store, answer; every other work comes later."""

import time
from functools import lru_cache

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from bots import adapters, inbox, tasks
from bots.channels.base import RejectedError
from bots.models import Channel
from bots.problem import problem

# How long a changed secret may still be unknown to a process (seconds).
REMEMBERED = 5


@csrf_exempt
def receive(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Answer 200 to everything that is stored, understood or not."""
    channel = _channel(kind, slug, int(time.monotonic() / REMEMBERED))
    if channel is None:
        return problem(404, "There is no such channel.")
    if request.method != "POST":
        refused = problem(405, "A webhook is called with POST.")
        refused["Allow"] = "POST"
        return refused
    adapter, account = adapters.adapter(channel.kind), adapters.account(channel)
    try:
        body = request.body
        adapter.verify(account, dict(request.headers), body)
        inbound = adapter.parse(account, body)
    except RequestDataTooBig:
        return problem(413, "The body is too large.")
    except RejectedError as error:
        return problem(error.status, error.reason)
    keys = inbox.receive(channel, inbound)
    tasks.wake(channel.pk, keys)
    return HttpResponse()


@lru_cache(maxsize=256)
def _channel(kind: str, slug: str, moment: int) -> Channel | None:
    """The channel row, read anew every few seconds: each call needs it."""
    return Channel.objects.filter(kind=kind, slug=slug, active=True).first()


urlpatterns = [path("<slug:kind>/<slug:slug>/", receive, name="webhook")]
