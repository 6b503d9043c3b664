"""What shoppers were told of their orders, and what they were not, and why."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from orders.admin.base import NeverMadeByHand
from orders.models import OrderEvent


@admin.register(OrderEvent)
class OrderEventAdmin(NeverMadeByHand):
    list_display = ("order", "kind", "at", "outcome", "told_at")
    list_filter = ("outcome", "kind", "at")
    list_select_related = ("order",)
    search_fields = ("=order__number", "key")

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False
