"""Talks, tickets and campaigns over HTTP, for the shop's own systems; read-only."""

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from bots.models import (
    Campaign,
    Contact,
    Conversation,
    Message,
    Ticket,
    TicketEvent,
)

# No longer than a key can be.
_KEY = r"[0-9]{1,18}"
_OBJECTS = {"type": "array", "items": {"type": "object", "additionalProperties": {}}}


@extend_schema_field(_OBJECTS)
class Objects(serializers.JSONField):
    pass


class ContactSerializer(serializers.ModelSerializer[Contact]):
    class Meta:
        model = Contact
        fields = ("external_id", "name", "language", "blocked_at")


class MessageSerializer(serializers.ModelSerializer[Message]):
    # As in the chat API: its place in the talk.
    id = serializers.IntegerField(source="seq")
    buttons = Objects()
    cards = Objects()
    attachments = Objects()

    class Meta:
        model = Message
        fields = (
            "id", "sender", "text", "buttons", "cards", "attachments", "language",
            "created_at", "sent_at",
        )  # fmt: skip


class ConversationSerializer(serializers.ModelSerializer[Conversation]):
    # The channel by its name alone: its token and secret stay where they are.
    channel = serializers.CharField(source="channel.slug")
    key = serializers.CharField(source="external_key")
    contact = ContactSerializer()
    customer = serializers.CharField(
        source="customer.ref", default=None, allow_null=True
    )

    class Meta:
        model = Conversation
        fields: tuple[str, ...] = (
            "id", "channel", "key", "contact", "customer", "language", "owner",
            "created_at", "last_message_at",
        )  # fmt: skip


class TalkSerializer(ConversationSerializer):
    """One conversation, with all that both sides can see."""

    messages = MessageSerializer(many=True)

    class Meta(ConversationSerializer.Meta):
        fields = (*ConversationSerializer.Meta.fields, "messages")


class ConversationQuery(serializers.Serializer[Any]):
    customer = serializers.CharField(required=False, source="customer__ref")
    channel = serializers.CharField(required=False, source="channel__slug")
    key = serializers.CharField(required=False, source="external_key")
    owner = serializers.ChoiceField(Conversation.Owner.choices, required=False)
    language = serializers.CharField(required=False)
    updated_after = serializers.DateTimeField(
        required=False, source="last_message_at__gt"
    )


class Conversations(ReadOnlyModelViewSet[Conversation]):
    # By key: pages stay as they are while people talk.
    queryset = Conversation.objects.order_by("-pk").select_related(
        "channel", "contact", "customer"
    )
    query_class = ConversationQuery
    lookup_value_regex = _KEY
    search_fields = ("contact__name", "customer__name", "external_key")

    def get_queryset(self) -> QuerySet[Conversation]:
        talks = super().get_queryset()
        if self.action == "list":
            return talks
        return talks.prefetch_related(Prefetch("messages", Message.objects.visible()))

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Conversation]]:
        return ConversationSerializer if self.action == "list" else TalkSerializer


class TicketEventSerializer(serializers.ModelSerializer[TicketEvent]):
    actor = serializers.CharField(
        source="actor.username", default=None, allow_null=True
    )

    class Meta:
        model = TicketEvent
        fields = ("kind", "at", "actor", "note")


class TicketSerializer(serializers.ModelSerializer[Ticket]):
    number = serializers.IntegerField(source="pk")
    conversation = serializers.IntegerField(source="conversation_id")
    customer = serializers.CharField(
        source="conversation.customer.ref", default=None, allow_null=True
    )
    order = serializers.CharField(source="order.number", default=None, allow_null=True)
    assignee = serializers.CharField(
        source="assignee.username", default=None, allow_null=True
    )
    events = TicketEventSerializer(many=True)

    class Meta:
        model = Ticket
        fields = (
            "number", "conversation", "customer", "order", "status", "reason",
            "summary", "assignee", "opened_at", "closed_at", "events",
        )  # fmt: skip


class TicketQuery(serializers.Serializer[Any]):
    status = serializers.ChoiceField(Ticket.Status.choices, required=False)
    reason = serializers.ChoiceField(Ticket.Reason.choices, required=False)
    customer = serializers.CharField(
        required=False, source="conversation__customer__ref"
    )
    order = serializers.CharField(required=False, source="order__number")
    assignee = serializers.CharField(required=False, source="assignee__username")
    opened_after = serializers.DateTimeField(required=False, source="opened_at__gt")


class Tickets(ReadOnlyModelViewSet[Ticket]):
    queryset = (
        Ticket.objects.order_by("-pk")
        .select_related("conversation__customer", "order", "assignee")
        .prefetch_related("events__actor")
    )
    serializer_class = TicketSerializer
    query_class = TicketQuery
    lookup_value_regex = _KEY
    search_fields = ("summary", "order__number", "conversation__contact__name")


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    tags = serializers.ListField(child=serializers.CharField())
    preferences = serializers.ListField(child=serializers.CharField())
    recipients = serializers.IntegerField(source="recipient_count")

    class Meta:
        model = Campaign
        fields = (
            "id", "name", "text_zh", "text_en", "tags", "preferences", "send_at",
            "status", "recipients",
        )  # fmt: skip


class CampaignQuery(serializers.Serializer[Any]):
    status = serializers.ChoiceField(Campaign.Status.choices, required=False)
    send_after = serializers.DateTimeField(required=False, source="send_at__gt")


class Campaigns(ReadOnlyModelViewSet[Campaign]):
    queryset = Campaign.objects.order_by("-pk").annotate(
        recipient_count=Count("recipients")
    )
    serializer_class = CampaignSerializer
    query_class = CampaignQuery
    lookup_value_regex = _KEY
    search_fields = ("name", "text_zh", "text_en")
