"""Who is asking: an order number together with what only its owner knows."""

import re

from bots.dialogue.act.talk import Talk
from bots.dialogue.decide.wishes import words
from bots.dialogue.decide.within import IDENTITY, LACKING
from bots.dialogue.state import Proof
from orders.identity import prove
from orders.numbers import order_shapes

LAST_DIGITS = 4
# Four digits by themselves, and not a year, a time or a price.
_FOUR = re.compile(
    r"(?<![\d$¥€£.:/-])(\d{4})(?![\d.:/-]|\s?(?:年|元|块|月|ml|g\b|yuan|rmb|usd))",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:order|confirmation) (?:number|no\b|id\b|#)|单号|订单编?号", re.IGNORECASE
)
# Said in passing, they are a proof only where little else is said.
_FEW_WORDS = 4


def ensure(talk: Talk) -> bool:
    """Return whether the shopper is proven; if not, ask, refuse or lock.

    An unknown order and a wrong proof are answered in the same words.
    """
    if talk.customer:
        return True
    if talk.locked:
        lock(talk)
        return False
    _remember(talk)
    fields = talk.task.fields
    number, email, tail = (fields.get(key, "") for key in ("number", "email", "tail"))
    if not number or not (email or tail):
        _ask(talk, number, has_proof=bool(email or tail))
        return False
    talk.identified = talk.call(
        prove, number, now=talk.given.at, email=email, phone_tail=tail
    )
    if talk.identified:
        return True
    talk.wrong_guesses += 1
    _refuse(talk)
    return False


def listen(talk: Talk) -> None:
    """Keep an e-mail address or phone digits, said before they were asked for."""
    if talk.customer:
        return
    email, tail = str(talk.slot("email") or ""), _said_tail(talk)
    if email or tail:
        talk.note(proof=Proof(email=email, tail=tail))


def lacks(talk: Talk) -> None:
    """Say what else would do, and that a colleague can help without it."""
    talk.say("identity/lacking", buttons=(talk.person("identity"),))


def _lacks_number(talk: Talk) -> bool:
    """Whether these words say that the order number is not at hand."""
    text = talk.given.text
    return talk.fresh and bool(LACKING.search(text) and _NUMBER.search(text))


def goes_on_guessing(talk: Talk) -> bool:
    """Whether the check is locked, and one more proof is tried all the same."""
    if talk.customer or not talk.locked or talk.state.task:
        return False
    return bool(talk.slot("email") or talk.slot("order_id") or _said_tail(talk))


def _remember(talk: Talk) -> None:
    """Keep what was said of number and proof until both are there."""
    fields, proof = talk.task.fields, talk.state.proof
    said = {
        "number": _said_number(talk),
        "email": talk.slot("email") or "",
        "tail": _said_tail(talk),
    }
    if not any(fields.get(key) or said[key] for key in ("email", "tail")):
        said |= {"email": proof.email, "tail": proof.tail}
    known = {key: value for key, value in said.items() if value}
    talk.state = talk.state.with_task(talk.task.filled(**known))


def _said_number(talk: Talk) -> str:
    """The order number; four digits are one only in a shop with such numbers."""
    said = str(talk.slot("order_id") or "")
    is_tail = len(said) == LAST_DIGITS and said.isdigit()
    if is_tail and not any(shape.digits == LAST_DIGITS for shape in order_shapes()):
        return ""
    return said


def _said_tail(talk: Talk) -> str:
    """The last digits of a phone number, whatever number of an order is beside it."""
    if not talk.fresh:
        return ""
    number = _said_number(talk)
    digits, taken = _digits(str(talk.slot("phone") or "")), _digits(number)
    is_number = len(taken) > LAST_DIGITS and digits.startswith(taken)
    if len(digits) >= LAST_DIGITS and not is_number:
        return digits[-LAST_DIGITS:]
    text = talk.given.text.casefold().replace(number.casefold() or "\0", " ")
    asked = bool(talk.state.task and talk.state.task.asked in IDENTITY)
    found = _FOUR.findall(text)
    if len(found) != 1 or not (asked or words(text) <= _FEW_WORDS):
        return ""
    return str(found[0])


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdecimal())


def _ask(talk: Talk, number: str, *, has_proof: bool) -> None:
    if not number and _lacks_number(talk):
        lacks(talk)
        talk.state = talk.state.with_task(talk.task.asking("identity"))
        return
    if has_proof:
        wording, asked = "identity/ask_order", "order_id"
    elif number:
        wording, asked = "identity/ask_proof", "proof"
    else:
        wording, asked = "identity/ask", "identity"
    talk.say(wording, number=number)
    talk.state = talk.state.with_task(talk.task.asking(asked))


def _refuse(talk: Talk) -> None:
    if talk.locked:
        lock(talk)
        return
    # The number stays: the next message may bring only a better proof.
    task = talk.task.filled(email="", tail="").asking("proof")
    talk.note(proof=Proof())
    talk.state = talk.state.with_task(task)
    talk.say("identity/wrong", buttons=(talk.person("identity"),))


def lock(talk: Talk) -> None:
    """Leave every task: each would need what cannot be proven any more."""
    talk.note(tasks=())
    talk.say("identity/locked", buttons=(talk.person("identity"),))
