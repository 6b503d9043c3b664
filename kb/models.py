"""Entries in several languages, the ways they are asked, and what was not covered."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Stands between variants in FAQ files, so none may hold it.
SEPARATOR = "|"


def refuse_separator(text: str) -> None:
    if SEPARATOR in text:
        raise ValidationError(_("A variant may not contain “|”."))


class EntryQuerySet(models.QuerySet["Entry"]):
    def published(self) -> "EntryQuerySet":
        return self.filter(status=Entry.Status.PUBLISHED)

    def in_force(self, at: datetime) -> "EntryQuerySet":
        """Published, and valid at `at`."""
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=at),
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=at),
            status=Entry.Status.PUBLISHED,
        )

    def touch(self) -> int:
        """Say that something below these entries changed, so that indexes follow."""
        return self.update(updated_at=timezone.now())

    def become(self, status: "Entry.Status") -> int:
        """Give these entries `status`; returns how many had another one."""
        others = self.exclude(status=status)
        return others.update(status=status, updated_at=timezone.now())


class Entry(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    ref = models.CharField(_("ref"), max_length=64, unique=True)
    category = models.CharField(_("category"), max_length=64, blank=True, db_index=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, db_index=True
    )
    valid_from = models.DateTimeField(_("valid from"), null=True, blank=True)
    valid_to = models.DateTimeField(_("valid to"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True, db_index=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("FAQ")
        verbose_name_plural = _("FAQs")
        ordering = ["ref"]

    def __str__(self) -> str:
        return self.ref


class Translation(models.Model):
    entry = models.ForeignKey(
        Entry,
        on_delete=models.CASCADE,
        related_name="translations",
        verbose_name=_("entry"),
    )
    language = models.CharField(_("language"), max_length=16)
    question = models.CharField(_("question"), max_length=500)
    answer = models.TextField(_("answer"))

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "language"], name="translation_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return self.question

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.touch()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        self.touch()
        return gone

    def touch(self) -> None:
        Entry.objects.filter(pk=self.entry_id).touch()

    def ask_also(self, texts: list[str]) -> None:
        """Make `texts` the variants, in this order, in as many rows as before."""
        for text in texts:
            refuse_separator(text)
        kept = list(self.variants.all())
        if [variant.text for variant in kept] == texts:
            return
        for variant, text in zip(kept, texts, strict=False):
            variant.text = text
        # Texts may trade places, which the constraint refuses row by row.
        self.variants.all().delete()
        Variant.objects.bulk_create(kept[: len(texts)])
        Variant.objects.bulk_create(
            Variant(translation=self, text=text) for text in texts[len(kept) :]
        )
        self.touch()


class Variant(models.Model):
    """Another way to ask the same."""

    translation = models.ForeignKey(
        Translation,
        on_delete=models.CASCADE,
        related_name="variants",
        verbose_name=_("translation"),
    )
    text = models.CharField(_("text"), max_length=500)

    class Meta:
        verbose_name = _("other wording")
        verbose_name_plural = _("other wordings")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "text"], name="variant_once_a_translation"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse_separator(self.text)
        super().save(*args, **kwargs)
        self.translation.touch()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        self.translation.touch()
        return gone


class Gap(models.Model):
    """A question that the knowledge base did not cover."""

    question = models.CharField(_("question"), max_length=1000)
    language = models.CharField(_("language"), max_length=16)
    asked_at = models.DateTimeField(_("asked"), db_index=True)
    # The nearest entry and how near, so that staff see what to extend.
    nearest = models.ForeignKey(
        Entry,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="gaps",
        verbose_name=_("nearest"),
    )
    confidence = models.FloatField(_("confidence"), default=0.0)
    resolved = models.BooleanField(_("resolved"), default=False, db_index=True)

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.question
