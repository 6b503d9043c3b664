"""How the OpenAPI schema tells of filters, problems and API tokens."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework.permissions import AllowAny

from ecomsupport.problems import MEDIA_TYPE, ProblemSerializer

# What any request may be answered with, and one that has a body.
_ALWAYS = ("400", "401", "403", "404", "406", "429")
_WITH_BODY = ("413", "415")


class Schema(AutoSchema):
    def get_override_parameters(self) -> list[Any]:
        view: Any = self.view
        query_class = getattr(view, "query_class", None)
        return [query_class] if query_class and view.action == "list" else []

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        if AllowAny in self.view.permission_classes:
            return bodies
        statuses: tuple[str, ...] = _ALWAYS
        if self.method in {"POST", "PUT"}:
            statuses = (*_ALWAYS, *_WITH_BODY)
        # A view's `refusals` say what some of them mean there.
        described = dict.fromkeys(statuses, "") | getattr(self.view, "refusals", {})
        for status, description in described.items():
            problem = OpenApiResponse(ProblemSerializer, description=description)
            bodies[status] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                problem, status, [MEDIA_TYPE]
            )
        return bodies


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "ecomsupport.authentication.BearerAuthentication"
    name = "bearerAuth"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
