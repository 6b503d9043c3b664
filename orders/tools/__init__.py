"""Every question and write, described once and offered to everybody from here.

The dialogue engine, language models (function calling), the REST API and the MCP server
read `TOOLS`; what a tool may do, `orders` decides.
"""

from orders.tools.calling import Proposal, call, confirm, propose, rehearse, tidy
from orders.tools.register import TOOLS, for_models, get
from orders.tools.tool import Audience, Tool

__all__ = [
    "TOOLS",
    "Audience",
    "Proposal",
    "Tool",
    "call",
    "confirm",
    "for_models",
    "get",
    "propose",
    "rehearse",
    "tidy",
]
