"""A talk over the console channel, each turn taken as every channel's is."""

import uuid
from dataclasses import dataclass
from typing import Self

from django.utils import timezone

from bots import inbox, lease, outbox, tasks, turns
from bots.messages import Inbound, Kind
from bots.models import Channel, Conversation
from orders.models import Customer


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a shopper sees after a turn: texts, and buttons as (label, value)."""

    texts: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n".join(self.texts)

    @property
    def last(self) -> str:
        return self.texts[-1] if self.texts else ""


class Console:
    def __init__(self, channel: Channel, conversation: Conversation) -> None:
        self.channel = channel
        self.conversation = conversation

    @classmethod
    def open(cls, customer: Customer | None) -> Self:
        """Start a talk; with a customer, one whom the channel has verified."""
        channel, _ = Channel.objects.get_or_create(
            slug="console", defaults={"kind": Channel.Kind.CONSOLE, "name": "Console"}
        )
        key = f"simulated-{uuid.uuid4()}"
        conversation = inbox.start(
            channel, key, payload={"sender_id": key}, customer=customer
        )
        return cls(channel, conversation)

    def say(self, *texts: str) -> Reply:
        """Send the texts as one burst and return what is answered."""
        for text in texts:
            self._send(Kind.TEXT, text=text)
        return self._answer()

    def press(self, label: str, value: str) -> Reply:
        self._send(Kind.BUTTON, text=label, value=value)
        return self._answer()

    def _send(self, kind: Kind, *, text: str, value: str = "") -> None:
        inbound = Inbound(
            dedup_key=f"s:{uuid.uuid4()}",
            conversation_key=self.conversation.external_key,
            sender_id=self.conversation.external_key,
            kind=kind,
            occurred_at=timezone.now(),
            text=text,
            value=value,
        )
        inbox.add(self.channel, self.conversation, inbound)

    def _answer(self) -> Reply:
        held = lease.acquire(self.conversation.pk, timezone.now())
        assert held is not None, "nobody else is in this talk"
        try:
            written = turns.answer(self.conversation.pk, held.fence) or []
        finally:
            lease.release(held, done=True)
        outbox.deliver(self.conversation.pk, tasks.send)
        return Reply(
            texts=tuple(message.text for message in written),
            buttons=tuple(
                (str(button["label"]), str(button["value"]))
                for message in written
                for button in message.buttons
            ),
        )
