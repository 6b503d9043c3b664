"""Stores products with their variants."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from orders.importing.errors import LineError
from orders.importing.parse.products import ProductRow, VariantRow
from orders.importing.store.inserts import New
from orders.importing.store.known import Known, KnownVariant, among
from orders.importing.store.writes import Writes
from orders.importing.tally import Outcome
from orders.models import Case, OrderLine, Product, Variant

_PRODUCT = (
    "name", "category", "brand", "description", "attributes", "tags", "active", "image",
    "url", "localized",
)  # fmt: skip
_VARIANT = ("options", "price", "stock", "localized")


def store_products(
    rows: Sequence[ProductRow], known: Known
) -> list[Outcome | LineError]:
    batch = _Batch(rows, known)
    outcomes = [batch.put(row) for row in rows]
    if known.dry_run:
        for row, outcome in zip(rows, outcomes, strict=True):
            if isinstance(outcome, Outcome):
                known.variants_ahead |= batch.known(row)
    else:
        batch.products.flush()
        batch.variants.flush()
    return outcomes


class _Batch:
    def __init__(self, rows: Sequence[ProductRow], known: Known) -> None:
        # A new `updated_at` makes the catalogue read itself anew.
        self.products = Writes(Product.objects.all(), (*_PRODUCT, "updated_at"))
        self.variants = Writes(Variant.objects.all(), (*_VARIANT, "counted"))
        stored = known.for_update(
            Product.objects.filter(ref__in=among([row.ref for row in rows]))
        ).prefetch_related("variants")
        self.stored = {product.ref: product for product in stored}
        skus = {variant.sku for row in rows for variant in row.variants}
        self.owners = {s: v.product for s, v in known.variants(skus).items()}
        self.used = self._used_though_unlisted(rows)

    def put(self, row: ProductRow) -> Outcome | LineError:
        for variant in row.variants:
            owner = self.owners.setdefault(variant.sku, row.ref)
            if owner != row.ref:
                return LineError(
                    _("“%(sku)s” belongs to product “%(product)s”")
                    % {"sku": variant.sku, "product": owner},
                    field="variants",
                )
        values = {name: getattr(row, name) for name in _PRODUCT}
        product = self.stored.get(row.ref)
        if product is None:
            new = self.products.add(ref=row.ref, **values)
            for variant in row.variants:
                self._add_variant(new, variant)
            return Outcome.CREATED
        changed = self.products.revise(product, values)
        changed |= self._put_variants(product, row)
        return Outcome.UPDATED if changed else Outcome.UNCHANGED

    def known(self, row: ProductRow) -> dict[str, KnownVariant]:
        product = self.stored.get(row.ref)
        if product is None:
            return {v.sku: KnownVariant(None, None, row.ref) for v in row.variants}
        stored = {variant.sku: variant.pk for variant in product.variants.all()}
        return {
            variant.sku: KnownVariant(stored.get(variant.sku), product.pk, row.ref)
            for variant in row.variants
        }

    def _put_variants(self, product: Product, row: ProductRow) -> bool:
        changed = False
        stored = {variant.sku: variant for variant in product.variants.all()}
        for listed in row.variants:
            variant = stored.pop(listed.sku, None)
            if variant is None:
                self._add_variant(product, listed)
                self.products.rewrite(product)
                changed = True
                continue
            if (variant.options, variant.localized) != (
                listed.options,
                listed.localized,
            ):
                self.products.rewrite(product)
            changed |= self.variants.revise(variant, _variant_values(listed))
        for variant in stored.values():
            changed |= self._retire(product, variant)
        return changed

    def _retire(self, product: Product, variant: Variant) -> bool:
        """Remove the variant, or sell it out where orders still speak of it."""
        if variant.sku in self.used:
            return self.variants.revise(variant, {"stock": 0})
        self.variants.remove(variant)
        self.products.rewrite(product)
        return True

    def _add_variant(self, product: Product | New, row: VariantRow) -> None:
        self.variants.add(product=product, sku=row.sku, **_variant_values(row))

    def _used_though_unlisted(self, rows: Sequence[ProductRow]) -> set[str]:
        listed = {row.ref: {v.sku for v in row.variants} for row in rows}
        unlisted = [
            variant.sku
            for product in self.stored.values()
            for variant in product.variants.all()
            if variant.sku not in listed[product.ref]
        ]
        if not unlisted:
            return set()
        ordered = OrderLine.objects.filter(variant__sku__in=unlisted)
        replacing = Case.objects.exclude(replacement_skus=[])
        used = set(ordered.values_list("variant__sku", flat=True))
        for skus in replacing.values_list("replacement_skus", flat=True).iterator():
            used.update(skus)
        return used


def _variant_values(row: VariantRow) -> dict[str, object]:
    values = {name: getattr(row, name) for name in _VARIANT}
    return values if row.counted is None else {**values, "counted": row.counted}
