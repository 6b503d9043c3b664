"""The console's pages for FAQs and for the questions that none of them answers."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold import admin as unfold
from unfold.widgets import UnfoldAdminTextareaWidget

from kb.models import SEPARATOR, Entry, EntryQuerySet, Gap, Translation
from kb.rows import LANGUAGE_TAG, LONGEST_VARIANT


class LinesField(forms.CharField):
    """Texts, one a line; empty lines and repetitions fall away."""

    widget = UnfoldAdminTextareaWidget

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        texts = value if isinstance(value, list) else str(value or "").splitlines()
        return list(dict.fromkeys(text.strip() for text in texts if text.strip()))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)

    def validate(self, value: list[str]) -> None:
        for text in value:
            if SEPARATOR in text:
                raise ValidationError(_("A variant may not contain “|”."))
            if len(text) > LONGEST_VARIANT:
                raise ValidationError(
                    _("A variant may have %(most)d characters at most."),
                    params={"most": LONGEST_VARIANT},
                )


class TranslationForm(forms.ModelForm):  # type: ignore[type-arg]
    variants = LinesField(
        label=_("Variants"),
        required=False,
        help_text=_("Other ways to ask the same, one a line."),
    )

    class Meta:
        model = Translation
        fields = ("language", "question", "variants", "answer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].validators.append(
            RegexValidator(rf"^{LANGUAGE_TAG}$", _("A language tag: zh, en, pt-BR …"))
        )
        if self.instance.pk:
            asked = self.instance.variants.all()
            self.initial["variants"] = [variant.text for variant in asked]

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        self.instance.ask_also(self.cleaned_data["variants"])


class TranslationInline(unfold.StackedInline):  # type: ignore[misc]
    model = Translation
    form = TranslationForm
    extra = 0
    min_num = 1

    def get_queryset(self, request: HttpRequest) -> QuerySet[Translation]:
        found: QuerySet[Translation] = super().get_queryset(request)
        return found.prefetch_related("variants")


class MissingLanguage(admin.SimpleListFilter):
    title = _("language missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        languages = Translation.objects.order_by("language").values_list(
            "language", flat=True
        )
        return [(language, language) for language in languages.distinct()]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Model]
    ) -> QuerySet[Model]:
        if not self.value():
            return queryset
        return queryset.exclude(translations__language=self.value())


@admin.register(Entry)
class EntryAdmin(unfold.ModelAdmin):  # type: ignore[misc]
    list_display = ("ref", "asked", "category", "languages", "status", "updated_at")
    list_filter = ("status", "category", MissingLanguage)
    list_per_page = 50
    show_full_result_count = False
    search_fields = (
        "ref",
        "translations__question",
        "translations__answer",
        "translations__variants__text",
    )
    fields = ("ref", "category", "status", "valid_from", "valid_to")
    inlines = (TranslationInline,)
    actions = ("publish", "archive")

    def get_queryset(self, request: HttpRequest) -> EntryQuerySet:
        found: EntryQuerySet = super().get_queryset(request)
        return found.prefetch_related("translations")

    @admin.display(description=_("question"))
    def asked(self, entry: Entry) -> str:
        translations = entry.translations.all()
        return Truncator(translations[0].question).chars(80) if translations else "–"

    @admin.display(description=_("languages"))
    def languages(self, entry: Entry) -> str:
        return ", ".join(t.language for t in entry.translations.all()) or "–"

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: EntryQuerySet) -> None:
        self._become(request, queryset, Entry.Status.PUBLISHED)

    @admin.action(description=_("Archive"), permissions=["change"])
    def archive(self, request: HttpRequest, queryset: EntryQuerySet) -> None:
        self._become(request, queryset, Entry.Status.ARCHIVED)

    def _become(
        self, request: HttpRequest, queryset: EntryQuerySet, status: Entry.Status
    ) -> None:
        # Anew by key: what the page filtered and joined cannot always be updated.
        keys = list(queryset.values_list("pk", flat=True))
        count = Entry.objects.filter(pk__in=keys).become(status)
        said = ngettext("%(count)d FAQ changed.", "%(count)d FAQs changed.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)


@admin.register(Gap)
class GapAdmin(unfold.ModelAdmin):  # type: ignore[misc]
    list_display = (
        "question",
        "language",
        "asked_at",
        "nearest",
        "confidence",
        "resolved",
    )
    list_filter = ("resolved", "language", "asked_at")
    list_select_related = ("nearest",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("question",)
    readonly_fields = ("question", "language", "asked_at", "nearest", "confidence")
    actions = ("resolve",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Mark as resolved"), permissions=["change"])
    def resolve(self, request: HttpRequest, queryset: QuerySet[Gap]) -> None:
        count = queryset.filter(resolved=False).update(resolved=True)
        said = ngettext("%(count)d gap resolved.", "%(count)d gaps resolved.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)
