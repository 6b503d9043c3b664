"""How the OpenAPI schema tells of the lists' filters."""

from typing import Any

from drf_spectacular.openapi import AutoSchema


class Schema(AutoSchema):
    def get_override_parameters(self) -> list[Any]:
        view: Any = self.view
        query_class = getattr(view, "query_class", None)
        return [query_class] if query_class and view.action == "list" else []
