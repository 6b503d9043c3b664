"""What a talk left behind, read from the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bots.consent import wants_promotions
from bots.models import Conversation, Message, Ticket
from bots.simulation.snapshot import Snapshot
from bots.simulation.snapshot import take as take_snapshot
from orders.models import AuditEntry, Confirmation


@dataclass(frozen=True, kw_only=True)
class Evidence:
    now: datetime
    before: Snapshot
    after: Snapshot
    conversation: Conversation
    messages: Sequence[Message]
    # Written in the talk.
    writes: Sequence[AuditEntry]
    confirmations: Sequence[Confirmation]
    tickets: Sequence[Ticket]
    wants_promotions: bool

    @classmethod
    def collect(
        cls, conversation_id: int, before: Snapshot, *, now: datetime, newest_audit: int
    ) -> Self:
        conversation = Conversation.objects.select_related("customer", "contact").get(
            pk=conversation_id
        )
        writes = AuditEntry.objects.filter(pk__gt=newest_audit)
        tokens = [entry.confirmation for entry in writes]
        return cls(
            now=now,
            before=before,
            after=take_snapshot(),
            conversation=conversation,
            messages=list(conversation.messages.order_by("pk")),
            writes=list(writes.select_related("customer").order_by("pk")),
            confirmations=list(
                Confirmation.objects.filter(token__in=tokens).select_related("customer")
            ),
            tickets=list(conversation.tickets.all()),
            wants_promotions=wants_promotions(conversation.contact),
        )

    @property
    def told(self) -> str:
        """All that the bot showed: its words, and the labels of its buttons."""
        return "\n".join(
            "\n".join([said.text, *(str(one["label"]) for one in said.buttons)])
            for said in self.messages
            if said.sender == "bot"
        )

    @property
    def offered(self) -> list[list[str]]:
        """What each of the bot's messages had for buttons."""
        return [
            [str(button["value"]) for button in message.buttons]
            for message in self.messages
            if message.sender == "bot"
        ]


def newest_audit() -> int:
    newest = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0
