"""Stores after-sales cases with the order lines they are about."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from orders.importing.errors import LineError
from orders.importing.parse.cases import CaseRow
from orders.importing.store.inserts import New
from orders.importing.store.known import Known, KnownOrder, among
from orders.importing.store.settled import Settled, paid_by
from orders.importing.store.writes import Writes, said
from orders.importing.tally import Outcome
from orders.models import Case, CaseLine

_GIVEN = ("kind", "status", "reason", "opened_at", "replacement_skus", "localized")
_IF_SAID = ("ground", "difference", "fee", "deadline", "decision", "cancels_order")
_CASE = (*_GIVEN, *_IF_SAID, "order", "refund_amount", "refund_method")


def store_cases(rows: Sequence[CaseRow], known: Known) -> list[Outcome | LineError]:
    batch = _Batch(rows, known)
    outcomes = [batch.put(row) for row in rows]
    if not known.dry_run:
        batch.cases.flush()
        batch.lines.flush()
        batch.settled.flush()
    return outcomes


class _Batch:
    def __init__(self, rows: Sequence[CaseRow], known: Known) -> None:
        self.cases = Writes(Case.objects.all(), _CASE)
        self.lines = Writes(CaseLine.objects.all())
        self.settled = Settled()
        stored = known.for_update(
            Case.objects.filter(ref__in=among([row.ref for row in rows]))
        ).prefetch_related("lines__line__variant")
        self.stored = {case.ref: case for case in stored}
        self.orders = known.orders({row.order for row in rows})
        self.customers = known.customers({o.customer for o in self.orders.values()})
        self.variants = known.variants(
            {s for row in rows for s in row.replacement_skus}
        )

    def put(self, row: CaseRow) -> Outcome | LineError:
        try:
            order = self._order(row)
            shares = _shares(row.skus, order)
            values = self._values(row, order)
            settling = paid_by(row, order)
        except LineError as error:
            return error
        case = self.stored.get(row.ref)
        if case is None:
            new = self.cases.add(ref=row.ref, **values)
            self._add_lines(new, shares)
            self.settled.put(new, settling, order)
            return Outcome.CREATED
        moved = case.order_id != order.id
        changed = self.cases.revise(case, values)
        if moved or _skus(case) != row.skus:
            for line in case.lines.all():
                self.lines.remove(line)
            self._add_lines(case, shares)
            changed = True
        changed |= self.settled.put(case, settling, order)
        return Outcome.UPDATED if changed else Outcome.UNCHANGED

    def _order(self, row: CaseRow) -> KnownOrder:
        order = self.orders.get(row.order)
        if order is None:
            raise _unknown("order", row.order)
        for sku in row.replacement_skus:
            if sku not in self.variants:
                raise _unknown("replacement_skus", sku)
        return order

    def _values(self, row: CaseRow, order: KnownOrder) -> dict[str, object]:
        values: dict[str, object] = {name: getattr(row, name) for name in _GIVEN}
        values |= said(row, _IF_SAID)
        values |= {
            "order_id": order.id,
            "refund_amount": None,
            "refund_method_id": None,
        }
        if row.refund is None:
            return values
        values["refund_amount"] = row.refund.amount
        if row.refund.method:
            methods = self.customers[order.customer].methods
            if row.refund.method not in methods:
                raise _unknown("refund.method", row.refund.method)
            values["refund_method_id"] = methods[row.refund.method]
        return values

    def _add_lines(
        self, case: Case | New, shares: list[tuple[int | None, int]]
    ) -> None:
        for line, quantity in shares:
            self.lines.add(case=case, line_id=line, quantity=quantity)


def _shares(skus: Counter[str], order: KnownOrder) -> list[tuple[int | None, int]]:
    """Spread the SKUs over the lines of the order, first lines first."""
    shares = []
    open_skus = skus.copy()
    for line in order.lines:
        share = min(open_skus[line.sku], line.quantity)
        if share:
            shares.append((line.id, share))
            open_skus[line.sku] -= share
    for sku, missing in open_skus.items():
        if missing:
            raise LineError(
                _("the order has %(missing)d too few of “%(sku)s”")
                % {"missing": missing, "sku": sku},
                field="skus",
            )
    return shares


def _skus(case: Case) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in case.lines.all():
        found[line.line.variant.sku] += line.quantity
    return found


def _unknown(field: str, ref: str) -> LineError:
    return LineError(_("“%(ref)s” is not known") % {"ref": ref}, field=field)
