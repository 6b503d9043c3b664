"""Pages of a list: each goes on from a row, however long the list is.

A cursor names the row that a page goes on from, by the columns that the list is ordered
by. It is signed, so that what comes back is what was given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """Go on after this row, or go back from it."""

    back: bool
    values: tuple[Any, ...]


class Pages(BasePagination):
    """A larger `limit` is capped; one that is no whole number is refused.

    The last column that a list is ordered by must be unique.
    """

    default_limit = 50
    max_limit = 200

    def paginate_queryset(
        self, queryset: QuerySet[Row, Item], request: Request, view: Any = None
    ) -> list[Item]:
        if request.query_params.get("offset", "0") != "0":
            raise ValidationError({"offset": _("Follow “next” instead.")})
        limit = _limit(request, self.default_limit, self.max_limit)
        signer = Signer(salt=f"{queryset.model.__name__} {_columns(queryset)}")
        at = _cursor(request, signer)
        rows = queryset if at is None else _beyond(queryset, at)
        found = list(rows[: limit + 1])
        page, more = found[:limit], len(found) > limit
        back = at is not None and at.back
        if back:
            page.reverse()
        self.next = self.previous = None
        if page and (more or back):
            self.next = _link(request, signer, page[-1], queryset, back=False)
        if page and (more if back else at is not None):
            self.previous = _link(request, signer, page[0], queryset, back=True)
        return page

    def get_paginated_response(self, data: Any) -> Response:
        links = {"next": self.next, "previous": self.previous}
        return Response({**links, "results": data})

    def get_paginated_response_schema(
        self, schema: Mapping[str, Any]
    ) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": "limit",
                "in": "query",
                "description": f"Rows a page; {self.max_limit} at most.",
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "default": self.default_limit,
                },
            },
            {
                "name": "cursor",
                "in": "query",
                "description": "Of the `next` or `previous` of another page.",
                "schema": {"type": "string"},
            },
        ]


def _limit(request: Request, default: int, most: int) -> int:
    given = request.query_params.get("limit")
    if given is None:
        return default
    field = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    try:
        return min(int(field.run_validation(given)), most)
    except ValidationError as error:
        raise ValidationError({"limit": error.detail}) from error


def _columns(queryset: QuerySet[Any]) -> list[str]:
    return [str(column) for column in queryset.query.order_by]


def _cursor(request: Request, signer: Signer) -> Cursor | None:
    given = request.query_params.get("cursor")
    if given is None:
        return None
    try:
        back, *values = signer.unsign_object(given)
    except BadSignature as error:
        raise ValidationError({"cursor": _("This is no cursor of this list.")}) from (
            error
        )
    return Cursor(back=back, values=tuple(values))


def _link(
    request: Request, signer: Signer, row: Any, queryset: QuerySet[Any], *, back: bool
) -> str:
    names = (column.lstrip("-") for column in _columns(queryset))
    values = [_plain(getattr(row, name)) for name in names]
    cursor = signer.sign_object([back, *values])
    return replace_query_param(request.build_absolute_uri(), "cursor", cursor)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _beyond(queryset: QuerySet[Row, Item], at: Cursor) -> QuerySet[Row, Item]:
    """The rows on the far side of the cursor's, nearest first.

    Of an ordering (a, b): a is beyond or equal, and a is beyond or b is. The first half
    is what an index on `a` starts from.
    """
    condition = Q()
    columns = list(zip(_columns(queryset), at.values, strict=True))
    for column, value in reversed(columns):
        name = column.lstrip("-")
        side = "lt" if column.startswith("-") != at.back else "gt"
        beyond = Q(**{f"{name}__{side}": value})
        if condition:
            beyond = Q(**{f"{name}__{side}e": value}) & (beyond | condition)
        condition = beyond
    rows = queryset.filter(condition)
    return rows.reverse() if at.back else rows
