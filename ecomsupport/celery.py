"""The Celery app; its queues and timetable are the CELERY_ settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsupport.settings")

app = Celery("ecomsupport")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
