"""The shop's terms, and who did what: the audit can be read and nothing else."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.admin.base import Admin, NeverMadeByHand
from orders.admin.terms import TermsForm
from orders.models import AuditEntry, PolicyTerms


@admin.register(PolicyTerms)
class PolicyTermsAdmin(Admin):
    form = TermsForm
    list_display = (
        "valid_from",
        "return_days",
        "exchange_days",
        "warranty_days",
        "approval_limit",
    )
    fieldsets = (
        (None, {"fields": ("valid_from",)}),
        (
            _("By the terms of the day the order was placed"),
            {
                "fields": (
                    ("return_days", "exchange_days", "warranty_days"),
                    ("return_shipping_payer", "return_shipping_fee"),
                )
            },
        ),
        (
            _("By the terms of today"),
            {
                "fields": (
                    "cancel_reasons",
                    ("approval_limit", "cancel_approval_limit"),
                    "evidence_grounds",
                    "item_change_closes_order",
                    ("same_variant_change", "same_variant_exchange"),
                    "one_case_an_order",
                    "delivery_methods",
                )
            },
        ),
    )

    # A row that was in force is part of what happened: a newer one takes its place.
    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        began = isinstance(obj, PolicyTerms) and obj.valid_from <= timezone.now()
        return bool(super().has_change_permission(request, obj)) and not began


@admin.register(AuditEntry)
class AuditEntryAdmin(NeverMadeByHand):
    list_display = ("at", "actor", "action", "object_ref", "customer")
    list_filter = ("action", "at")
    list_select_related = ("customer",)
    search_fields = ("object_ref", "actor", "customer__name", "customer__ref")

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False
