"""A promotion reaches who asked for it, once, and ends with a word."""

from collections.abc import Callable

from tests.shopper import Shopper
from tests.stack import Embedded

Open = Callable[..., Shopper]

# Scheduled for now; the timetable of the running shop would start it within 15 s.
CAMPAIGN = (
    "from bots.campaigns import sending; from bots.models import Campaign;"
    "from django.utils import timezone; now = timezone.now();"
    "Campaign.objects.create(name='kettles', text_en='Kettles: 20% off',"
    " text_zh='水壶八折', status='scheduled', send_at=now);"
    "[sending.send(pk, now) for pk in sending.start_due(now)]"
)


def promotions(one: Shopper) -> list[str]:
    return [
        said["text"]
        for said in one.transcript()
        if "20% off" in said["text"] or "八折" in said["text"]
    ]


def test_who_asked_gets_it_once_who_stopped_gets_none(
    shopper: Open, shop: Embedded
) -> None:
    # Neither has ticked promotions in the shop: only what is said here counts.
    wants, silent, stopped = shopper("C1010"), shopper("C1012"), shopper("C1014")
    wants.say("有优惠活动请通知我")
    silent.say("你好")
    stopped.say("please tell me about offers")
    assert "no more promotional" in stopped.say("STOP")
    shop.shell(CAMPAIGN)
    assert "八折" in wants.hears()
    assert promotions(wants) == ["水壶八折"]
    assert promotions(silent) == promotions(stopped) == []
    assert "促销" in wants.press("不再接收")
    shop.shell(CAMPAIGN)
    assert promotions(wants) == ["水壶八折"]
