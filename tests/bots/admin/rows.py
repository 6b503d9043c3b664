"""Makes a row of everything the console shows."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from bots import outbox
from bots.desk import tickets
from bots.messages import Sender
from bots.models import (
    Channel,
    Contact,
    Conversation,
    Correction,
    Delivery,
    Feedback,
    InboundEvent,
    LanguageModelCall,
    Message,
    Term,
    TrainedModel,
    TurnTrace,
)
from tests.bots.campaigns import people

TOKEN = "123456:the-token-nobody-sees"
SECRET = "the-secret-nobody-sees"


def staff(*groups: str, name: str = "") -> User:
    name = name or f"staff-{next(people.numbers)}"
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def conversation(contact: Contact | None = None) -> Conversation:
    contact = contact or people.contact(people.channel(), customer=people.customer())
    return Conversation.objects.select_related("contact").get(contact=contact)


def said(talk: Conversation, sender: Sender, text: str, **fields: object) -> Message:
    """A message that has its place in the talk."""
    seq = talk.next_seq()
    talk.save()
    now = timezone.now()
    return Message.objects.create(
        conversation=talk,
        sender=sender,
        text=text,
        **{"seq": seq, "created_at": now, "sent_at": now, **fields},
    )


def sending(
    talk: Conversation, state: str = "failed", lane: str = Delivery.Lane.REPLY
) -> Delivery:
    message = outbox.put(talk, sender=Sender.BOT, lane=Delivery.Lane(lane), text="Hi")
    Delivery.objects.filter(message=message).update(state=state, attempts=8, error="no")
    return Delivery.objects.get(message=message)


def event(on: Channel, status: str = "dead") -> InboundEvent:
    return InboundEvent.objects.create(
        channel=on,
        dedup_key=f"update:{next(people.numbers)}",
        conversation_key="1",
        kind="text",
        payload={"text": "hello"},
        occurred_at=timezone.now(),
        received_at=timezone.now(),
        status=status,
        attempts=4,
        error="ended its worker repeatedly",
    )


def everything() -> None:
    """One more row of every kind, each with everything it may point at."""
    number = next(people.numbers)
    on = people.channel(token=TOKEN, secret=SECRET)
    contact = people.contact(on, customer=people.customer(), consent=True)
    talk = conversation(contact)
    said(talk, Sender.SHOPPER, "Where is it?")
    agent = staff("agent", name=f"agent-{number}")
    TurnTrace.objects.create(
        conversation=talk,
        at=timezone.now(),
        first_seq=1,
        last_seq=1,
        understanding={"intents": [{"name": "order_status", "confidence": 0.9}]},
        commands=["start order_status"],
        milliseconds=5,
    )
    sending(talk)
    event(on)
    ticket = tickets.open_ticket(talk, reason="asked", summary="Where is it?")
    talk.save()
    tickets.take(ticket.pk, agent)
    Feedback.objects.create(conversation=talk, rating=4, at=timezone.now())
    Term.objects.create(side=Term.Side.SHOP, phrase=f"word-{number}")
    Correction.objects.create(text=f"word-{number}", language="en", intent="greet")
    TrainedModel.objects.create(
        name=f"understanding-{number}",
        status=TrainedModel.Status.READY,
        started_at=timezone.now(),
    )
    LanguageModelCall.objects.create(
        conversation=talk,
        at=timezone.now(),
        model="small",
        purpose="render",
        outcome=LanguageModelCall.Outcome.ANSWERED,
        prompt_tokens=100,
        completion_tokens=20,
        milliseconds=300,
    )
    people.campaign(status="draft", created_by=agent)
    Group.objects.create(name=f"group-{number}")
    LogEntry.objects.create(
        user=agent,
        content_type=ContentType.objects.get_for_model(Channel),
        object_id=str(on.pk),
        object_repr=str(on),
        action_flag=CHANGE,
        change_message="[]",
    )
