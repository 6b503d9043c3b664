"""Tools over HTTP: a body becomes arguments, a tool is called, its answer is JSON."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from orders import audit, tools
from orders.api.acting import by
from orders.api.addresses import ADDRESSES, Address
from orders.api.answers import ANYTHING, ToolList
from orders.api.describing import IDEMPOTENCY_KEY, describe
from orders.api.statuses import described
from orders.refusal import Code, Refusal

REPLAYED = "Idempotent-Replayed"


class Call(APIView):
    """One tool at its own address."""

    address: Address

    @property
    def scope(self) -> str:
        return self.address.scope

    @property
    def refusals(self) -> Mapping[str, str]:
        """Status -> its codes, for the schema."""
        return described(_codes(self.address.tool))

    def get(self, request: Request, **named: str) -> Response:
        return call(request, self.address, request.query_params.dict(), named)

    def post(self, request: Request, **named: str) -> Response:
        return call(request, self.address, request.data, named)


class CallByName(APIView):
    """Any tool by its name; the body has all its arguments."""

    refusals = described(Code)

    @property
    def scope(self) -> str:
        """That of the tool; raises `Refusal` where there is none."""
        return ADDRESSES[tools.get(self.kwargs["name"]).name].scope

    @extend_schema(
        operation_id="call_tool",
        parameters=[IDEMPOTENCY_KEY],
        request={"application/json": ANYTHING},
        responses={200: ANYTHING, 201: ANYTHING},
    )
    def post(self, request: Request, name: str) -> Response:
        return call(request, ADDRESSES[name], request.data, {})


class Tools(APIView):
    """What each tool does, what it takes, and where it is found."""

    scope = ""

    @extend_schema(operation_id="list_tools", responses=ToolList)
    def get(self, request: Request) -> Response:
        found = [_described(address) for address in ADDRESSES.values()]
        return Response({"tools": found})


def view_of(address: Address) -> type[Call]:
    """The view of one tool."""
    methods = [address.method.lower(), "head", "options"]
    said = {"address": address, "http_method_names": methods}
    return describe(type(f"{address.tool}_call", (Call,), said), address)


def call(
    request: Request, address: Address, given: Any, named: Mapping[str, str]
) -> Response:
    """Call the tool with what is in the address and what was sent beside it."""
    if not isinstance(given, Mapping):
        raise Refusal(Code.MALFORMED, detail="arguments: must be an object")
    for name in named.keys() & given.keys():
        raise Refusal(Code.MALFORMED, detail=f"{name}: is in the address already")
    who = by(request)
    replayed = audit.first(who.key) is not None
    answer = tools.call(address.tool, {**given, **named}, by=who)
    headers = {REPLAYED: "true"} if replayed else None
    return Response(answer, status=address.status, headers=headers)


def _codes(tool: str) -> tuple[Code, ...]:
    found = tools.TOOLS[tool]
    return (*found.errors, Code.KEY_REUSED) if found.writes else found.errors


def _described(address: Address) -> dict[str, Any]:
    tool = tools.TOOLS[address.tool]
    return {
        "name": tool.name,
        "description": tool.description,
        "writes": tool.writes,
        "audience": tool.audience.value,
        "parameters": tool.schema,
        "errors": [code.value for code in _codes(tool.name)],
        "method": address.method,
        "path": address.path,
        "scope": address.scope,
    }
