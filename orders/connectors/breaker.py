"""The circuit breaker: who has failed again and again is left alone for a while."""

from datetime import datetime, timedelta

from django.db.models import F

from orders.connectors.result import Failed, Result
from orders.models import Connector

FAILURES = 5
SHORTEST = timedelta(seconds=60)
LONGEST = timedelta(minutes=15)
# The one call that is let through to try has this long to come back.
TRIAL = timedelta(seconds=30)


def is_down(port: str) -> bool:
    """Whether the outside has failed again and again and not answered since."""
    failing = Connector.objects.filter(port=port, active=True, failures__gte=FAILURES)
    return failing.exclude(kind=Connector.Kind.MANUAL).exists()


def lets_through(connector: Connector, now: datetime) -> bool:
    """Whether a call may be made now; of those that come after a pause, one may."""
    if connector.open_until is None:
        return True
    tries = Connector.objects.filter(pk=connector.pk, open_until__lte=now)
    return bool(tries.update(open_until=now + TRIAL))


def note(connector: Connector, result: Result, now: datetime) -> None:
    """Count a failure, or forget them all where the outside has answered."""
    row = Connector.objects.filter(pk=connector.pk)
    if not isinstance(result, Failed):
        row.exclude(failures=0, open_until=None).update(failures=0, open_until=None)
        return
    if not result.down:
        return
    row.update(failures=F("failures") + 1)
    failures = row.values_list("failures", flat=True).first() or 0
    if failures >= FAILURES:
        row.update(open_until=now + _pause(failures))


def _pause(failures: int) -> timedelta:
    doublings: int = min(failures - FAILURES, 10)
    return min(SHORTEST * (1 << doublings), LONGEST)
