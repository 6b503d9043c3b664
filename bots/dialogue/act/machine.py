"""Moves the task on top: fills what is said, asks what is missing, confirms, acts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bots.dialogue.act import confirming, identity
from bots.dialogue.act.register import SKILLS
from bots.dialogue.act.skill import Field, Skill, Tell
from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import Write, say_refusal
from bots.dialogue.state import Task
from orders.refusal import Refusal

# Unanswered questions in a row, after which a person is offered.
PATIENCE = 3
# What becomes of a task once its order is known.
WAITS, ENDS = "waits", "ends"
# The fields of the identity check.
IDENTITY = frozenset({"number", "email", "tail"})


def start(
    talk: Talk, skill: str, orders: Sequence[str] = (), *, beside: bool = False
) -> None:
    """Put a task on top, or one for each order, the first one uppermost.

    Tasks of the same skill that lie below give way, unless it is wanted `beside` them.
    """
    rest = tuple(t for t in talk.state.tasks if beside or t.skill != skill)
    new = [Task(skill=skill, fields={"number": order}) for order in reversed(orders)]
    talk.note(tasks=(*rest, *(new or [Task(skill=skill, fields=_told(talk))])))


def _told(talk: Talk) -> dict[str, Any]:
    """What the check has been told: "cancel it" is about the number it waits with."""
    under_way = talk.state.task
    if talk.customer or under_way is None:
        return {}
    return {name: v for name, v in under_way.fields.items() if name in IDENTITY}


def advance(talk: Talk, *, affirmed: str = "") -> None:
    """Bring the top task as far as it goes: to its next question, or to its end.

    A task that ends uncovers the one below, whose question is asked again.
    `affirmed` is the token of the confirmation that a yes has been said to.
    """
    while talk.state.task:
        if _step(talk, affirmed):
            return
        talk.state = talk.state.popped()
        talk.fresh = False
        affirmed = ""


def fill(talk: Talk) -> bool:
    """Take this turn's words as the answer to the open question.

    Returns whether they held one; if not, the miss is counted and nothing is asked.
    """
    before = talk.task
    advance(talk)
    after = talk.state.task
    if after is None or after.skill != before.skill or talk.wrong_guesses:
        return True
    if after.fields == before.fields:
        return False
    talk.state = talk.state.with_task(replace(after, misses=0))
    return True


def fits(talk: Talk) -> bool:
    """Whether this turn's words name a value of the field that is asked for.

    One that the field has something to say about is named as well.
    """
    task = talk.task
    fields = {field.name: field for field in SKILLS[task.skill].fields}
    if talk.customer is None or task.asked not in fields:
        return False
    said = list(talk.replies)
    value = fields[task.asked].take(talk, task.fields)
    told, talk.replies = len(talk.replies) > len(said), said
    return value is not None or told


def correct(talk: Talk) -> bool:
    """Propose what this turn's words name instead; whether they name something."""
    before = talk.task
    advance(talk)
    after = talk.state.task
    if after is None or after.skill != before.skill:
        return True
    decisive = [field.name for field in SKILLS[before.skill].fields if field.required]
    return any(after.fields.get(n) != before.fields.get(n) for n in decisive)


def ask_anew(talk: Talk) -> None:
    """Leave the order that was proposed, for the other one or the others."""
    skill = SKILLS[talk.task.skill]
    refused = str(talk.task.fields.get("order", ""))
    task = replace(talk.task, token="", but_not=refused, asked="")
    for name in ("number", *(field.name for field in skill.fields)):
        task = task.without(name)
    talk.note(order="")
    talk.state = talk.state.with_task(task)
    talk.fresh = False
    if any(order.number != refused for order in talk.orders):
        advance(talk)
        return
    talk.say("order/no_other", number=refused)
    talk.state = talk.state.popped()
    advance(talk)


def missed(talk: Talk) -> None:
    """Count a question that was not answered; offer a person when it is too much."""
    task = replace(talk.task, misses=talk.task.misses + 1)
    talk.state = talk.state.with_task(task)
    if task.misses >= PATIENCE:
        talk.say("talk/unclear_third", buttons=(talk.person("stuck"),))


def deny(talk: Talk) -> None:
    """A no to the confirmation: nothing is done, and the task is over."""
    skill = SKILLS[talk.task.skill]
    if isinstance(skill, Write):
        skill.kept(talk, talk.task.fields)
    else:
        talk.say("talk/cancelled")
    talk.state = talk.state.popped()
    talk.fresh = False


def _step(talk: Talk, affirmed: str) -> bool:
    """Move the task on top; whether it waits for the shopper now."""
    if not identity.ensure(talk):
        return True
    skill = SKILLS[talk.task.skill]
    if not talk.orders:
        talk.say("order/none")
        return False
    ended = _gather(talk, skill, affirmed)
    if ended == ENDS:
        # What cannot be done with this order may be meant of another one.
        talk.note(skill=talk.task.skill)
    return ended == WAITS if ended else _act(talk, skill, affirmed)


def _gather(talk: Talk, skill: Skill, affirmed: str) -> str:
    """Fill the fields: WAITS at a question, ENDS where it cannot be, "" to go on."""
    # A yes is said to what was proposed: only another order, not another reason,
    # takes it back. What is only taken along is taken before a question ends the turn.
    for field in skill.fields:
        if not (field.required or affirmed):
            _take(talk, skill, field)
    for field in skill.fields:
        if field.required:
            _take(talk, skill, field)
        if field.lacks(talk, talk.task.fields):
            _ask(talk, field)
            return WAITS
        if field.name == "order" and (ended := _ordered(talk, skill, affirmed)):
            return ended
    return ""


def _ordered(talk: Talk, skill: Skill, affirmed: str) -> str:
    """What the order, once known, makes of the task: WAITS or ENDS, or "" to go on."""
    other = skill.other(talk, talk.task.fields)
    if other:
        talk.state = talk.state.with_task(replace(talk.task, skill=other))
        return WAITS if _step(talk, affirmed) else ENDS
    return "" if skill.check(talk, talk.task.fields) else ENDS


def _take(talk: Talk, skill: Skill, field: Field) -> None:
    """Fill a field from this turn's words or from what goes without saying."""
    task = talk.task
    said = field.take(talk, task.fields)
    if said is None and field.name not in task.fields:
        said = field.default(talk, task.fields)
    if said is not None and said != task.fields.get(field.name):
        # The items of one order are not those of another.
        for later in skill.after(field):
            task = task.without(later.name)
        talk.state = talk.state.with_task(task.filled(**{field.name: said}))


def _ask(talk: Talk, field: Field) -> None:
    task = talk.task
    field.ask(talk, task.fields, again=task.asked == field.name and talk.fresh)
    talk.state = talk.state.with_task(task.asking(field.name))


def _act(talk: Talk, skill: Skill, affirmed: str) -> bool:
    """Tell, propose, or carry out; whether the task waits for the shopper then."""
    if isinstance(skill, Tell):
        skill.act(talk, talk.task.fields)
    elif isinstance(skill, Write):
        try:
            if not (affirmed and confirming.confirmed(talk, skill, affirmed)):
                confirming.propose(talk, skill)
                return True
        except Refusal as refusal:
            return _refused(talk, skill, refusal)
    talk.note(skill=skill.name)
    return False


def _refused(talk: Talk, skill: Write, refusal: Refusal) -> bool:
    """Say why not; where another value would do, ask for it. Whether it is waited for."""
    name = skill.faults.get(refusal.code, "")
    if not name:
        skill.refused(talk, talk.task.fields, refusal)
        return False
    field = next(field for field in skill.fields if field.name == name)
    say_refusal(talk, refusal)
    talk.fresh = False
    talk.state = talk.state.with_task(talk.task.without(name))
    _ask(talk, field)
    return True
