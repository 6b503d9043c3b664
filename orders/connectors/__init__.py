"""Ports to the outside: who moves money, tells of parcels, and counts stock."""

from orders.connectors.breaker import is_down as outage
from orders.connectors.following import ask as ask_carrier
from orders.connectors.money import carry_out, unbook, withdraw
from orders.connectors.queue import again
from orders.connectors.stock import OutsideDownError
from orders.connectors.stock import level as stock_level

__all__ = [
    "OutsideDownError",
    "again",
    "ask_carrier",
    "carry_out",
    "outage",
    "stock_level",
    "unbook",
    "withdraw",
]
