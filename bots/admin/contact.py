"""The people on the other side, what they agreed to, and what they thought of it."""

from django.contrib import admin
from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from bots import consent
from bots.admin.base import ReadOnly
from bots.models import Consent, Contact, Feedback


@admin.register(Contact)
class ContactAdmin(ReadOnly):
    list_display = (
        "__str__",
        "channel",
        "customer",
        "language",
        "shown_promotions",
        "blocked_at",
    )
    list_filter = ("channel", "language", ("blocked_at", admin.EmptyFieldListFilter))
    list_select_related = ("channel", "customer")
    search_fields = (
        "name",
        "external_id",
        "customer__name",
        "customer__email",
        "customer__ref",
    )
    ordering = ("-pk",)
    fields = (
        ("name", "language"),
        ("channel", "external_id"),
        "customer",
        ("shown_promotions", "blocked_at"),
        "talks",
    )
    readonly_fields = ("shown_promotions", "talks")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        contacts: QuerySet[Contact] = super().get_queryset(request)
        return contacts.annotate(
            willing=ExpressionWrapper(consent.wanting(), output_field=BooleanField())
        )

    @admin.display(description=_("wants promotions"), boolean=True)
    def shown_promotions(self, contact: Contact) -> bool:
        willing: bool = getattr(contact, "willing", False)
        return willing

    @admin.display(description=_("conversations"))
    def talks(self, contact: Contact) -> str:
        page = reverse("admin:bots_conversation_changelist")
        address = f"{page}?contact__id__exact={contact.pk}"
        return format_html('<a class="text-link" href="{}">{}</a>', address, _("Show"))


@admin.register(Consent)
class ConsentAdmin(ReadOnly):
    list_display = (
        "contact",
        "channel",
        "promotions",
        "order_news",
        "source",
        "changed_at",
    )
    list_filter = ("promotions", "order_news", "contact__channel")
    list_select_related = ("contact__channel",)
    search_fields = ("contact__name", "contact__external_id")
    ordering = ("-changed_at",)

    @admin.display(description=_("channel"))
    def channel(self, row: Consent) -> str:
        return str(row.contact.channel)


@admin.register(Feedback)
class FeedbackAdmin(ReadOnly):
    list_display = ("shown_rating", "comment", "conversation", "at")
    list_filter = ("rating", "at")
    list_select_related = ("conversation__contact", "conversation__channel")
    search_fields = ("comment", "conversation__contact__name")

    @admin.display(description=_("rating"), ordering="rating")
    def shown_rating(self, feedback: Feedback) -> str:
        rating = feedback.rating or 0
        return "★" * rating + "☆" * (5 - rating) if rating else "–"
