"""Errors over HTTP as RFC 9457 problem documents."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_handler

from ecomsupport.parsing import TooLarge
from orders.api.statuses import status_of
from orders.refusal import Code, Refusal

MEDIA_TYPE = "application/problem+json"


class ProblemSerializer(serializers.Serializer[Any]):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.ChoiceField(
        [code.value for code in Code],
        required=False,
        help_text="Of a refusal: which rule.",
    )
    facts = serializers.DictField(
        required=False, help_text="Of a refusal: what its sentence says, as values."
    )
    instead = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Of a refused write: which tools are possible with this order now.",
    )
    errors: Any = serializers.JSONField(
        required=False, help_text="Of a request that is not valid: field by field."
    )


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn a refusal, or what REST framework raises, into a problem document."""
    if isinstance(error, Refusal):
        return _refused(error)
    if isinstance(error, RequestDataTooBig):
        error = TooLarge()
    if isinstance(error, SuspiciousOperation):
        error = ParseError()
    response = drf_handler(error, context)
    if response is None:
        return None
    errors = response.data
    detail = errors.get("detail") if isinstance(errors, dict) else None
    problem = _problem(
        response.status_code, str(detail or _("The request is not valid."))
    )
    if detail is None:
        problem["errors"] = errors
    response.data = problem
    response.content_type = MEDIA_TYPE
    return response


def _refused(refusal: Refusal) -> Response:
    status = status_of(refusal.code)
    problem = _problem(status, refusal.sentence) | {
        "code": refusal.code.value,
        "facts": dict(refusal.facts),
        "instead": list(refusal.instead),
    }
    return Response(problem, status=status, content_type=MEDIA_TYPE)


def _problem(status: int, detail: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
