"""An outgoing message cut into what Telegram takes: parts, lines, rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from bots.messages import Button, Card, Outgoing

from .characters import clean, units

# Of the text as it is shown. Escaped it is at most five times that in bytes, which
# stays below the 32,768 that the API takes of raw text.
LIMIT = 4096

# Where to cut, best first: paragraph, line, sentence, blank.
BREAKS = tuple(map(re.compile, (r"\n\n", r"\n", r"[.!?…](?=\s)|[。！？；]", r"\s")))

# Columns of a phone's screen that the labels of one row share evenly.
ROW_WIDTH = 30
# More are not shown.
ROW_LENGTH = 8


@dataclass(frozen=True, kw_only=True)
class Part:
    """One message to send; `plain` is for the case that the markup is refused."""

    html: str
    plain: str


def parts(message: Outgoing) -> list[Part]:
    """Cut into parts that fit, the text first and the cards after it."""
    blocks = _text(clean(message.text))
    for card in message.cards:
        for block in _card(card):
            _append(blocks, block)
    return blocks


def split(text: str) -> list[str]:
    """Cut a text; only blanks at the cuts are lost."""
    pieces = []
    rest = text.strip()
    while rest:
        cut = _cut(rest)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return pieces


def rows(buttons: Sequence[Button]) -> list[Sequence[Button]]:
    """Lay the buttons out: side by side while every label can be read."""
    if not buttons:
        return []
    widest = max(_columns(button.label) for button in buttons)
    length = max(1, min(ROW_LENGTH, ROW_WIDTH // max(1, widest)))
    return [buttons[at : at + length] for at in range(0, len(buttons), length)]


def _cut(text: str) -> int:
    reach = _reach(text)
    if reach == len(text):
        return reach
    for pattern in BREAKS:
        # Not in the first half: a part of one line is worse than a cut paragraph.
        ends = [found.end() for found in pattern.finditer(text, reach // 2, reach)]
        if ends:
            return ends[-1]
    return reach


def _reach(text: str) -> int:
    """Count the characters that fit; half an emoji at the end is left out."""
    head = text[:LIMIT].encode("utf-16-le")[: 2 * LIMIT]
    return len(head.decode("utf-16-le", "ignore"))


def _text(text: str) -> list[Part]:
    return [Part(html=escape(piece, quote=False), plain=piece) for piece in split(text)]


def _card(card: Card) -> list[Part]:
    title, subtitle, url = map(clean, (card.title, card.subtitle, card.url))
    plain = "\n".join(filter(None, (title, subtitle, url))).strip()
    if units(plain) > LIMIT or not title:
        return _text(plain)
    head = f"<b>{escape(title, quote=False)}</b>"
    if url:
        head = f'<a href="{escape(url)}">{head}</a>'
    html = "\n".join(filter(None, (head, escape(subtitle, quote=False))))
    return [Part(html=html, plain=plain)]


def _append(blocks: list[Part], block: Part) -> None:
    """Add to the last part while both fit into one message."""
    if blocks and units(blocks[-1].plain) + 2 + units(block.plain) <= LIMIT:
        last = blocks.pop()
        block = Part(
            html=f"{last.html}\n\n{block.html}", plain=f"{last.plain}\n\n{block.plain}"
        )
    blocks.append(block)


def _columns(label: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in label)
