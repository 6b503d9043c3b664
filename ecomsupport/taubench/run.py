"""Runs cases, each from the start of the shop, and says why one failed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, transaction

from ecomsupport.taubench.cases import Action, BadCall, Call, Task, Unreadable
from ecomsupport.taubench.data import import_shop, set_terms
from ecomsupport.taubench.problem import BenchError
from ecomsupport.taubench.state import dump
from ecomsupport.taubench.verdicts import (
    FailedError,
    must_be,
    must_refuse,
    must_succeed,
)
from orders import lookup
from orders.acting import By
from orders.models import Customer, Order, Product


class Bench:
    """The imported shop, to which every case returns."""

    def __init__(self, *, at: datetime) -> None:
        self.start = dump()
        self._at = at

    def failure(self, case: Task | BadCall | Unreadable) -> str:
        """Why the case fails; "" where it passes. The shop is as before."""
        if isinstance(case, Unreadable):
            return case.why
        try:
            with transaction.atomic():
                self._run(case)
                transaction.set_rollback(True)
        except FailedError as failed:
            return str(failed)
        except Exception as error:  # noqa: BLE001 - a bug fails its case, not the run
            return f"{type(error).__name__}: {error}"
        return ""

    def _run(self, case: Task | BadCall) -> None:
        by = self._acting(case.acting_user)
        if isinstance(case, Task):
            for action in case.actions:
                _act(action, by)
            must_be(case, self.start)
            return
        _set_up(case.setup, by)
        must_refuse(case.call, case.any_of, by)
        must_be(case, self.start)
        if case.good_twin is not None:
            _set_up(case.good_twin.setup, by)
            must_succeed(case.good_twin.whole_call, by)
            must_be(case.good_twin, self.start)

    def _acting(self, ref: str | None) -> By:
        nobody = By(at=self._at, customer=None, actor="taubench")
        if ref is None:
            return nobody
        customer = lookup.customer(ref)
        if customer is None:
            raise FailedError(f"there is no acting_user {ref}")
        return replace(nobody, customer=customer)


@contextmanager
def shop(
    directory: Path, *, at: datetime, same_variant_change: bool = True
) -> Iterator[Bench]:
    """Fill the empty database with the data; leave it empty again. Raises BenchError."""
    _must_be_empty()
    with transaction.atomic():
        import_shop(directory, at=at)
        set_terms(at, same_variant_change=same_variant_change)
        yield Bench(at=at)
        transaction.set_rollback(True)


def _must_be_empty() -> None:
    try:
        full = any(model.objects.exists() for model in (Customer, Product, Order))
    except DatabaseError as error:
        raise BenchError("the database is not migrated: run `migrate` first") from error
    if full:
        raise BenchError("the database holds a shop already: an empty one is needed")


def _act(action: Action, by: By) -> None:
    if action.error is None:
        must_succeed(action, by)
    else:
        must_refuse(action, [action.error], by)


def _set_up(calls: Sequence[Call], by: By) -> None:
    for call in calls:
        must_succeed(call, by)
