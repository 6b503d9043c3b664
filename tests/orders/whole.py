"""Everything that the orders' tables hold, to see that a refusal changed nothing."""

from typing import Any

from django.apps import apps


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("orders").get_models()
    }
