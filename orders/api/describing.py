"""How the OpenAPI schema tells of a tool: all of it from the tool itself."""

from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from pydantic import create_model
from rest_framework.views import APIView

from orders import tools
from orders.api.acting import HEADER, KEY
from orders.api.addresses import Address
from orders.api.answers import ANSWERS
from orders.tools.tool import Arguments, Tool

View = TypeVar("View", bound=type[APIView])

IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": KEY},
    OpenApiParameter.HEADER,
    description="The same key again answers the first result and does nothing more.",
)
_PATH = {"type": "string", "minLength": 1, "maxLength": 64}


def describe(view: View, address: Address) -> View:
    """Give a tool's view its description."""
    tool = tools.TOOLS[address.tool]
    answer = OpenApiResponse(ANSWERS[tool.name], description=tool.description)
    described = extend_schema(
        operation_id=tool.name,
        description=f"{tool.description}\n\nScope: `{address.scope or 'none'}`.",
        parameters=_parameters(tool, address),
        request=_body(tool, address),
        responses={address.status: answer},
    )
    return extend_schema_view(**{address.method.lower(): described})(view)


def _parameters(tool: Tool, address: Address) -> list[OpenApiParameter]:
    found = [
        OpenApiParameter(name, _PATH, OpenApiParameter.PATH) for name in address.named
    ]
    if address.method == "GET":
        left = tool.arguments.model_fields.keys() - set(address.named)
        found += [OpenApiParameter(name, OpenApiTypes.STR) for name in sorted(left)]
    return [*found, IDEMPOTENCY_KEY] if tool.writes else found


def _body(tool: Tool, address: Address) -> Any:
    """The arguments that are not in the path."""
    fields = {
        name: (field.annotation, field)
        for name, field in tool.arguments.model_fields.items()
        if name not in address.named
    }
    if address.method == "GET" or not fields:
        return None
    title = "".join(word.capitalize() for word in tool.name.split("_"))
    body: Any = create_model(f"{title}Body", __base__=Arguments, **fields)  # type: ignore[call-overload]
    return {"application/json": body}
