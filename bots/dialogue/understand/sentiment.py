"""How the shopper feels: negative, neutral or positive."""

import re
from functools import cache
from pathlib import Path

from bots.dialogue.understand import clauses, lexicon
from bots.dialogue.understand.normalise import Said, squeeze
from bots.dialogue.understand.slots import amounts

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"
FEELINGS = Path(__file__).with_name("feelings.txt")

_WEIGHTS = {"anger": 1.0, "bad": 1.0, "mildly bad": 0.5}
_WEIGHTS |= {"good": 1.0, "mildly good": 0.5}
_LONGEST = 6
# Only the beginning of a long message is weighed.
_MOST = 600
_PLEASANT = frozenset({"thank", "greet", "goodbye", "feedback", "affirm"})
_BAD_RATING, _GOOD_RATING = 2, 5

# A clause that asks or wishes for something judges nothing.
_ASKS = re.compile(
    r"[吗么][呀啊]?[?？]?$|[?？]|有没有|有无|哪[个款些种里位]|推荐.{0,3}[个款些点]|怎么(?!搞|这|能这|回事)|如何|"
    r"多少|几[天个点]|[行好能可]不[行好能可]|可以.{0,6}(?:退|换|吗|不$)|能(?:不能|否|退|换)|能.{1,6}[吗不]$|"
    r"想[买要找换退看]|要买|找[个款一]|求|来[个款]|帮我|建议|希望|最好|要是|如果|的话|不$|没$|投诉(?:电话|部门|渠道)|"
    r"^(?:is|are|does|do|did|which|what|how|would|could|can|will|any|where|when|should|who)\b(?! an? )"
    r"|\b(?:looking for|want|need|recommend|would be|could be|could you|can you|can i|maybe|wish|should|"
    r"suggest|please add|if |know any|tell me|how do|where can|hear about|signed up|a few five)\b"
)
# Middling marks praise nothing.
_LUKEWARM = re.compile(r"average|\bok\b|okay|一般|还行|中规中矩|凑合|还凑合")
_NEGATORS = (
    "not no never without hardly isnt isn't wasnt wasn't dont don't didnt didn't doesnt "
    "doesn't arent aren't cant can't nothing nor"
)
_NOT_EN = frozenset(_NEGATORS.split())
_NOT_ZH = frozenset("不没别无未")
# "不是很", "没那么": a few characters may stand between.
_BEFORE_EN, _BEFORE_ZH = 3, 3
_SOFTENS = frozenset("是很太怎么够有算那觉得再什么了")
_MOOD = re.compile(r"[😡🤬😤💢👎😠🙄🤮💩]")
_JOY = re.compile(r"[👍❤🌹😊😍🥰💕🎉👏💯😘🤩]")
_SHOUT = re.compile(r"[!！?？]{2,}")


def judge(folded: str, intents: frozenset[str]) -> str:
    """Weigh the feeling words; what is only asked or reported is neutral."""
    text = squeeze(folded[:_MOST])
    bad, good = _weigh(text)
    if "complaint" in intents:
        bad += 1.5
    calm = bad < 1 and not _LUKEWARM.search(text)
    if "feedback" in intents and calm and not _ASKS.search(text):
        good += 0.5
    # Thanks beside a request are manners.
    if "thank" in intents and calm and intents <= _PLEASANT:
        good += 1
    if bad >= 1 and bad >= good:
        return NEGATIVE
    return POSITIVE if good >= 1 and good > bad else NEUTRAL


def _weigh(text: str) -> tuple[float, float]:
    bad = good = 0.0
    for start, end in clauses.split(text):
        clause = text[start : end + 1]
        worse, better = _clause(clause, asks=bool(_ASKS.search(clause.strip())))
        bad, good = bad + worse, good + better
    bad += len(_MOOD.findall(text)) + (0.5 if _SHOUT.search(text) and bad else 0)
    good += len(_JOY.findall(text))
    rating = amounts.rating(Said(text=text, folded=text))
    if rating and not _ASKS.search(text):
        bad += rating <= _BAD_RATING
        good += rating >= _GOOD_RATING
    return bad, good


def _clause(clause: str, *, asks: bool) -> tuple[float, float]:
    """Return how bad and how good a clause sounds."""
    bad = good = 0.0
    words = lexicon.words_of(clause)
    for at, kind in _found(words):
        weight = _WEIGHTS[kind]
        if kind == "anger":
            bad += 0 if _negated(words, at) else weight
        elif asks:
            continue
        elif (kind in ("bad", "mildly bad")) != _negated(words, at):
            bad += weight if not kind.endswith("good") else weight / 2 + 0.5
        else:
            good += weight if kind.endswith("good") else weight / 2
    return bad, good


def _found(words: list[str]) -> list[tuple[int, str]]:
    """Return where feeling words stand, the longest at each place, and their kinds."""
    table, found, at = _table(), [], 0
    while at < len(words):
        most = min(_LONGEST, len(words) - at)
        sizes = (n for n in range(most, 0, -1) if tuple(words[at : at + n]) in table)
        length = next(sizes, 0)
        if length:
            found.append((at, table[tuple(words[at : at + length])]))
        at += length or 1
    return found


def _negated(words: list[str], at: int) -> bool:
    if any(word in _NOT_EN for word in words[max(0, at - _BEFORE_EN) : at]):
        return True
    before = words[max(0, at - _BEFORE_ZH) : at]
    for word, earlier in zip(before[::-1], ["", *before][-2::-1], strict=False):
        if word in _NOT_ZH:
            return (earlier, word) != ("特", "别")
        if word not in _SOFTENS:
            return False
    return False


@cache
def _table() -> dict[tuple[str, ...], str]:
    """Return each feeling word with its kind: the first that it is listed under."""
    table: dict[tuple[str, ...], str] = {}
    for name, phrases in lexicon.entries(FEELINGS).items():
        for phrase in phrases:
            words = tuple(lexicon.words_of(phrase))
            table.setdefault(words, name.rsplit(" ", 1)[0])
    return table
