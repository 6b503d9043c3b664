"""A line of products.jsonl."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from orders.importing import values
from orders.importing.errors import LineError
from orders.importing.fields import Fields
from orders.text import Localized


@dataclass(frozen=True, kw_only=True, slots=True)
class VariantRow:
    sku: str
    options: dict[str, str]
    localized: dict[str, Localized]
    price: Decimal
    stock: int
    # None where the file does not say: then it stays as it is.
    counted: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ProductRow:
    ref: str
    name: Localized
    category: str
    brand: str
    localized: dict[str, Localized]
    description: Localized
    attributes: dict[str, Localized]
    tags: list[str]
    active: bool
    image: str
    url: str
    variants: list[VariantRow]


def parse_product(fields: Fields) -> ProductRow:
    return ProductRow(
        ref=fields.ref("ref"),
        name=_name(fields),
        category=fields.wording("category", 64),
        brand=fields.wording("brand", 100),
        localized=fields.said,
        description=fields.localized("description"),
        attributes=fields.mapping("attributes", values.localized),
        tags=fields.texts("tags"),
        active=fields.flag("active", default=True),
        image=fields.optional("image", _address) or "",
        url=fields.optional("url", _address) or "",
        variants=_variants(fields),
    )


def _name(fields: Fields) -> Localized:
    name = fields.localized("name")
    if not any(text.strip() for text in name.values()):
        raise LineError(_("is missing"), field="name")
    return name


def _variants(fields: Fields) -> list[VariantRow]:
    variants: dict[str, VariantRow] = {}
    for variant in fields.objects("variants"):
        row = VariantRow(
            sku=variant.ref("sku"),
            options=variant.wordings("options"),
            localized=variant.said,
            price=variant.amount("price"),
            stock=variant.whole("stock", least=0, default=0),
            counted=variant.optional("counted", values.flag),
        )
        if row.sku in variants:
            raise LineError(
                _("“%(ref)s” is listed twice") % {"ref": row.sku},
                field=variant.at("sku"),
            )
        variants[row.sku] = row
    return list(variants.values())


def _address(value: object) -> str:
    """Read an address that is safe to show as a link: no script, no data."""
    text = values.string(value, 500)
    if text and not text.startswith(("https://", "http://", "/")):
        raise LineError(_("is no http address"))
    return text
