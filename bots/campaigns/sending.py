"""Starts campaigns whose time has come, and writes their messages once each."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from bots import outbox
from bots.campaigns.audience import Addressee, audience, still_unreached
from bots.messages import Button, Sender
from bots.models import Campaign, CampaignRecipient, Channel, Conversation, Delivery

Status = Campaign.Status

# Telegram takes about 30 messages a second from a bot: a third stays for replies.
STEP = timedelta(seconds=1 / 20)
# Written this far ahead and no further: the outbox stays short, a call is over soon,
# and a campaign that is cancelled has little to take back.
AHEAD = timedelta(seconds=60)
# What one transaction writes: on SQLite nobody else can write meanwhile.
BATCH = 50

STOP = {
    "en": Button(label="Stop promotions", value="promotions:off"),
    "zh": Button(label="不再接收", value="promotions:off"),
}


def start_due(now: datetime) -> list[int]:
    """Start what is due; return every campaign that has something left to write."""
    Campaign.objects.filter(status=Status.SCHEDULED, send_at__lte=now).update(
        status=Status.SENDING
    )
    sending = Campaign.objects.filter(status=Status.SENDING)
    return list(sending.order_by("send_at", "pk").values_list("pk", flat=True))


def send(campaign_id: int, now: datetime) -> int:
    """Write the next minute's messages of a campaign; return how many.

    May be called again at any time, also while another call runs or after one was
    killed. A campaign of which a call leaves nobody is done.
    """
    began = timezone.now()
    campaign = Campaign.objects.filter(pk=campaign_id, status=Status.SENDING).first()
    people = audience(campaign) if campaign else []
    written, is_all = 0, True
    for start in range(0, len(people), BATCH):
        at = now + (timezone.now() - began)
        count, left = _write(campaign_id, people[start : start + BATCH], at)
        written += count
        is_all = is_all and not left
    if is_all:
        Campaign.objects.filter(pk=campaign_id, status=Status.SENDING).update(
            status=Status.DONE
        )
    return written


@transaction.atomic
def _write(campaign_id: int, batch: list[Addressee], at: datetime) -> tuple[int, int]:
    """Write to these people; (written, left for a later call)."""
    campaign = _locked(campaign_id, {one.channel_id for one in batch})
    if campaign is None:
        return 0, 0
    unreached = still_unreached(campaign, batch)
    conversations = _talks_of_the_bot(batch)
    pace = _Pace(at)
    written = left = 0
    for one in batch:
        conversation = conversations.get(one.conversation_id)
        if conversation is None or one.contact_id not in unreached:
            continue
        hold = pace.next(one.channel_id)
        if hold is None:
            left += 1
            continue
        _write_to(campaign, one, conversation, hold)
        written += 1
    return written, left


def _write_to(
    campaign: Campaign, one: Addressee, conversation: Conversation, hold: timedelta
) -> None:
    message = outbox.put(
        conversation,
        sender=Sender.BOT,
        lane=Delivery.Lane.PROMO,
        text=campaign.text(one.language),
        buttons=(STOP[one.language],),
        language=one.language,
        hold=hold,
    )
    CampaignRecipient.objects.create(
        campaign=campaign, contact_id=one.contact_id, message=message
    )


def _locked(campaign_id: int, channels: set[int]) -> Campaign | None:
    """Lock the campaign, and the channels whose pace it shares with others.

    None where it is not being sent any more: cancelled, or finished by another call.
    """
    campaign = (
        Campaign.objects.select_for_update(no_key=True)
        .filter(pk=campaign_id, status=Status.SENDING)
        .first()
    )
    locks = Channel.objects.select_for_update(no_key=True).filter(pk__in=channels)
    list(locks.order_by("pk").values_list("pk"))
    return campaign


def _talks_of_the_bot(batch: list[Addressee]) -> dict[int, Conversation]:
    """Those that no person has taken over since the audience was read."""
    talks = Conversation.objects.filter(owner=Conversation.Owner.BOT)
    return talks.in_bulk([one.conversation_id for one in batch])


class _Pace:
    """Gives each message of a channel a moment of its own, after all that wait."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._next: dict[int, datetime] = {}

    def next(self, channel_id: int) -> timedelta | None:
        """How long to hold the next message; None beyond what is written ahead."""
        if channel_id not in self._next:
            self._next[channel_id] = self._first_free(channel_id)
        hold = self._next[channel_id] - self._at
        if hold > AHEAD:
            return None
        self._next[channel_id] += STEP
        return hold

    def _first_free(self, channel_id: int) -> datetime:
        """Behind the newest promotion that waits, of whichever campaign.

        One that was tried already waits for its own reasons, perhaps for long.
        """
        last = (
            Delivery.objects.filter(
                conversation__channel=channel_id,
                lane=Delivery.Lane.PROMO,
                state=Delivery.State.PENDING,
                attempts=0,
            )
            .order_by("-pk")
            .values_list("not_before", flat=True)
            .first()
        )
        return max(self._at, last + STEP) if last else self._at
