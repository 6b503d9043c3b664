"""An error of the chat API, and its RFC 9457 document."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """Ends a request; `detail` is read by the caller's programmer."""

    def __init__(
        self, status: int, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = dict(headers or {})

    def response(self) -> JsonResponse:
        return JsonResponse(
            {
                "type": "about:blank",
                "title": HTTPStatus(self.status).phrase,
                "status": self.status,
                "detail": self.detail,
            },
            status=self.status,
            headers=self.headers,
            content_type="application/problem+json",
        )


def unauthorized() -> Problem:
    return Problem(
        401, "The token is missing or not valid.", {"WWW-Authenticate": "Bearer"}
    )


def not_found(request: HttpRequest, rest: str = "") -> JsonResponse:
    """Answer any other address of the API."""
    return Problem(404, "There is nothing at this address.").response()
