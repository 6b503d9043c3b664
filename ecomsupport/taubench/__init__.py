"""Measures the shop's rules against the retail part of tau-bench.

The data become our rows, tau-bench's sixteen tools are translated to the product's own
functions, and what came of them is dumped in the form that the cases expect.
"""

from ecomsupport.taubench.cases import AnyCase, read_bad_calls, read_tasks
from ecomsupport.taubench.problem import BenchError
from ecomsupport.taubench.run import Bench, shop
from ecomsupport.taubench.tools import TOOLS

__all__ = [
    "TOOLS",
    "AnyCase",
    "Bench",
    "BenchError",
    "read_bad_calls",
    "read_tasks",
    "shop",
]
