"""The worker and the timetable inside the web process, for the embedded run."""

import contextlib
import fcntl
import logging
import threading
import time
from collections.abc import Iterator
from functools import cache
from typing import IO

from celery import Celery
from celery.beat import Scheduler, Service
from celery.worker import WorkController
from celery.worker import state as worker_state
from django.conf import settings

logger = logging.getLogger(__name__)

_held: list[IO[str]] = []

QUEUES = ["dialogue", "delivery", "inference", "campaigns", "timetable"]
THREADS = 4


@cache
def is_alone() -> bool:
    """Whether no other process of this machine works on this database.

    The first to ask holds a lock on a file beside the database (in var/ where that is
    a server's) until it ends.
    """
    path = settings.VAR_DIR / f"{settings.DATABASES['default']['NAME']}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return False
    # Kept open: closing it would give the lock back.
    _held.append(file)
    return True


@contextlib.contextmanager
def running(app: Celery) -> Iterator[None]:
    """Run worker and timetable in threads; both are stopped at the end.

    Work that is not finished by then is picked up at the next start: the database
    knows of it.
    """
    worker = threading.Thread(target=_work, args=(app,), name="worker", daemon=True)
    worker.start()
    timetable = Service(app, max_interval=1, scheduler_cls=Scheduler)
    clock = threading.Thread(target=timetable.start, name="timetable", daemon=True)
    clock.start()
    try:
        yield
    finally:
        timetable.stop(wait=True)
        worker_state.should_stop = 0  # type: ignore[assignment]
        worker.join(timeout=10)
        worker_state.should_stop = None


def _work(app: Celery) -> None:
    """Run the worker; start it again where it dies of an error."""
    while worker_state.should_stop is None:
        try:
            _worker(app).start()
        except Exception:
            logger.exception("the worker died; starting it again")
            time.sleep(1)


def _worker(app: Celery) -> WorkController:
    return WorkController(
        app=app,
        pool_cls="threads",
        concurrency=THREADS,
        queues=QUEUES,
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
    )
