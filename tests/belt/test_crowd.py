"""Many messages at once, on the webhook, with two worker processes."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests import stack
from tests.emulators.telegram import FakeTelegram

SECRET = "crowd-secret"
CHATS, EACH = 10, 10
MAKE_CHANNEL = (
    "from bots.models import Channel;"
    "Channel.objects.create(kind='telegram', slug='shop', name='Shop', token='{token}',"
    " secret='{secret}', api_url='{url}')"
)
TALKS = (
    "import json; from bots.models import *;"
    "print(json.dumps([{'texts': [m.text for m in c.messages.filter(sender='shopper')"
    ".order_by('seq')], 'turns': sorted([[t.first_seq, t.last_seq] for t in"
    " c.traces.all()]), 'seqs': list(c.messages.filter(sender='shopper')"
    ".order_by('seq').values_list('seq', flat=True)), 'said': list(c.messages.filter("
    "sender='bot').order_by('seq').values_list('text', flat=True)),"
    " 'chat': c.contact.external_id} for c in Conversation.objects.all()]))"
)
LEFT = (
    "from bots.models import *; print(Message.objects.unhandled().count()"
    " + InboundEvent.objects.filter(status='new').count()"
    " + Delivery.objects.exclude(state='sent').count())"
)

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture(scope="module")
def shop(
    tmp_path_factory: pytest.TempPathFactory, fake: FakeTelegram
) -> Iterator[stack.Production]:
    production = stack.Production(tmp_path_factory.mktemp("crowd"), BURST_WAIT="0.1")
    try:
        production.start_all(workers=2)
        production.shell(
            MAKE_CHANNEL.format(token=fake.token, secret=SECRET, url=fake.url)
        )
        fake.webhook_url = f"{production.url}/webhooks/telegram/shop/"
        fake.webhook_secret = SECRET
        yield production
    finally:
        production.stop()


def update(number: int, chat: int, text: str) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "Mia", "language_code": "en"}
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "from": person,
            "chat": {"id": chat, "type": "private", "first_name": "Mia"},
            "date": int(time.time()),
            "text": text,
        },
    }


def wait_until_done(shop: stack.Production) -> None:
    deadline = time.monotonic() + 60
    while shop.shell(LEFT) != "0":
        assert time.monotonic() < deadline, "work is left"
        time.sleep(0.5)


def test_the_same_update_three_times_at_once_is_one_message_and_one_reply(
    shop: stack.Production, fake: FakeTelegram
) -> None:
    said = update(1, 999, "hello there")
    assert fake.push(said, times=3, concurrently=True) == [200, 200, 200]
    wait_until_done(shop)
    talks = json.loads(shop.shell(TALKS))
    [talk] = [talk for talk in talks if talk["chat"] == "999"]
    assert talk["texts"] == ["hello there"]
    assert len([sent for sent in fake.sent if str(sent["chat_id"]) == "999"]) == 1


def test_every_talk_stays_in_order_none_lost_none_doubled(
    shop: stack.Production, fake: FakeTelegram
) -> None:
    def talk(chat: int) -> None:
        for turn in range(EACH):
            # As Telegram does: within a chat the next one after the last one's 200.
            text = f"message {turn}: do you have kettles?"
            assert fake.push(update(chat * 100 + turn, chat, text)) == [200]

    chats = range(1, CHATS + 1)
    with ThreadPoolExecutor(CHATS) as people:
        list(people.map(talk, chats))
    wait_until_done(shop)
    talks = {talk["chat"]: talk for talk in json.loads(shop.shell(TALKS))}
    for chat in chats:
        found = talks[str(chat)]
        assert [text.split(":")[0] for text in found["texts"]] == [
            f"message {turn}" for turn in range(EACH)
        ]
        # Every message belongs to exactly one turn.
        covered = [
            seq
            for first, last in found["turns"]
            for seq in found["seqs"]
            if first <= seq <= last
        ]
        assert sorted(covered) == found["seqs"]
        sent = [one["text"] for one in fake.sent if str(one["chat_id"]) == str(chat)]
        assert len(sent) == len(found["said"]) >= len(found["turns"])
