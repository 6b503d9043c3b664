"""How many pieces there are, as who counts them says."""

from datetime import datetime

from orders.connectors import breaker, kinds
from orders.connectors.result import Done
from orders.importing import values
from orders.importing.errors import LineError
from orders.models import Connector, Variant
from orders.models.connector import new_key


class OutsideDownError(Exception):
    """Nobody outside has answered: nothing is known."""


def level(sku: str, now: datetime) -> int:
    """Pieces in stock. Raises OutsideDownError, and Variant.DoesNotExist."""
    variant = Variant.objects.get(sku=sku)
    connector = kinds.of(Connector.Port.STOCK)
    if connector.kind == Connector.Kind.MANUAL:
        return variant.stock
    if not breaker.lets_through(connector, now):
        raise OutsideDownError
    perform = kinds.KINDS[connector.kind]
    result = perform(connector, action="level", key=new_key(), payload={"sku": sku})
    breaker.note(connector, result, now)
    if not isinstance(result, Done):
        raise OutsideDownError
    try:
        return values.whole(result.answer.get("stock"), least=0)
    except LineError as error:
        raise OutsideDownError from error
