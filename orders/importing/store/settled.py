"""Which payments of an order settle a case."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from orders.importing.errors import LineError
from orders.importing.parse.cases import CaseRow
from orders.importing.store.inserts import New
from orders.importing.store.known import KnownOrder
from orders.models import Case, Payment


def paid_by(row: CaseRow, order: KnownOrder) -> set[int | None] | None:
    """The payments that the file names; None where it names none, not even an empty list."""
    if row.payments is None:
        return None
    for place in row.payments:
        if place >= len(order.payments):
            raise LineError(
                _("the order has no payment number %(place)d") % {"place": place},
                field="payments",
            )
    return {order.payments[place].id for place in row.payments}


class Settled:
    def __init__(self) -> None:
        self._cases: list[tuple[Case | New, Collection[int | None]]] = []

    def put(
        self, case: Case | New, payments: set[int | None] | None, order: KnownOrder
    ) -> bool:
        """Take what settles the case; tell whether that is anything new."""
        if payments is None:
            return False
        before = {
            one.id for one in order.payments if case.pk and one.case_id == case.pk
        }
        if before == payments:
            return False
        self._cases.append((case, payments))
        return True

    def flush(self) -> None:
        """Call it once the cases are written."""
        for case, payments in self._cases:
            of_case = Payment.objects.filter(case=case.pk)
            of_case.exclude(pk__in=payments).update(case=None)
            Payment.objects.filter(pk__in=payments).update(case=case.pk)
