"""The shop's terms, and who did what: the audit can be read and nothing else."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from orders.admin.base import Admin, NeverMadeByHand
from orders.models import AuditEntry, PolicyTerms


@admin.register(PolicyTerms)
class PolicyTermsAdmin(Admin):
    list_display = ("valid_from", "return_days", "exchange_days")


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
