"""What all lists of the API share: filters and search."""

from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.fields import DateTimeField
from rest_framework.filters import BaseFilterBackend, SearchFilter
from rest_framework.request import Request
from rest_framework.views import APIView

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")

# What every database can compare with, in any time zone.
_YEARS = range(1900, 9999)
# Each is a condition; more would only keep the database busy.
_WORDS = 8
_OUT_OF_RANGE = DateTimeField.default_error_messages["overflow"]


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
        try:
            query.is_valid(raise_exception=True)
        except OverflowError as error:
            # Of a moment without its offset, which is too far away for the shop's own.
            raise ValidationError(_OUT_OF_RANGE) from error
        lookups: dict[str, Any] = query.validated_data
        for value in lookups.values():
            if isinstance(value, datetime) and value.year not in _YEARS:
                raise ValidationError(
                    _("%(moment)s is too far away.") % {"moment": value.isoformat()}
                )
        return queryset.filter(**lookups)


class Search(SearchFilter):
    """Each word of `search` must be found; where, the view's `find` knows.

    A view without it has `search_fields`, columns that contain the word.
    """

    def get_search_terms(self, request: Request) -> list[str]:
        words = super().get_search_terms(request)
        if len(words) > _WORDS:
            raise ValidationError({self.search_param: _("These are too many words.")})
        return words

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: APIView
    ) -> QuerySet[Any]:
        find = getattr(view, "find", None)
        if find is None:
            return super().filter_queryset(request, queryset, view)
        for word in self.get_search_terms(request):
            queryset = queryset.filter(find(word))
        return queryset
