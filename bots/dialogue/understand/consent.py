"""Yes and no: a closed set of words, since an order may hang on one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bots.dialogue.understand import lexicon
from bots.dialogue.understand.normalise import squeeze

_FILE = Path(__file__).with_name("consent.txt")
# Nobody needs more for a yes.
_LONGEST = 80
_GAP = re.compile(r"[\s,.!;:~，。、\-\ufe0f]*")
_JOINED = re.compile(r" ?$")
# A question, or a voice that trails off, agrees to nothing.
_ASKS = re.compile(r"\?|吗|么$")
_TRAILS = re.compile(r"\.{2,}|。{2,}|…")
_ACTIONS = ("cancel", "return", "person")
# What the bot's question calls the actions.
_PROPOSED = {
    "cancel": re.compile(r"cancel|取消"),
    "return": re.compile(r"return|refund|send back|退"),
    "person": re.compile(r"hand you over|colleague|agent|human|person|同事|人工|真人"),
}


@dataclass(frozen=True, kw_only=True)
class _Piece:
    kind: str
    # Nothing but a space stands between this piece and the one before.
    joined: bool


def verdict(folded: str, question: str = "") -> str:
    """Return "affirm" or "deny" where the whole message says so, else "".

    A yes may repeat the action that is agreed to ("yes, cancel it"), where the open
    `question` is about that action or is not known.
    """
    if _ASKS.search(folded):
        return ""
    kinds = [piece.kind for piece in _resolved(_pieces(folded), question)]
    if not kinds or "strange" in kinds:
        return ""
    if "keep" in kinds:
        return "deny"
    agrees = bool({"yes", "ok", "thumb"} & set(kinds))
    if "no" in kinds:
        # "ok, no thanks" is a no; "yes, no" and "no, cancel it" are neither.
        return "" if {"yes", "thumb", "act"} & set(kinds) else "deny"
    wavers = "hum" in kinds or _TRAILS.search(folded)
    return "affirm" if agrees and not wavers else ""


# What is wished for by the one who names the action, though nobody proposed it.
_WISHED = {
    "cancel": "order_cancel",
    "return": "return_request",
    "person": "human_agent",
}


def action(folded: str) -> str:
    """Return the intent that a message of known words names by an action, else ""."""
    kinds = [piece.kind for piece in _pieces(folded)]
    return next((_WISHED[kind] for kind in kinds if kind in _WISHED), "")


def _pieces(folded: str) -> list[_Piece]:
    """Cut a message into known pieces, the longest first; [] where one is unknown."""
    text = squeeze(folded).replace("'", "").strip()
    if not text or len(text) > _LONGEST:
        return []
    found, at = [], _end(_GAP, text, 0)
    start = 0
    while at < len(text):
        known = _known().match(text, at)
        if not known:
            return []
        joined = bool(_JOINED.fullmatch(text[start:at]))
        found.append(_Piece(kind=_kinds()[known[0]], joined=joined))
        start = known.end()
        at = _end(_GAP, text, start)
    return found


def _end(gap: re.Pattern[str], text: str, at: int) -> int:
    found = gap.match(text, at)
    return found.end() if found else at


def _resolved(pieces: list[_Piece], question: str) -> Iterator[_Piece]:
    """Yield the pieces with each action judged: refused, agreed to, or strange."""
    refused = False
    for piece in pieces:
        if piece.kind in _ACTIONS:
            refused = refused and piece.joined
            apt = not question or _PROPOSED[piece.kind].search(question)
            kind = "keep" if refused else "act" if apt else "strange"
            yield _Piece(kind=kind, joined=piece.joined)
            refused = False
            continue
        refused = "negator" in piece.kind or (refused and piece.kind == "filler")
        yield _Piece(kind=piece.kind.removeprefix("negator "), joined=piece.joined)


@cache
def _kinds() -> dict[str, str]:
    """Return the kind of each word; a negator is a no where no action follows."""
    lists = lexicon.entries(_FILE)
    kinds = {word: kind for kind, words in lists.items() for word in words}
    return kinds | dict.fromkeys(lists["negator"], "negator no")


@cache
def _known() -> re.Pattern[str]:
    return re.compile(_any(_kinds()))


def _any(words: dict[str, str] | list[str]) -> str:
    """Match any of the words, the longest first; Latin ones only whole."""
    ordered = sorted(words, key=len, reverse=True)
    latin = "|".join(re.escape(w) for w in ordered if w[-1].isascii())
    other = "|".join(re.escape(w) for w in ordered if not w[-1].isascii())
    return rf"(?:(?:{latin})(?![a-z0-9])|(?:{other}))"


# A refusal in the middle of a longer message. "要不取消" proposes, "取不取消" asks.
_REFUSES = re.compile(
    r"\b(?:don'?t|do not|never|not to|rather (?:you )?(?:not|didn'?t)|no longer want to|"
    r"please not)(?: (?:want|wish|need|like|mean))?(?: you)?(?: to)?(?: (?:just|yet|ever))?"
    r"(?: (?:cancel|return|refund|submit|proceed|do it|do that|go ahead|send it back|"
    r"hand me|transfer me)\b)"
    r"|(?:\brather (?:you )?(?:not|didn'?t)$)"
    r"|(?<![要取退])(?:不|别|勿|甭)(?:要|想|用|打算|需要|必)?(?:先|再|给我|帮我|急着|忙着)?"
    r"(?:取消|退|提交|撤销|申请退|转人工)(?!不了|货期|换)"
    r"|\bkeep (?:it|them|that|this|the (?:order|item|items)|my (?:order|items))\b"
    r"|\bleave (?:it|the order|my order|everything) (?:as|like|be|alone)"
    r"|保持原样|(?:还是|先|给我|订单)?(?:保留|留着)(?:吧|订单|着|它|$)"
)
# Pressed or said without meaning it.
_SLIP = re.compile(
    r"(?:按|点|摁|戳)错|误(?:触|点|操作)|手滑|手误|不小心(?:按|点|碰)|(?:mis-?(?:click|tap|type)"
    r"|(?:pressed|clicked|tapped|hit) (?:it |that |the )?(?:wrong|by (?:mistake|accident))"
    r"|(?:wrong button)|(?:accidentally (?:pressed|clicked|tapped|hit))"
    r"|didn'?t mean (?:to|that|it)|changed my mind|on second thoughts?)|(?:我)?(?:反悔|改主意|变卦)了"
)
_WHY = re.compile(
    r"\bwhy\b(?! not\b(?! ))|what (?:if|happens)|为什么|为啥|怎么|会怎|能不能|可不可以(?!不)"
)


def refuses(folded: str) -> bool:
    """Tell whether a longer message says not to do what was proposed."""
    if _WHY.search(folded):
        return False
    return bool(_REFUSES.search(folded) or _SLIP.search(folded))


# Words of one letter or character begin too much else.
_HAN_OPENS = (
    r"(?:好的|是的|对的|可以的|没问题|嗯嗯|好吧|行吧|好滴|好呀|好啊)|"
    r"(?:没错|可以|嗯|恩|行|对|好|是|要|确定|确认|同意|需要|继续)(?=[\s,，。!！、])"
)
_HAN_REFUSES = (
    r"(?:不是|不对|不行|不用|不要|不|错了|没有|别)(?=[\s,，。!！、])|"
    r"(?:不是(?:的|这[个单件双款一])|不对)(?!吗)"
)


@cache
def _openings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    lists = lexicon.entries(_FILE)
    latin = [w for w in lists["yes"] + lists["ok"] if w.isascii() and len(w) > 1]
    yes = rf"{_any([*latin, '👍'])}|{_HAN_OPENS}"
    no = rf"(?:no|nope|nah|not that|not this)(?![\w'])(?! (?:problem|worries|longer|good\b|use\b))|{_HAN_REFUSES}"
    return ("affirm", re.compile(yes)), ("deny", re.compile(no))


def opening(folded: str) -> tuple[str, int]:
    """Return the yes or no that a longer message opens with, and where it ends."""
    for name, known in _openings():
        found = known.match(folded)
        if found:
            return name, found.end()
    return "", 0
