"""After-sales cases: read, and moved on by the buttons of what is legal."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from orders.admin.acts import CASE_ACTS, Acts
from orders.admin.base import NeverMadeByHand, ReadOnlyRows
from orders.aftersales import possible_moves
from orders.models import Case, CaseLine, Evidence


class CaseLineRows(ReadOnlyRows):
    model = CaseLine
    fields = ("product", "sku", "quantity")
    readonly_fields = ("product", "sku")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseLine]:
        lines: QuerySet[CaseLine] = super().get_queryset(request)
        return lines.select_related("line__product", "line__variant")

    @admin.display(description=_("product"))
    def product(self, row: CaseLine) -> str:
        return str(row.line.product)

    @admin.display(description="SKU")
    def sku(self, row: CaseLine) -> str:
        return row.line.variant.sku


@admin.register(Case)
class CaseAdmin(Acts, NeverMadeByHand):
    acts = CASE_ACTS
    named = "ref"
    list_display = (
        "ref",
        "kind",
        "status",
        "order",
        "customer",
        "opened_at",
        "refund_amount",
    )
    list_filter = ("status", "kind", "opened_at")
    list_select_related = ("order__customer",)
    search_fields = ("ref", "order__number", "order__customer__name")
    fields = (
        ("ref", "kind", "status"),
        ("order", "customer"),
        ("ground", "reason"),
        ("opened_at", "deadline"),
        ("decided_at", "decision"),
        ("received_at", "completed_at"),
        ("refund_amount", "fee", "refund_method"),
        ("difference", "replacements"),
        "cancels_order",
        "shown_evidence",
    )
    readonly_fields = tuple(
        name for row in fields for name in ((row,) if isinstance(row, str) else row)
    )
    inlines = (CaseLineRows,)

    @admin.display(description=_("customer"))
    def customer(self, case: Case) -> str:
        return str(case.order.customer)

    @admin.display(description=_("replacements"))
    def replacements(self, case: Case) -> str:
        return ", ".join(case.replacement_skus) or "–"

    @admin.display(description=_("evidence"))
    def shown_evidence(self, case: Case) -> str:
        found = case.evidence.defer("content")
        links = ((self._evidence_url(one), one.name) for one in found)
        return format_html_join(" · ", '<a href="{}">{}</a>', links) or "–"

    def possible(self, subject: Case) -> tuple[str, ...]:
        return possible_moves(subject)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.evidence_view)
        name = "orders_case_evidence"
        return [path("evidence/<int:pk>/", view, name=name), *super().get_urls()]

    def evidence_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Hand a file out as a download: nothing that a shopper sent runs here."""
        evidence = Evidence.objects.filter(pk=pk).first()
        if evidence is None or not self.has_view_permission(request, evidence.case):
            raise Http404
        return HttpResponse(
            bytes(evidence.content),
            content_type=evidence.content_type,
            headers={
                "Content-Disposition": f'attachment; filename="evidence-{pk}"',
                "X-Content-Type-Options": "nosniff",
            },
        )

    def _evidence_url(self, evidence: Evidence) -> str:
        return reverse("admin:orders_case_evidence", args=[evidence.pk])
