"""What was read from the database together with a row."""

from django.db import models


def has(row: models.Model, name: str) -> bool:
    """Whether these related rows are at hand, as of when the row was read."""
    return name in getattr(row, "_prefetched_objects_cache", {})
