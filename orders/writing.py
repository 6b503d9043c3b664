"""The frame of every write: one transaction, one lock first, one audit row.

Locks are taken in this order, so that no two writes can wait for each other: the order
(or the customer's profile), its customer's payment methods by key, the case, variants
by key.
"""

import functools
import hashlib
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import IntegrityError, transaction

from orders import audit
from orders.acting import By
from orders.models import AuditEntry, Case, Customer, Order, PaymentMethod
from orders.refusal import Code, Refusal

P = ParamSpec("P")
Result = TypeVar("Result", bound=Order | Case | Customer)
Subject = TypeVar("Subject", Order, Case, Customer)


def order_write(
    action: str,
) -> Callable[
    [Callable[Concatenate[Order, P], Result]], Callable[Concatenate[str, P], Result]
]:
    """Make a function of a locked order one of the order's number."""
    return _write(action, _lock_order)


def case_write(
    action: str,
) -> Callable[
    [Callable[Concatenate[Case, P], Result]], Callable[Concatenate[str, P], Result]
]:
    """Make a function of a locked case one of the case's ref."""
    return _write(action, _lock_case)


def customer_write(
    action: str,
) -> Callable[
    [Callable[Concatenate[Customer, P], Result]], Callable[Concatenate[str, P], Result]
]:
    """Make a function of a locked customer one of the customer's ref."""
    return _write(action, _lock_customer)


def _write(
    action: str, lock: Callable[[str, By], Subject]
) -> Callable[
    [Callable[Concatenate[Subject, P], Result]], Callable[Concatenate[str, P], Result]
]:
    def decorate(
        function: Callable[Concatenate[Subject, P], Result],
    ) -> Callable[Concatenate[str, P], Result]:
        @functools.wraps(function)
        @transaction.atomic
        def write(ref: str, /, *args: P.args, **kwargs: P.kwargs) -> Result:
            by: Any = kwargs["by"]
            subject = lock(ref, by)
            arguments = _plain({k: v for k, v in kwargs.items() if k != "by"})
            first = audit.first(by.key)
            if first is not None:
                _check_same(first, action, ref, arguments)
                recalled: Any = audit.result_of(first)
                return recalled  # type: ignore[no-any-return]
            before = audit.snapshot(subject)
            result = function(subject, *args, **kwargs)
            after = audit.snapshot(subject)
            try:
                audit.record(
                    action,
                    ref,
                    by=by,
                    result=result,
                    arguments=arguments,
                    before=before,
                    after=after,
                )
            except IntegrityError as error:
                # Another object was written with this key at the same moment.
                raise Refusal(Code.KEY_REUSED) from error
            return result

        return write

    return decorate


def _lock_order(number: str, by: By) -> Order:
    orders = Order.objects.select_for_update().filter(number=number)
    if by.customer is not None:
        orders = orders.filter(customer=by.customer)
    order = orders.first()
    if order is None:
        raise Refusal(Code.ORDER_NOT_FOUND)
    if by.customer is not None:
        order.customer = by.customer
    methods = PaymentMethod.objects.select_for_update().order_by("pk")
    list(methods.filter(customer=order.customer_id))
    return order


def _lock_case(ref: str, by: By) -> Case:
    cases = Case.objects.filter(ref=ref)
    if by.customer is not None:
        cases = cases.filter(order__customer=by.customer)
    number = cases.values_list("order__number", flat=True).first()
    if number is None:
        raise Refusal(Code.CASE_NOT_FOUND)
    order = _lock_order(number, by)
    case = cases.select_for_update().get()
    case.order = order
    return case


def _lock_customer(ref: str, by: By) -> Customer:
    customers = Customer.objects.select_for_update().filter(ref=ref)
    if by.customer is not None:
        customers = customers.filter(pk=by.customer.pk)
    customer = customers.first()
    if customer is None:
        raise Refusal(Code.CUSTOMER_NOT_FOUND)
    return customer


def _check_same(entry: AuditEntry, action: str, ref: str, arguments: object) -> None:
    """Raise `Refusal` where the key was used for something else."""
    said = (entry.action, entry.object_ref, entry.arguments)
    if said != (action, ref, arguments):
        raise Refusal(Code.KEY_REUSED)


def _plain(value: Any) -> Any:
    """What JSON can hold."""
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Decimal | date | datetime):
        return str(value)
    return value
