"""The project: settings, addresses, the Celery app. It wires; nobody imports it."""

from ecomsupport.celery import app as celery_app

__all__ = ["celery_app"]
