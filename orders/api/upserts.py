"""Rows as the shop's systems have them: exactly those of the shop's files."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, PermissionDenied
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from orders import audit
from orders.acting import By
from orders.api.acting import by
from orders.importing.errors import LineError
from orders.importing.fields import Fields
from orders.intake import NotYetError
from orders.intake.envelope import Event
from orders.intake.run import TAKE
from orders.models import Customer, Order, Product

Json = dict[str, Any]
Row = TypeVar("Row", Product, Customer, Order)


class Contradiction(APIException):
    """The row speaks of what is not known, or goes against what is stored."""

    status_code = status.HTTP_409_CONFLICT


class Rows(ReadOnlyModelViewSet[Row]):
    """Rows that can be read, and `PUT` one by one.

    A row that is put is made where it is new, which takes the right to add, and brought
    up to date where it is not.
    It counts as news of this moment: older news that a webhook brings later does not
    undo it. What the shop's files do not have, such as a total, is not read.
    """

    # As webhooks name it.
    event: str
    refusals: Mapping[str, str] = {"409": "The row speaks of what is not known."}

    def update(self, request: Request, **named: str) -> Response:
        ref = named[self.lookup_field]
        who = replace(by(request), key="")
        row = _row(request.data, self.lookup_field, ref)
        with transaction.atomic():
            before = self._shown(ref)
            if not before and not self._may_add(request):
                raise PermissionDenied(_("To make a new row takes the right to add."))
            _take(self.event, row, who)
            after = self._shown(ref)
            if before != after:
                self._record(ref, before, after, who)
        return Response(after, status=200 if before else 201)

    def _may_add(self, request: Request) -> bool:
        noun = self.event.partition(".")[0]
        return request.user.has_perm(f"orders.add_{noun}")

    def _shown(self, ref: str) -> Json:
        """The row as the API shows it, plain enough for the audit; {} is none."""
        row = self.get_queryset().filter(**{self.lookup_field: ref}).first()
        if row is None:
            return {}
        shown: Json = json.loads(JSONRenderer().render(self.get_serializer(row).data))
        return shown

    def _record(self, ref: str, before: Json, after: Json, who: By) -> None:
        audit.record(
            f"put_{self.event.partition('.')[0]}",
            ref,
            by=who,
            result=self.get_queryset().get(**{self.lookup_field: ref}),
            arguments={},
            before=before,
            after=after,
        )


def _row(given: Any, key: str, ref: str) -> Json:
    if not isinstance(given, Mapping):
        raise ParseError(_("must be an object"))
    row = {key: ref, **given}
    if row[key] != ref:
        raise ParseError(f"{key}: {_('is another one than in the address')}")
    return row


def _take(event: str, row: Json, who: By) -> None:
    news = Event(
        ident=f"api:{uuid.uuid4()}", kind=event, occurred_at=who.at, data=Fields(row)
    )
    try:
        TAKE[event](news, who.at)
    except LineError as error:
        raise ParseError(str(error)) from error
    except NotYetError as error:
        raise Contradiction(str(error)) from error
