"""The Celery app: which queue a task goes to, and the timetable."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsupport.settings")

app = Celery("ecomsupport")
app.conf.update(
    broker_url=settings.REDIS_URL or "memory://",
    # Embedded: wakes its consumer at once instead of polling; see embedded.py.
    broker_transport="redis" if settings.REDIS_URL else "ecomsupport.memory:Transport",
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 600} if settings.REDIS_URL else {},
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_default_queue="dialogue",
    task_routes={
        "bots.tasks.deliver": {"queue": "delivery"},
        "bots.tasks.render": {"queue": "inference"},
        "bots.tasks.campaigns": {"queue": "campaigns"},
        "bots.tasks.send_campaign": {"queue": "campaigns"},
    },
    worker_prefetch_multiplier=1,
    beat_schedule={
        "sweep": {"task": "bots.tasks.sweep", "schedule": 5.0},
        "campaigns": {"task": "bots.tasks.campaigns", "schedule": 15.0},
    },
    timezone="UTC",
    worker_hijack_root_logger=False,
)
app.autodiscover_tasks()
