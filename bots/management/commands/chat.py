"""Talk to the bot at the terminal, or line by line in JSON."""

import hashlib
import json
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from bots import inbox, lease, outbox, tasks, turns
from bots.messages import Inbound, Kind
from bots.models import Channel, Conversation, Message, Ticket, TurnTrace
from orders import lookup
from orders.models import Customer

LONGEST_KEY = 100


class LineError(ValueError):
    """A line of input that is not as the contract says."""


@dataclass(frozen=True, kw_only=True)
class Line:
    # The key as it was given, and as the database can hold it.
    conversation: str | int
    key: str
    text: str
    at: datetime
    customer: Customer | None


class Command(BaseCommand):
    help = "Talk to the bot. With --jsonl: one JSON object a line in, one out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--jsonl", action="store_true")
        parser.add_argument("--customer", default="", help="speak as this customer")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["jsonl"]:
            _json_lines(self.stdout.write, self.stdout.flush)
        else:
            _terminal(self.stdout.write, options["customer"])


def _json_lines(write: Callable[[str], object], flush: Callable[[], None]) -> None:
    for raw in sys.stdin.buffer:
        try:
            answer = _turn(_parse(raw))
        except LineError as error:
            answer = {"error": str(error)}
        write(json.dumps(answer, ensure_ascii=False))
        flush()


def _terminal(write: Callable[[str], object], customer: str) -> None:
    key = f"terminal-{uuid.uuid4()}"
    offered: dict[str, str] = {}
    while True:
        try:
            text = input("> ")
        except (EOFError, KeyboardInterrupt):
            return
        if text.strip() == "/quit":
            return
        text = offered.get(text.strip(), text)
        line = {"conversation": key, "text": text, "customer": customer or None}
        try:
            answer = _turn(_parse(json.dumps(line).encode()))
        except LineError as error:
            write(str(error))
            continue
        offered = _show(answer["replies"], write)


def _show(
    replies: list[dict[str, Any]], write: Callable[[str], object]
) -> dict[str, str]:
    """Write the replies; return what each number beside a button stands for."""
    offered: dict[str, str] = {}
    for reply in replies:
        write(reply["text"])
        for button in reply["buttons"]:
            place = str(len(offered) + 1)
            offered[place] = button["value"]
            write(f"  [{place}] {button['label']}")
    return offered


def _parse(raw: bytes) -> Line:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise LineError(f"not JSON: {error}") from None
    if not isinstance(data, dict):
        raise LineError("not an object")
    text = data.get("text")
    if not isinstance(text, str):
        raise LineError("text: a string is needed")
    conversation = _conversation(data.get("conversation"))
    return Line(
        conversation=conversation,
        key=_key(str(conversation)),
        text=_clean(text),
        at=_time(data.get("at")),
        customer=_customer(data.get("customer")),
    )


def _conversation(value: Any) -> str | int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    key = _clean(value) if isinstance(value, str) else ""
    if not key:
        raise LineError("conversation: a key is needed")
    return key


def _key(conversation: str) -> str:
    """Long keys are told apart by their hash."""
    if len(conversation) <= LONGEST_KEY:
        return conversation
    return hashlib.sha256(conversation.encode()).hexdigest()


def _clean(text: str) -> str:
    """Without what no database takes: NUL and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _time(value: Any) -> datetime:
    if value is None:
        return timezone.now()
    try:
        parsed = parse_datetime(value)
    except (TypeError, ValueError):
        parsed = None
    # The first and the last year leave no room for other time zones and for windows.
    if parsed is None or not 1 < parsed.year < 9999:
        raise LineError("at: an ISO time is needed")
    return parsed if timezone.is_aware(parsed) else timezone.make_aware(parsed)


def _customer(ref: Any) -> Customer | None:
    if ref is None:
        return None
    found = lookup.customer(_clean(ref)) if isinstance(ref, str) else None
    if found is None:
        raise LineError(f"customer: {ref!r} is not known")
    return found


def _turn(line: Line) -> dict[str, Any]:
    """Run one turn the way every channel does, only without waiting for fragments."""
    channel, _ = Channel.objects.get_or_create(
        slug="console", defaults={"kind": Channel.Kind.CONSOLE, "name": "Console"}
    )
    inbound = Inbound(
        dedup_key=f"l:{uuid.uuid4()}",
        conversation_key=line.key,
        sender_id=line.key,
        kind=Kind.TEXT,
        occurred_at=line.at,
        text=line.text,
    )
    conversation = inbox.start(channel, line.key, payload=inbound.as_json())
    if line.customer and conversation.customer_id != line.customer.pk:
        _identify(conversation, line.customer)
    asked, _ = inbox.add(channel, conversation, inbound)
    written = _answer(conversation.pk)
    if settings.LLM_BACKEND != "none":
        _render(written)
    outbox.deliver(conversation.pk, tasks.send)
    return _result(line.conversation, conversation.pk, asked, written)


def _identify(conversation: Conversation, customer: Customer) -> None:
    """The channel says who is speaking: from here on this is the customer."""
    conversation.customer = customer
    conversation.save(update_fields=["customer"])
    conversation.contact.customer = customer
    conversation.contact.save(update_fields=["customer"])


def _answer(conversation_id: int) -> list[Message]:
    held = lease.acquire(conversation_id, timezone.now())
    if held is None:
        raise LineError("another process is in this conversation")
    try:
        return turns.answer(conversation_id, held.fence) or []
    except turns.Fenced:
        raise LineError("another process is in this conversation") from None
    finally:
        lease.release(held, done=True)


def _render(written: list[Message]) -> None:
    """Let the language model word the answers anew; nobody else does it here."""
    for message in written:
        tasks.render(message_id=message.pk)
        message.refresh_from_db(fields=["text"])


def _result(
    key: str | int, conversation_id: int, asked: Message, written: list[Message]
) -> dict[str, Any]:
    conversation = Conversation.objects.get(pk=conversation_id)
    ticket = Ticket.objects.filter(
        conversation=conversation, status=Ticket.Status.OPEN
    ).first()
    trace = TurnTrace.objects.filter(
        conversation=conversation, first_seq=asked.place
    ).first()
    return {
        "conversation": key,
        "replies": [
            {"text": said.text, "buttons": said.buttons, "cards": said.cards}
            for said in written
        ],
        "intents": trace.understanding["intents"] if trace else [],
        "owner": conversation.owner,
        "ticket": ticket.pk if ticket else None,
    }
