"""Products with their variants."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Aggregate, Count, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from orders.admin import searching
from orders.admin.base import Admin
from orders.admin.variants import VariantRows, record
from orders.importing import values
from orders.importing.errors import LineError
from orders.models import Product, Variant
from orders.text import Localized, pick


class ProductForm(forms.ModelForm):  # type: ignore[type-arg]
    """Texts may be plain or by language, exactly as in the shop's files."""

    def clean_name(self) -> Localized:
        return _read(self.cleaned_data["name"])

    def clean_description(self) -> Localized:
        return _read(self.cleaned_data["description"] or "")

    def clean_attributes(self) -> dict[str, Localized]:
        given = self.cleaned_data["attributes"] or {}
        if not isinstance(given, dict):
            raise forms.ValidationError(_("Give an object."))
        return {name: _read(text) for name, text in given.items()}

    def clean_tags(self) -> list[str]:
        given = self.cleaned_data["tags"] or []
        if not isinstance(given, list) or not all(isinstance(t, str) for t in given):
            raise forms.ValidationError(_("Give a list of texts."))
        return given


@admin.register(Product)
class ProductAdmin(Admin):
    form = ProductForm
    list_display = (
        "title",
        "ref",
        "category",
        "brand",
        "active",
        "variant_count",
        "price_from",
        "in_stock",
    )
    list_filter = ("active", "category")
    sortable_by = ("ref", "category")
    search_fields = ("ref",)
    fields = (
        ("ref", "active"),
        "name",
        ("category", "brand"),
        "description",
        "attributes",
        "tags",
        "image",
        "url",
    )
    inlines = (VariantRows,)

    def find(self, words: str) -> Q:
        return searching.products(words)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        products: QuerySet[Product] = super().get_queryset(request)
        # Of the products of the page only.
        return products.annotate(
            variant_total=_of_variants(Count("pk")),
            least_price=_of_variants(Min("price")),
            stock_total=_of_variants(Sum("stock")),
        )

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: Any
    ) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is Variant:
            record(form.instance, formset, request)

    @admin.display(description=_("name"))
    def title(self, product: Product) -> str:
        # zh-hans is asked for as zh.
        return pick(product.name, (get_language() or "en")[:2])

    @admin.display(description=_("variants"))
    def variant_count(self, product: Any) -> int:
        return product.variant_total or 0

    @admin.display(description=_("price from"))
    def price_from(self, product: Any) -> Decimal | None:
        price: Decimal | None = product.least_price
        return price

    @admin.display(description=_("stock"))
    def in_stock(self, product: Any) -> int:
        return product.stock_total or 0


def _of_variants(what: Aggregate) -> Subquery:
    variants = Variant.objects.filter(product=OuterRef("pk")).order_by()
    return Subquery(variants.values("product").annotate(found=what).values("found"))


def _read(given: object) -> Localized:
    try:
        return values.localized(given)
    except LineError as error:
        raise forms.ValidationError(str(error)) from error
