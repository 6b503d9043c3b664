"""Who is asking: an order number together with what only its owner knows."""

from bots.dialogue.act.talk import Talk
from orders import lookup

LAST_DIGITS = 4


def ensure(talk: Talk) -> bool:
    """Return whether the shopper is proven; if not, ask, refuse or lock.

    An unknown order and a wrong proof are answered in the same words.
    """
    if talk.customer:
        return True
    if talk.locked:
        _lock(talk)
        return False
    _remember(talk)
    fields = talk.task.fields
    number, email, tail = (fields.get(key, "") for key in ("number", "email", "tail"))
    if not number or not (email or tail):
        _ask(talk, number, has_proof=bool(email or tail))
        return False
    talk.identified = lookup.identify(number, email=email, phone_tail=tail)
    if talk.identified:
        return True
    talk.wrong_guesses += 1
    _refuse(talk)
    return False


def _remember(talk: Talk) -> None:
    """Keep what was said of number and proof until both are there."""
    said = {
        "number": talk.slot("order_id") or "",
        "email": talk.slot("email") or "",
        "tail": _tail(talk.slot("phone") or ""),
    }
    known = {key: value for key, value in said.items() if value}
    talk.state = talk.state.with_task(talk.task.filled(**known))


def _tail(phone: str) -> str:
    digits = "".join(char for char in phone if char.isdigit())
    return digits[-LAST_DIGITS:] if len(digits) >= LAST_DIGITS else ""


def _ask(talk: Talk, number: str, *, has_proof: bool) -> None:
    if has_proof:
        wording, asked = "identity/ask_order", "order_id"
    elif number:
        wording, asked = "identity/ask_proof", "proof"
    else:
        wording, asked = "identity/ask", "order_id"
    talk.say(wording, number=number)
    talk.state = talk.state.with_task(talk.task.asking(asked))


def _refuse(talk: Talk) -> None:
    if talk.locked:
        _lock(talk)
        return
    # The number stays: the next message may bring only a better proof.
    task = talk.task.filled(email="", tail="").asking("proof")
    talk.state = talk.state.with_task(task)
    talk.say("identity/wrong", buttons=(talk.person("identity"),))


def _lock(talk: Talk) -> None:
    """Leave every task: each would need what cannot be proven any more."""
    talk.note(tasks=())
    talk.say("identity/locked", buttons=(talk.person("identity"),))
