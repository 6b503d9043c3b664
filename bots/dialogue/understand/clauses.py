"""Cutting a message into the parts that may each carry a wish of their own."""

import re

_CUT = re.compile(
    r"[.!?。！？;；\n]+(?=\s|$|[^\w\s]|[\u4e00-\u9fff])|[,，、:：](?!\d)"
    r"|\s+[-–—]+\s+"
    r"|\b(?:and|also|but|plus|btw|by the way|oh and|then|while you're at it|another thing)\b"
    r"|(?:然后|另外|还有|顺便|但是|不过|而且|同时|以及|对了|再就是|再帮|并且|顺带|还想|还要问)"
)
_MOST = 8
# Chinese chat often parts clauses with spaces only.
_HAN_SPACE = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


def split(folded: str) -> list[tuple[int, int]]:
    """Return where the clauses start and end, the first ones of a long message."""
    spans, start = [], 0
    for cut in sorted([*_CUT.finditer(folded), *_HAN_SPACE.finditer(folded)], key=_at):
        spans.append((start, cut.start()))
        start = cut.end()
    spans.append((start, len(folded)))
    return [_trim(folded, a, b) for a, b in spans if folded[a:b].strip()][:_MOST]


def _at(found: re.Match[str]) -> int:
    return found.start()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
