"""Errors over HTTP as RFC 9457 problem documents."""

from http import HTTPStatus
from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_handler


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what REST framework raises into a problem document."""
    response = drf_handler(error, context)
    if response is None:
        return None
    errors = response.data
    detail = errors.get("detail") if isinstance(errors, dict) else None
    response.data = {
        "type": "about:blank",
        "title": HTTPStatus(response.status_code).phrase,
        "status": response.status_code,
        "detail": str(detail) if detail else "The request is not valid.",
    }
    if detail is None:
        response.data["errors"] = errors
    response.content_type = "application/problem+json"
    return response
