"""Cutting a message into the parts that may each carry a wish of their own."""

import re

# "And also", not the "still has" of "黑色还有货吗".
_MORE = r"还有(?!\W*$|[\w]*?(?:货|码|库存|号)(?:[吗么没]|$)|[货卖没吗么多几什哪一二两三四五六七八九十\d])"
_CUT = re.compile(
    r"[.!?。！？;；\n]+(?=\s|$|[^\w\s]|[\u4e00-\u9fff])|[,，、:：](?!\d)"
    r"|\s+[-–—]+\s+"
    r"|\b(?:and|also|but|plus|btw|by the way|oh and|then|while you're at it|"
    r"another thing)\b"
    r"|(?:然后|另外|"
    + _MORE
    + r"|顺便|但是|不过|而且|同时|以及|对了|再就是|再帮|并且|顺带|还想|还要问)"
)
_MOST = 8
# What stands between two wishes more often than inside one, and what may.
_NEW_WISH = re.compile(
    r"[?？]|\b(?:also|another|plus|btw|by the way|while you)\b"
    r"|另外|" + _MORE + r"|顺便|然后|再帮|对了|顺带|同时|以及"
)
_MAYBE = re.compile(r"\b(?:and|but)\b|[.!。！\n]|但是|不过")
# Told so that the wish beside it can be understood.
_BACKGROUND = re.compile(
    r"(?:so |hi |hello |well )*(?:i|we)(?:'ve| have)? (?:just |recently |only )?"
    r"(?:ordered|bought|purchased|paid|placed) (?!twice|by mistake|the wrong)"
    r"|my name(?: is|'s)\b|this is [a-z]+ [a-z]+$|我叫|我是[\u4e00-\u9fff]{2,3}$"
)
# Written without a stop before it, displeasure begins a sentence of its own.
_OUTBURST = re.compile(
    r"(?<=\w) (?=(?:this|that|it'?s|you(?:'re| are| guys are)?|what|your \w+ is) "
    r"(?:is |are )?(?:just |so |really |absolutely |such |beyond |totally )*(?:an? )?(?:absolute |total |complete |utter )?"
    r"(?:joke|disgrace|shambles|ridiculous|unacceptable|disgusting|pathetic|awful|terrible|useless|shocking|"
    r"outrageous|appalling|scam|liars?|rubbish)\b)"
)
# Chinese chat often parts clauses with spaces only.
_HAN_SPACE = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_THANKS = re.compile(
    r"(?<=\w) (?=(?:thx|thanks|thank you|ty|cheers)(?: (?:so much|a lot|very much|you|mate|in advance))?[\s.!]*$)"
)
_CUTS = (_CUT, _HAN_SPACE, _OUTBURST, _THANKS)


def split(folded: str) -> list[tuple[int, int]]:
    """Return where the clauses start and end, the first ones of a long message."""
    spans, start = [], 0
    cuts = (cut for known in _CUTS for cut in known.finditer(folded))
    for cut in sorted(cuts, key=_at):
        spans.append((start, cut.start()))
        start = cut.end()
    spans.append((start, len(folded)))
    return [_trim(folded, a, b) for a, b in spans if folded[a:b].strip()][:_MOST]


def joint(folded: str, spans: list[tuple[int, int]], at: int) -> int:
    """Return 2 where a clause is set apart as another wish, 1 where it may be, or 0."""
    start, end = spans[at]
    before = folded[spans[at - 1][1] : start] if at else ""
    after = folded[end : spans[at + 1][0]] if at + 1 < len(spans) else ""
    between = f"{before} | {after}"
    return 2 if _NEW_WISH.search(between) else int(bool(_MAYBE.search(between)))


def is_background(clause: str) -> bool:
    return bool(_BACKGROUND.match(clause))


def _at(found: re.Match[str]) -> int:
    return found.start()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
