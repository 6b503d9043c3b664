"""Which news of a thing is the newest: older ones have no say any more."""

from datetime import datetime

from orders.intake.envelope import Event
from orders.models import NewestNews
from orders.tracking import LONG_AGO


def is_newest(kind: str, ref: str, event: Event) -> bool:
    """Lock the thing's row and whether the event is newer than all before it.

    Of two of the same moment the greater id is the newer one.
    """
    defaults: dict[str, datetime | str] = {"occurred_at": LONG_AGO, "ident": ""}
    news, _made = NewestNews.objects.select_for_update().get_or_create(
        kind=kind, ref=ref, defaults=defaults
    )
    if (event.occurred_at, event.ident) <= (news.occurred_at, news.ident):
        return False
    news.occurred_at, news.ident = event.occurred_at, event.ident
    news.save(update_fields=["occurred_at", "ident"])
    return True
