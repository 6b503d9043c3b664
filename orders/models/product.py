"""What the shop sells."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.worded import Worded
from orders.text import pick


class Product(Worded):
    ref = models.CharField(_("ref"), max_length=64, unique=True)
    name = models.JSONField(_("name"))
    category = models.CharField(_("category"), max_length=64, blank=True)
    brand = models.CharField(_("brand"), max_length=100, blank=True)
    description = models.JSONField(_("description"), default=dict, blank=True)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    tags = models.JSONField(_("tags"), default=list, blank=True)
    active = models.BooleanField(_("active"), default=True)
    image = models.CharField(_("image"), max_length=500, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["ref"]
        indexes = [
            # The admin's filters and the catalogue's browse by category.
            models.Index(fields=["category", "active"], name="product_category"),
            # "Has the catalogue changed since I read it?"
            models.Index(fields=["updated_at"], name="product_updated"),
        ]

    def __str__(self) -> str:
        return f"{pick(self.name, 'en')} ({self.ref})"


class Variant(Worded):
    # Its `localized` is by option: {"color": {"zh": "黑色", "en": "black"}}.
    product = models.ForeignKey(
        Product,
        on_delete=models.CASCADE,
        related_name="variants",
        verbose_name=_("product"),
    )
    sku = models.CharField("SKU", max_length=64, unique=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    stock = models.IntegerField(_("stock"), default=0)
    # Otherwise `stock` only says whether it can be had, and no sale changes it.
    counted = models.BooleanField(_("stock is counted"), default=True)

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stock__gte=0), name="variant_stock_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(price__gte=0), name="variant_price_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.sku
