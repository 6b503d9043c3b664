"""Makes Celery find the bare task."""

from django.apps import AppConfig


class LoadConfig(AppConfig):
    name = "tests.load"
