"""Whether it is alive, whether it is ready, and what it counts."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge
from prometheus_client.exposition import generate_latest
from redis import Redis, RedisError

from bots import tasks
from bots.models import Delivery, InboundEvent, Ticket

# The sweeper runs every five seconds; a worker silent for longer is not there.
WORKER_SILENCE = 30


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """503 with the reason where something that is needed is not there."""
    problems = {name: reason for name, check in CHECKS.items() if (reason := check())}
    return JsonResponse(
        {"ready": not problems, "problems": problems}, status=503 if problems else 200
    )


def metrics(request: HttpRequest) -> HttpResponse:
    """Counts read from the database, so that every process tells the same."""
    registry = CollectorRegistry()
    inbox = Gauge("ecomsupport_inbox", "inbound events", ["status"], registry=registry)
    for status in (InboundEvent.Status.NEW, InboundEvent.Status.DEAD):
        inbox.labels(status).set(InboundEvent.objects.filter(status=status).count())
    outbox = Gauge("ecomsupport_outbox", "deliveries", ["state"], registry=registry)
    for state in Delivery.State:
        if state != Delivery.State.SENT:
            outbox.labels(state).set(Delivery.objects.filter(state=state).count())
    tickets = Gauge("ecomsupport_tickets_open", "open tickets", registry=registry)
    tickets.set(Ticket.objects.filter(status=Ticket.Status.OPEN).count())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer"
    return ""


def _broker() -> str:
    if not settings.REDIS_URL:
        return ""
    try:
        Redis.from_url(settings.REDIS_URL, socket_timeout=2).ping()
    except RedisError:
        return "does not answer"
    return ""


def _worker() -> str:
    try:
        seen = cache.get(tasks.WORKER_SEEN)
    except RedisError:
        return "not known while Redis is away"
    if seen is None or time.time() - seen > WORKER_SILENCE:
        return "no worker has been heard of"
    return ""


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "broker": _broker,
    "worker": _worker,
}
