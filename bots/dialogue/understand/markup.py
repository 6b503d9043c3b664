"""Slots in training text: `cancel [SO100192](order_id), the [red](options.color) mug`.

Marks do not nest: what is told of a thing is marked without it, `the [mug](product)
[leaks](reason)`.
"""

import re

from bots.dialogue.understand.network_spans import Span

# Those whose value is what was said; the others stand for it, and are computed.
SLOTS = (
    "order_id",
    "tracking_number",
    "product",
    "address",
    "reason",
    "name",
    "email",
    "phone",
    "postcode",
)
_MARKED = re.compile(rf"\[([^\[\]]+)\]\(({'|'.join(SLOTS)}|options\.[a-z_]+)\)")


def parse(line: str) -> tuple[str, tuple[Span, ...]]:
    """Return a line without its mark-up, and the spans that it marked."""
    text, at, found = "", 0, []
    for mark in _MARKED.finditer(line):
        text += line[at : mark.start()]
        end = len(text) + len(mark[1])
        found.append(Span(start=len(text), end=end, slot=mark[2]))
        text, at = text + mark[1], mark.end()
    return text + line[at:], tuple(found)
