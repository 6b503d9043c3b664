"""One address: which method goes where, who may call from another origin, errors."""

from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from bots.api.problem import Problem

Handler = Callable[[HttpRequest], Any]
Call = Callable[[HttpRequest], Awaitable[HttpResponseBase]]


def door(**handlers: Handler) -> Callable[[HttpRequest], Any]:
    """Build a view from handlers by method; async where one of them is."""
    if any(iscoroutinefunction(handler) for handler in handlers.values()):
        return _async_door(handlers)
    return _sync_door(handlers)


def _sync_door(handlers: dict[str, Handler]) -> Callable[[HttpRequest], Any]:
    # A bearer token is no cookie: there is nothing to forge.
    @csrf_exempt
    def view(request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _allow_origin(request, _preflight(handlers))
        try:
            response = _pick(request, handlers)(request)
        except Problem as problem:
            response = problem.response()
        return _allow_origin(request, response)

    return view


def _async_door(handlers: dict[str, Handler]) -> Callable[[HttpRequest], Any]:
    calls: dict[str, Call] = {
        method: handler if iscoroutinefunction(handler) else sync_to_async(handler)
        for method, handler in handlers.items()
    }

    @csrf_exempt
    async def view(request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _allow_origin(request, _preflight(calls))
        try:
            response = await _pick(request, calls)(request)
        except Problem as problem:
            response = problem.response()
        return _allow_origin(request, response)

    return view


def _pick(request: HttpRequest, handlers: dict[str, Any]) -> Any:
    handler = handlers.get(request.method or "")
    if handler is None:
        allowed = ", ".join([*handlers, "OPTIONS"])
        raise Problem(405, f"Use {allowed}.", {"Allow": allowed})
    return handler


def _preflight(handlers: dict[str, Any]) -> HttpResponse:
    allowed = ", ".join([*handlers, "OPTIONS"])
    response = HttpResponse(status=204, headers={"Allow": allowed})
    response["Access-Control-Allow-Methods"] = allowed
    response["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
    response["Access-Control-Max-Age"] = "600"
    return response


def _allow_origin(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Name the caller's origin where the shop has listed it, and never `*`."""
    patch_vary_headers(response, ["Origin"])
    origin = request.headers.get("Origin", "")
    if origin and origin in settings.CHAT_ORIGINS:
        response["Access-Control-Allow-Origin"] = origin
    return response
