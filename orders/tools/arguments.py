"""The arguments of the tools."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from orders.models import Case
from orders.pieces import Swap
from orders.tools.tool import Arguments

# PostgreSQL cannot even compare with NUL.
_NO_NUL = r"^[^\x00]*$"
Ref = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=_NO_NUL)]
Text = Annotated[str, StringConstraints(max_length=500, pattern=_NO_NUL)]
# A decimal number as text, as the shop's files have it.
Amount = Annotated[str, StringConstraints(pattern=r"^\d{1,10}(\.\d{1,2})?$")]
Count = Annotated[int, Field(ge=1, le=1000)]

NUMBER = Field(description="The order's number, exactly as the shop writes it.")
METHOD = Field(
    default=None,
    description="Ref of one of the customer's payment methods; by default the one "
    "that the order was paid with.",
)


class Nothing(Arguments):
    pass


class FindCustomer(Arguments):
    email: Text | None = None
    phone: Text | None = None
    name: Text | None = None
    postcode: Text | None = Field(
        default=None, description="Of the customer's profile; goes with the name."
    )


class OfCustomer(Arguments):
    customer: Ref | None = Field(
        default=None, description="The customer's ref; by default who is identified."
    )


class ListOrders(OfCustomer):
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class OfOrder(Arguments):
    number: Ref = NUMBER


class OfCase(Arguments):
    ref: Ref = Field(description="The case's ref: its RMA number.")


class SearchProducts(Arguments):
    words: Text = ""
    category: Text | None = None
    price_min: Amount | None = None
    price_max: Amount | None = None
    options: dict[Ref, Text] = Field(
        default_factory=dict, description='Such as {"color": "black"}.'
    )
    in_stock: bool = False
    limit: Annotated[int, Field(ge=1, le=50)] = 10


class OfProduct(Arguments):
    ref: Ref


class OfVariant(Arguments):
    sku: Ref


class Calculate(Arguments):
    expression: Text = Field(description="Digits, + - * / ( ) . and spaces.")


class Item(Arguments):
    sku: Ref
    quantity: Count = 1


class ItemSwap(Arguments):
    sku: Ref = Field(description="What is in the order.")
    new_sku: Ref = Field(description="What it shall become.")
    quantity: Count = 1


Items = Annotated[list[Item], Field(max_length=200)]
Swaps = Annotated[list[ItemSwap], Field(max_length=200)]


class Address(Arguments):
    """Where a parcel goes."""

    recipient: Text | None = None
    phone: Text | None = None
    line1: Text
    line2: Text = ""
    city: Text
    region: Text = ""
    country: Text = ""
    postcode: Text = ""

    def given(self) -> dict[str, str]:
        """What was said; a recipient and a phone that were not stay as they are."""
        return {k: v for k, v in self.model_dump().items() if v is not None}


class CancelOrder(OfOrder):
    reason: Ref = Field(description="One of the terms' cancel_reasons.")
    note: Text = ""


class ChangeAddress(OfOrder):
    address: Address


class ChangeDefaultAddress(OfCustomer):
    address: Address


class ChangePayment(OfOrder):
    method: Ref = Field(description="Ref of one of the customer's payment methods.")


class QuoteItems(OfOrder):
    swaps: Swaps


class ChangeItems(QuoteItems):
    method: Ref = Field(
        description="Ref of the customer's payment method that a difference is "
        "charged to or paid back to."
    )


class ChangeDelivery(OfOrder):
    method: Ref | None = Field(
        default=None, description="One of the terms' delivery_methods."
    )
    on: date | None = Field(default=None, description="Not before this day.")
    note: Text | None = None
    pay_with: Ref | None = METHOD


class QuoteReturn(OfOrder):
    items: Items
    ground: Case.Ground = Case.Ground.CHANGED_MIND
    method: Ref | None = METHOD


class OpenReturn(QuoteReturn):
    reason: Text = ""


class QuoteRefund(OfOrder):
    items: Items
    ground: Case.Ground = Field(description="lost, damaged or wrong_item")
    method: Ref | None = METHOD


class OpenRefund(QuoteRefund):
    reason: Text = ""


class QuoteExchange(OfOrder):
    swaps: Swaps
    method: Ref | None = METHOD


class OpenExchange(QuoteExchange):
    ground: Case.Ground = Case.Ground.CHANGED_MIND
    reason: Text = ""


class OpenRepair(OfOrder):
    items: Items
    reason: Text = ""


class RejectCase(OfCase):
    decision: Text = Field(description="Why, in a sentence for the shopper.")


def counts(items: Sequence[Item]) -> dict[str, int]:
    """A SKU may be named twice: its pieces are added up."""
    found: Counter[str] = Counter()
    for item in items:
        found[item.sku] += item.quantity
    return dict(found)


def swaps(items: Sequence[ItemSwap]) -> list[Swap]:
    return [
        Swap(sku=item.sku, new_sku=item.new_sku, quantity=item.quantity)
        for item in items
    ]


def decimal(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)
