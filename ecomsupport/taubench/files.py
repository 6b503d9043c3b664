"""The three files of the retail data, as tau-bench has them."""

from decimal import Decimal
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from ecomsupport.taubench.problem import BenchError, told


class Address(BaseModel):
    address1: str
    address2: str
    city: str
    state: str
    country: str
    zip: str


class Name(BaseModel):
    # One field of ours holds both: the first space parts them again.
    first_name: str = Field(pattern=r"^\S+$")
    last_name: str


class Method(BaseModel):
    source: Literal["credit_card", "paypal", "gift_card"]
    brand: str = ""
    last_four: str = ""
    balance: Decimal | None = None


class User(BaseModel):
    name: Name
    email: str
    address: Address
    payment_methods: dict[str, Method]


class Variant(BaseModel):
    options: dict[str, str]
    available: bool
    price: Decimal


class Product(BaseModel):
    name: str
    variants: dict[str, Variant]


class Item(BaseModel):
    product_id: str
    item_id: str
    price: Decimal


class Fulfillment(BaseModel):
    # Joined by spaces in one field of ours.
    tracking_id: list[str]
    item_ids: list[str]


class Payment(BaseModel):
    transaction_type: Literal["payment", "refund"]
    amount: Decimal
    payment_method_id: str


class Order(BaseModel):
    user_id: str
    address: Address
    items: list[Item]
    fulfillments: list[Fulfillment]
    status: Literal["pending", "processed", "delivered", "cancelled"]
    payment_history: list[Payment]


Row = TypeVar("Row", User, Product, Order)


def read(path: Path, row: type[Row]) -> dict[str, Row]:
    """The rows of a file by id; raises BenchError."""
    try:
        rows = TypeAdapter(dict[str, row]).validate_json(path.read_bytes())  # type: ignore[valid-type]
    except OSError as error:
        raise BenchError(f"{path}: {error.strerror}") from error
    except ValidationError as error:
        raise BenchError(f"{path}: {told(error)}") from error
    if not rows:
        raise BenchError(f"{path}: holds nothing")
    return rows
