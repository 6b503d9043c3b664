"""The knowledge base over HTTP, for the shop's own systems; read-only."""

from typing import Any

from rest_framework import serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from kb.models import Entry, Translation


class TranslationSerializer(serializers.ModelSerializer[Translation]):
    variants: Any = serializers.SlugRelatedField(
        slug_field="text", many=True, read_only=True
    )

    class Meta:
        model = Translation
        fields = ("language", "question", "answer", "variants")


class FaqSerializer(serializers.ModelSerializer[Entry]):
    translations = TranslationSerializer(many=True)

    class Meta:
        model = Entry
        fields = (
            "ref", "category", "status", "valid_from", "valid_to", "updated_at",
            "translations",
        )  # fmt: skip


class FaqQuery(serializers.Serializer[Any]):
    status = serializers.ChoiceField(Entry.Status.choices, required=False)
    category = serializers.CharField(required=False)
    # An entry has a language once, so that no entry is found twice.
    language = serializers.CharField(required=False, source="translations__language")
    updated_after = serializers.DateTimeField(required=False, source="updated_at__gt")


class Faqs(ReadOnlyModelViewSet[Entry]):
    queryset = Entry.objects.order_by("ref").prefetch_related("translations__variants")
    serializer_class = FaqSerializer
    query_class = FaqQuery
    lookup_field = "ref"
    # Dots and slashes too; PostgreSQL cannot even compare with NUL.
    lookup_value_regex = r"[^\x00]+"
    search_fields = (
        "ref",
        "translations__question",
        "translations__answer",
        "translations__variants__text",
    )
