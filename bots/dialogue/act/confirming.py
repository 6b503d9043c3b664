"""A write is proposed in its exact words, and carried out as it was confirmed."""

from dataclasses import replace

from bots.dialogue.act.talk import Talk
from bots.dialogue.act.write import Write
from orders import confirmation, tools
from orders.acting import By
from orders.refusal import Code, Refusal


def propose(talk: Talk, skill: Write) -> None:
    """Rehearse the write and ask for a yes; raises `Refusal` where it cannot be."""
    task, by = talk.task, _by(talk)
    arguments = skill.arguments(talk, task.fields)
    preview = talk.call(tools.rehearse, skill.tool, arguments, by=by)
    token = task.token
    # The button that is still on the screen holds as long as it says the same.
    if not _stands(talk, skill, token):
        token = talk.call(
            confirmation.propose,
            skill.tool,
            arguments,
            customer=talk.owner,
            now=by.at,
        )
    talk.state = talk.state.with_task(replace(task, asked="confirm", token=token))
    skill.propose(talk, task.fields, preview)


def confirmed(talk: Talk, skill: Write, token: str) -> bool:
    """Carry out what the yes was said to, and say so; whether it could be.

    Raises `Refusal` where the write is refused.
    """
    if not _stands(talk, skill, token):
        talk.say("confirm/expired")
        return False
    talk.forget()
    try:
        result = talk.call(tools.confirm, token, by=_by(talk))
    except Refusal as refusal:
        if refusal.code != Code.NOT_CONFIRMED:
            raise
        talk.say("confirm/expired")
        return False
    talk.done = True
    skill.done(talk, talk.task.fields, result)
    return True


def _stands(talk: Talk, skill: Write, token: str) -> bool:
    return bool(token) and talk.call(
        confirmation.stands,
        token,
        skill.tool,
        skill.arguments(talk, talk.task.fields),
        customer=talk.owner,
        now=talk.given.at,
    )


def _by(talk: Talk) -> By:
    return By(at=talk.given.at, customer=talk.owner, actor="bot")
