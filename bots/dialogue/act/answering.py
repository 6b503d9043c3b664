"""Words that answer the open question are no wish, and a question comes before one."""

from collections.abc import Sequence

from bots.dialogue.act import knowledge, machine
from bots.dialogue.act.register import SKILLS
from bots.dialogue.act.talk import Talk
from bots.dialogue.decide import commands as do
from bots.dialogue.decide import verbs
from bots.dialogue.decide.asking import is_general, is_own_wish
from bots.dialogue.decide.choosing import place
from bots.dialogue.decide.reasons import is_reason

# What the name of a thing is easily taken for.
_LIKE_NAMES = (do.Fill, do.Browse, do.AskProduct, do.Chat, do.Ask, do.Unclear)


def settle(talk: Talk, commands: Sequence[do.Command]) -> Sequence[do.Command]:
    """Take the words for the answer alone, where the open field knows them."""
    if talk.state.task is None or is_own_wish(talk.given.text):
        return commands
    if not all(_may_be_answer(talk, command) for command in commands):
        return commands
    return [do.Fill()] if machine.fits(talk) else commands


def is_told_beside(talk: Talk) -> bool:
    """Answer what may be a question; a place in a list, or a reason, is none."""
    text = talk.given.text
    if is_reason(text) or place(text) is not None:
        return False
    return knowledge.try_answer(talk)


def is_told(talk: Talk, starts: Sequence[do.Start]) -> bool:
    """Answer a general question in the midst of a task, instead of starting another."""
    return (
        talk.state.task is not None
        and is_general(talk.given.text)
        and not talk.slot("order_id")
        and all(SKILLS[s.skill].often_general and not s.order for s in starts)
        and knowledge.try_answer(talk)
    )


def _may_be_answer(talk: Talk, command: do.Command) -> bool:
    if isinstance(command, do.Start):
        said = verbs.skill(talk.given.text) == command.skill
        return not (command.order or said or talk.slot("order_id"))
    return isinstance(command, _LIKE_NAMES)
