"""Short follow-ups, which mean the list or the product that was shown last."""

import re

from bots.dialogue.decide import commands as do
from bots.dialogue.decide import verbs
from bots.dialogue.decide.asking import is_question
from bots.dialogue.decide.choosing import place, place_amid
from bots.dialogue.decide.wishes import SURE_OUTSIDE, started, words
from bots.dialogue.state import State
from bots.dialogue.turn import Input, Understanding

# Longer than this, a message stands for itself.
_SHORT = 8
# Intents that a few words about a product are easily taken for.
_VAGUE = frozenset(
    [
        "product_question",
        "product_search",
        "policy_question",
        "promotion_query",
        "out_of_scope",
        "chitchat",
        "order_status",
        "order_place",
    ]
)
# What a step that was offered is easily taken for.
_AGREEING = frozenset(
    ["affirm", "order_cancel", "return_request", "out_of_scope", "chitchat"]
)
_CHEAPER = re.compile(r"便宜|\bcheap(?:er|est)?\b|less expensive", re.IGNORECASE)
_STOCK = re.compile(
    r"有货|到货|补货|现货|\bin stock\b|\brestock|\b(?:be|come|get(?:ting)?) (?:it )?back\b",
    re.IGNORECASE,
)
# "…呢", "and the blue one?"
_ELLIPTIC = re.compile(
    r"呢[?？]?$|^(?:那|and |what about |how about )|\bones?\W*$", re.IGNORECASE
)
_IN_ORDER = re.compile(
    r"^(?:那么?|还|请问|so |and |then )*"
    r"(?:(?:可以|能不能|能|可不可以)(?:退货?|取消)(?:吗|么)?"
    r"|can i (?:still )?(?:return|cancel) (?:it|that|this|them)(?: instead)?)\W*$",
    re.IGNORECASE,
)


def read(given: Input, understanding: Understanding, state: State) -> do.Command | None:
    """What a follow-up asks for; None where the message is none."""
    if understanding.slots.get("order_id"):
        return None
    return _of_list(given.text, understanding, state) or _of_product(
        given.text, understanding, state
    )


def _is_price_alone(understanding: Understanding) -> bool:
    """Whether "at most 150" is said to a list, and names nothing of its own."""
    slots = understanding.slots
    return bool(
        (slots.get("price_max") or slots.get("price_min")) and not slots.get("product")
    )


def about_order(text: str, understanding: Understanding, state: State) -> str:
    """The skill that looks into the one order which a general question is about, or "".

    The order is named in it, or it is "can I return it?" after one was shown.
    """
    named = bool(understanding.slots.get("order_id"))
    if not named and not (state.order and _IN_ORDER.match(text.strip())):
        return ""
    return verbs.skill(text) or ("order_status" if named else "")


def offered(text: str, understanding: Understanding, state: State) -> do.Command | None:
    """A step that was offered last, named by its verb: "ok, return it then"."""
    skill = verbs.skill(text)
    if not state.order or understanding.slots.get("order_id") or is_question(text):
        return None
    if all(choice.value != skill for choice in state.choices):
        return None
    if understanding.request.name not in _AGREEING or words(text) > _SHORT:
        return None
    return do.Start(skill=skill, order=state.order)


def _of_list(
    text: str, understanding: Understanding, state: State
) -> do.Command | None:
    """What "and the first?" means, when the list has been answered already."""
    skill = started(understanding, text)
    at = place_amid(text) if skill else place(text)
    if at is None or not state.shown:
        return None
    if at >= len(state.shown):
        return do.Beyond(count=len(state.shown))
    kind, _, ref = state.shown[at].value.partition(":")
    if kind == "product":
        return do.AskProduct(ref=ref)
    return do.Start(skill=skill or state.skill or "order_status", order=kind)


def _of_product(
    text: str, understanding: Understanding, state: State
) -> do.Command | None:
    best = understanding.request
    vague = best.name in _VAGUE or best.confidence < SURE_OUTSIDE
    if not state.product or not vague or words(text) > _SHORT:
        return None
    if _is_price_alone(understanding):
        return do.Browse()
    if _CHEAPER.search(text) and not understanding.slots.get("product"):
        return do.Cheaper()
    if _STOCK.search(text):
        return do.AskProduct()
    has_option = bool(understanding.slots.get("options"))
    if has_option and best.name not in {"product_search", "order_status"}:
        return do.AskProduct()
    if _ELLIPTIC.search(text) and (has_option or any(c.isdigit() for c in text)):
        return do.AskProduct()
    return None
