"""Promotions: written, scheduled, stopped, counted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from bots.admin.base import Admin, label
from bots.campaigns import planning
from bots.campaigns.audience import audience
from bots.models import Campaign, Delivery

Status = Campaign.Status
State = Delivery.State

COLOURS = {
    Status.SCHEDULED: "info",
    Status.SENDING: "warning",
    Status.DONE: "success",
}
OPEN = (Status.DRAFT, Status.SCHEDULED)
# A Telegram message holds 4096 characters.
LONGEST = 4000
COUNTED = {
    "sent": State.SENT,
    "failed": State.FAILED,
    "unknown": State.UNKNOWN,
}


class WordsField(forms.CharField):
    """A list of words, written with commas between them, Chinese ones too."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        words = str(value or "").replace("，", ",").replace("、", ",").split(",")
        return list(dict.fromkeys(word.strip() for word in words if word.strip()))


class CampaignForm(forms.ModelForm):  # type: ignore[type-arg]
    tags = WordsField(
        label=_("Tags"),
        required=False,
        help_text=_("Customers with any of these, with commas between. Empty: all."),
    )
    preferences = WordsField(
        label=_("Preferences"),
        required=False,
        help_text=_("Customers who like any of these. Empty: all."),
    )

    class Meta:
        model = Campaign
        fields = ("name", "text_zh", "text_en", "tags", "preferences", "send_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text_zh", "text_en"):
            if name in self.fields:
                self.fields[name].validators.append(MaxLengthValidator(LONGEST))

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not (cleaned.get("text_zh") or cleaned.get("text_en")) and not self.errors:
            raise ValidationError(_("Write the text in one language at least."))
        return cleaned


@admin.register(Campaign)
class CampaignAdmin(Admin):
    form = CampaignForm
    list_display = (
        "name",
        "shown_status",
        "send_at",
        "recipients",
        "sent",
        "failed",
        "unknown",
        "created_by",
    )
    list_filter = ("status", "send_at")
    list_select_related = ("created_by",)
    search_fields = ("name", "text_zh", "text_en")
    readonly_fields = (
        "status",
        "created_by",
        "shown_tags",
        "shown_preferences",
        "would_reach",
        "recipients",
        "sent",
        "failed",
        "unknown",
    )
    fieldsets: Any = (
        (None, {"fields": ("name", ("status", "created_by"), "send_at")}),
        (_("Text"), {"fields": (("text_zh", "text_en"),)}),
        (_("Who gets it"), {"fields": (("tags", "preferences"), "would_reach")}),
        (_("So far"), {"fields": (("recipients", "sent"), ("failed", "unknown"))}),
    )
    actions = ("schedule", "cancel")
    actions_submit_line = ("save_and_schedule",)

    # --- who may do what, when

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        is_open = not isinstance(obj, Campaign) or obj.status in OPEN
        return bool(super().has_change_permission(request, obj)) and is_open

    def get_fieldsets(self, request: HttpRequest, obj: Campaign | None = None) -> Any:
        """Where nothing can be written, the lists are shown as words too."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fieldsets
        heading, what, _form, so_far = self.fieldsets
        who = (_("Who gets it"), {"fields": (("shown_tags", "shown_preferences"),)})
        return heading, what, who, so_far

    def get_actions_submit_line(self, request: HttpRequest, object_id: Any) -> Any:
        """Only a draft can still be scheduled."""
        drafts = Campaign.objects.filter(pk=object_id, status=Status.DRAFT)
        if not drafts.exists():
            return []
        return super().get_actions_submit_line(request, object_id)

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        # Who got what is kept: only what never went out can be thrown away.
        is_draft = not isinstance(obj, Campaign) or obj.status == Status.DRAFT
        return bool(super().has_delete_permission(request, obj)) and is_draft

    def save_model(
        self, request: HttpRequest, obj: Campaign, form: Any, change: Any
    ) -> None:
        if not change:
            obj.created_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    # --- actions

    @admin.action(description=_("Schedule"), permissions=["change"])
    def schedule(self, request: HttpRequest, rows: QuerySet[Campaign]) -> None:
        count = sum(self._schedule(request, campaign) for campaign in rows)
        said = ngettext(
            "%d campaign is scheduled.", "%d campaigns are scheduled.", count
        )
        self._tell(request, said, count)

    @admin.action(description=_("Cancel"), permissions=["change"])
    def cancel(self, request: HttpRequest, rows: QuerySet[Campaign]) -> None:
        count = 0
        for campaign in rows:
            if planning.cancel(campaign):
                self.log_change(request, campaign, gettext("Cancelled."))
                count += 1
        said = ngettext(
            "%d campaign is cancelled.", "%d campaigns are cancelled.", count
        )
        self._tell(request, said, count)

    @action(description=_("Save and schedule"), permissions=["change"])  # type: ignore[untyped-decorator]
    def save_and_schedule(self, request: HttpRequest, obj: Campaign) -> None:
        self._schedule(request, obj)

    def _schedule(self, request: HttpRequest, campaign: Campaign) -> bool:
        if not planning.schedule(campaign):
            return False
        self.log_change(request, campaign, gettext("Scheduled."))
        return True

    def _tell(self, request: HttpRequest, said: str, count: int) -> None:
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, said % count, level)

    # --- counts

    def get_queryset(self, request: HttpRequest) -> QuerySet[Campaign]:
        campaigns: QuerySet[Campaign] = super().get_queryset(request)
        by_state = {
            f"count_{name}": Count(
                "recipients", filter=Q(recipients__message__delivery__state=state)
            )
            for name, state in COUNTED.items()
        }
        return campaigns.annotate(count_all=Count("recipients"), **by_state)

    @admin.display(description=_("recipients"))
    def recipients(self, campaign: Campaign) -> int:
        return _count(campaign, "all")

    @admin.display(description=_("sent"))
    def sent(self, campaign: Campaign) -> int:
        return _count(campaign, "sent")

    @admin.display(description=_("failed"))
    def failed(self, campaign: Campaign) -> int:
        return _count(campaign, "failed")

    @admin.display(description=_("unknown"))
    def unknown(self, campaign: Campaign) -> int:
        return _count(campaign, "unknown")

    @admin.display(description=_("tags"))
    def shown_tags(self, campaign: Campaign) -> str:
        return ", ".join(campaign.tags) or gettext("all")

    @admin.display(description=_("preferences"))
    def shown_preferences(self, campaign: Campaign) -> str:
        return ", ".join(campaign.preferences) or gettext("all")

    @admin.display(description=_("would reach now"))
    def would_reach(self, campaign: Campaign) -> str:
        if not campaign.pk or campaign.status not in OPEN:
            return "–"
        return str(len(audience(campaign)))

    @label(_("status"), COLOURS, ordering="status")
    def shown_status(self, campaign: Campaign) -> tuple[str, str]:
        return campaign.status, campaign.get_status_display()


def _count(campaign: Campaign, name: str) -> int:
    counted: int = getattr(campaign, f"count_{name}", 0)
    return counted
