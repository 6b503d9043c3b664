"""A refusal over HTTP as an RFC 9457 problem document."""

from http import HTTPStatus

from django.http import JsonResponse


def problem(status: int, detail: str, *, retry_after: int = 0) -> JsonResponse:
    """Answer with a problem; the detail is for the caller, and tells no secret."""
    response = JsonResponse(
        {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail,
        },
        status=status,
        content_type="application/problem+json",
    )
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response
