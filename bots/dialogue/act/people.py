"""Handing over to a person, and offering one."""

from bots.dialogue.act.talk import Talk
from bots.dialogue.turn import HandOver
from orders import lookup

RECENT = 3


def hand_over(talk: Talk, reason: str) -> None:
    """Give the talk to a person together with what has been said so far."""
    number = talk.state.order or _number_of_task(talk)
    owner = talk.customer
    order = talk.call(lookup.order_of, owner, number) if owner and number else None
    talk.hand_over = HandOver(
        reason=_reason(talk, reason),
        summary=_summary(talk),
        order_id=order.pk if order else None,
    )
    talk.note(tasks=(), misses=0)
    talk.say("person/handed_over")


def offer(talk: Talk, topic: str) -> None:
    talk.say(f"person/{topic}", buttons=(talk.person("problem"),))


def _number_of_task(talk: Talk) -> str:
    task = talk.state.task
    return str(task.fields.get("order", "")) if task else ""


def _reason(talk: Talk, reason: str) -> str:
    """Why, as far as the talk tells more than that a person was asked for."""
    if reason != "asked":
        return reason
    return "identity" if talk.locked else talk.state.offered or reason


def _summary(talk: Talk) -> str:
    """What staff read first: the task under way, then the shopper's last words."""
    task = talk.state.task
    doing = ""
    if task:
        number = task.fields.get("order") or task.fields.get("number", "")
        doing = f"[{task.skill.replace('_', ' ')}] {number}".strip()
    said = [text for sender, text in talk.given.history if sender == "shopper"]
    words = [f"“{text[:200]}”" for text in [*said[-RECENT:], talk.given.text] if text]
    return "\n".join(filter(None, [doing, *words]))
