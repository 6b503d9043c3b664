"""An error that ends a request of the chat API."""

from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse

from bots.problem import problem


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
        response = problem(self.status, self.detail)
        for name, value in self.headers.items():
            response[name] = value
        return response


def unauthorized() -> Problem:
    return Problem(
        401, "The token is missing or not valid.", {"WWW-Authenticate": "Bearer"}
    )


def not_found(request: HttpRequest, rest: str = "") -> JsonResponse:
    """Answer any other address of the API."""
    return problem(404, "There is nothing at this address.")
