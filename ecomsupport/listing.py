"""What all lists of the API share: pages and filters."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.views import APIView

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")

# What every database can compare with, in any time zone.
_YEARS = range(1900, 9999)


class Pages(LimitOffsetPagination):
    """A larger limit is capped; one that is no whole number is refused."""

    default_limit = 50
    max_limit = 200

    def get_limit(self, request: Request) -> int:
        limit = _whole(request, "limit", least=1)
        return self.default_limit if limit is None else min(limit, self.max_limit)

    def get_offset(self, request: Request) -> int:
        return _whole(request, "offset", least=0) or 0


class QueryFilter(BaseFilterBackend):
    """Filters by the fields of the view's `query_class`; `source` is the lookup."""

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Row, Item], view: APIView
    ) -> QuerySet[Row, Item]:
        query_class = getattr(view, "query_class", None)
        if query_class is None:
            return queryset
        # A plain dict: of an HTML form, which a QueryDict is taken for, a missing
        # flag would mean false.
        query = query_class(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        lookups: dict[str, Any] = query.validated_data
        for value in lookups.values():
            if isinstance(value, datetime) and value.year not in _YEARS:
                raise ValidationError(f"{value.isoformat()} is too far away.")
        return queryset.filter(**lookups)


def _whole(request: Request, name: str, *, least: int) -> int | None:
    given = request.query_params.get(name)
    if given is None:
        return None
    field = serializers.IntegerField(min_value=least, max_value=2**31 - 1)
    try:
        return int(field.run_validation(given))
    except ValidationError as error:
        raise ValidationError({name: error.detail}) from error
