"""Writes what happened to orders into their shoppers' talks, each event once."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.db.models import Exists, OuterRef, Q

from bots import outbox
from bots.messages import Sender
from bots.models import Conversation, Delivery
from bots.notices import choosing, wording
from orders.balance import lacking
from orders.happenings import FRESH
from orders.models import Order, OrderEvent

logger = logging.getLogger(__name__)

Kind = OrderEvent.Kind
Outcome = OrderEvent.Outcome

# Telegram takes about 30 messages a second from a bot, and promotions have their share.
STEP = timedelta(seconds=1 / 10)
# What one call writes: about as much as leaves until the next.
MOST = 50
# What one call looks at; most shoppers have no channel.
LOOK_AT = 1000
# Moot once the parcel has arrived.
PASSING = {Kind.OUT_FOR_DELIVERY, Kind.EXCEPTION}


def tell(now: datetime) -> Iterator[tuple[int, timedelta]]:
    """Tell what waits; yield each conversation written into, and when it is due.

    May run at any time, also beside itself or after it was killed.
    """
    waiting = OrderEvent.objects.waiting()
    waiting.before(now - FRESH).order_by().update(outcome=Outcome.TOO_OLD)
    hold = timedelta()
    for pk in list(waiting.values_list("pk", flat=True)[:LOOK_AT]):
        told_in = _try(pk, now, hold)
        if told_in is None:
            continue
        yield told_in, hold
        hold += STEP
        if hold >= MOST * STEP:
            return


def _try(pk: int, now: datetime, hold: timedelta) -> int | None:
    """As `_tell`; one event's failure does not keep the others back."""
    try:
        return _tell(pk, now, hold)
    except OperationalError:
        raise
    except Exception:
        logger.exception("an order's news could not be told; it is tried again")
        return None


@transaction.atomic
def _tell(pk: int, now: datetime, hold: timedelta) -> int | None:
    """Give one event its turn; the conversation it was told in, if it was."""
    event = _locked(pk)
    if event is None:
        return None
    talk, event.outcome = _place(event, now)
    if talk is not None:
        _write(event, talk, hold)
        event.told_at = now
    event.save(update_fields=["outcome", "told_at"])
    return talk.pk if talk else None


def _locked(pk: int) -> OrderEvent | None:
    """None where another worker has it, or an earlier event of the order waits."""
    earlier = OrderEvent.objects.filter(
        Q(at__lt=OuterRef("at")) | Q(at=OuterRef("at"), pk__lt=OuterRef("pk")),
        order=OuterRef("order"),
        outcome="",
    )
    return (
        OrderEvent.objects.waiting()
        .filter(~Exists(earlier), pk=pk)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("order__customer")
        .first()
    )


def _place(event: OrderEvent, now: datetime) -> tuple[Conversation | None, Outcome]:
    if _is_superseded(event):
        return None, Outcome.SUPERSEDED
    talks = choosing.reachable(event.order.customer, now)
    talk = choosing.willing(talks)
    if talk is not None:
        return talk, Outcome.TOLD
    return None, Outcome.DECLINED if talks.exists() else Outcome.NO_CHANNEL


def _is_superseded(event: OrderEvent) -> bool:
    if event.kind == Kind.PAYMENT_FAILED:
        return _is_paid_since(event)
    if event.kind not in PASSING:
        return False
    arrived = event.order.events.filter(kind=Kind.DELIVERED, at__gte=event.at)
    return any(one.parcel == event.parcel for one in arrived)


def _is_paid_since(event: OrderEvent) -> bool:
    """Or cancelled: in either case nobody need do anything any more."""
    if event.order.status == Order.Status.CANCELLED:
        return True
    return event.facts["lacking"] and not lacking(event.order)


def _write(event: OrderEvent, talk: Conversation, hold: timedelta) -> None:
    language = choosing.language(talk, event.order.customer)
    outbox.put(
        talk,
        sender=Sender.BOT,
        lane=Delivery.Lane.NOTICE,
        text=wording.text(event, language),
        buttons=wording.buttons(event, language),
        language=language,
        hold=hold,
    )
