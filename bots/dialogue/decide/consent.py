"""Whether a message is a yes and nothing but a yes: the only thing that is acted upon."""

import re

from bots.dialogue.turn import Understanding

# Less sure than this, a yes is asked for again.
CERTAIN = 0.85
_MANNERS = frozenset({"affirm", "thank", "greet"})
# No one who means yes says more than this; whoever says more is asked again.
_MOST_WORDS = 8
_WORD = re.compile(r"[a-z0-9']+|[\u3400-\u9fff]{1,2}")
# Set phrases that mean yes, though words of doubt are in them.
_PHRASES = re.compile(r"\bwhy not\b|\bno (?:problem|worries)\b|不好意思|想好了")
# A question, a doubt, a but: none of these beside a plain yes.
_DOUBT = re.compile(
    r"[?？…]|\.\.|[吗么呢](?:\W|$)"
    r"|\b(?:but|wait|hold|keep|don'?t|not|no|nope|never|later|yet|before|first|"
    r"think|thinking|maybe|perhaps|h+m+|u+m+|unless|if|let me|instead|except|"
    r"what|why|how|when|where|which|who|u)\b"
    r"|[不别先等想但再留怎哪谁]|可是|如果|要是|算了|什么|多少|多久|为何|或许|也许"
)


def agrees(understanding: Understanding, text: str, *beside: str) -> bool:
    """Return whether the words are a plain yes.

    Thanks and a greeting may stand beside it, and the intents named in `beside`.
    """
    best = max(
        (i.confidence for i in understanding.intents if i.name == "affirm"), default=0
    )
    if best < CERTAIN:
        return False
    if any(i.name not in {*_MANNERS, *beside} for i in understanding.intents):
        return False
    plain = _PHRASES.sub(" ", text.casefold())
    return not _DOUBT.search(plain) and len(_WORD.findall(plain)) <= _MOST_WORDS
