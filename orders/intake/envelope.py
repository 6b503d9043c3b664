"""What every event has: its kind, its moment, and the row that it tells of."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from orders.importing.errors import LineError
from orders.importing.fields import Fields
from orders.importing.lines import read_object
from orders.intake.errors import MalformedError

# Clocks differ; what lies further ahead would make all that follows look old.
AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Event:
    ident: str
    kind: str
    occurred_at: datetime
    data: Fields


def read(ident: str, body: bytes, now: datetime) -> Event:
    """Open an event; raises MalformedError."""
    try:
        fields = read_object(body)
        data = fields.inner("data")
        event = Event(
            ident=ident,
            kind=fields.ref("type"),
            occurred_at=fields.moment("occurred_at"),
            data=Fields({}) if data is None else data,
        )
    except LineError as error:
        raise MalformedError(str(error)) from error
    if event.occurred_at > now + AHEAD:
        raise MalformedError("occurred_at: lies in the future")
    return event
