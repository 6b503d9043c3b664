"""Rows exactly as in the shop's files: read and stored as an import does."""

from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError, transaction

from orders.importing.errors import LineError
from orders.importing.run import KINDS
from orders.importing.store.known import Known
from orders.intake.envelope import Event
from orders.intake.errors import NotYetError
from orders.intake.newest import is_newest

_KINDS = {kind.name: kind for kind in KINDS}


def take(kind: str, event: Event, now: datetime) -> str:
    """Store the row unless it is old news. Raises LineError and NotYetError."""
    row = _KINDS[kind].parse(event.data)
    if is_newest(kind, row.ref, event):
        store(kind, row)
    return row.ref


def store(kind: str, row: Any) -> None:
    """Raises NotYetError where the row does not go with what is stored."""
    try:
        with transaction.atomic():
            (outcome,) = _KINDS[kind].store([row], Known(dry_run=False))
    except (IntegrityError, DataError) as error:
        raise NotYetError(str(error).splitlines()[0]) from error
    if isinstance(outcome, LineError):
        raise NotYetError(str(outcome))
