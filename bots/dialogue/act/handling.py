"""Each command has its handler; the open question is asked again after an aside."""

import re
from collections.abc import Sequence

from bots.dialogue.act import (
    answering,
    browsing,
    identity,
    knowledge,
    machine,
    people,
    products,
    products_range,
    sharing,
    small_talk,
)
from bots.dialogue.act.register import SKILLS
from bots.dialogue.act.talk import Talk
from bots.dialogue.decide import commands as do

# From here on an intent leaves no doubt.
PLAIN = 0.8
# "No, the other one."
OTHER = re.compile(
    r"\b(?:the other|another|different)\b|另一|另外|别的|换一个", re.IGNORECASE
)


def handle(talk: Talk, commands: Sequence[do.Command]) -> None:
    """Run the commands in the order in which they were said."""
    identity.listen(talk)
    if identity.goes_on_guessing(talk):
        identity.lock(talk)
        return
    commands = answering.settle(talk, commands)
    starts = [command for command in commands if isinstance(command, do.Start)]
    others = [command for command in commands if not isinstance(command, do.Start)]
    for command in others:
        _one(talk, command)
    if talk.hand_over:
        return
    if starts and not answering.is_told(talk, starts):
        _start(talk, starts)
    elif talk.state.task and all(map(_is_aside, others)):
        _come_back(talk)
    if not talk.in_vain:
        talk.note(misses=0)


def _start(talk: Talk, starts: Sequence[do.Start]) -> None:
    """Put the first wish on top, the others below it, each with its own order."""
    wishes = sharing.share(talk.given.text, starts)
    for skill in dict.fromkeys(wish.skill for wish in reversed(wishes)):
        orders = [wish.order for wish in wishes if wish.skill == skill and wish.order]
        beside = any(wish.beside for wish in wishes)
        machine.start(talk, skill, orders, beside=beside)
    # A no that stands before the wish has not used its words up.
    talk.fresh = True
    if _may_be_general(talk):
        knowledge.try_answer(talk)
    machine.advance(talk)


def _may_be_general(talk: Talk) -> bool:
    """Whether the words may ask how the shop does it, rather than for one order."""
    return (
        SKILLS[talk.task.skill].often_general
        and talk.understanding.request.confidence < PLAIN
        and not talk.customer
        and not talk.slot("order_id")
    )


def _one(talk: Talk, command: do.Command) -> None:  # noqa: C901 - one case a command
    match command:
        case do.Fill():
            _fill(talk)
        case do.Affirm(token=token):
            _affirm(talk, token)
        case do.Deny(token=token):
            _deny(talk, token)
        case do.Correct():
            _correct(talk)
        case do.Lack():
            identity.lacks(talk)
        case do.Beyond(count=count):
            talk.say("talk/beyond", count=count)
        case do.Speak():
            talk.say("talk/language")
        case do.Cancel():
            small_talk.cancel(talk)
        case do.Wait():
            small_talk.wait(talk)
        case do.Ask(topic=topic):
            knowledge.ask(talk, topic)
        case do.Browse():
            _browse(talk)
        case do.Cheaper():
            browsing.cheaper(talk)
        case do.AskProduct(ref=ref):
            products.ask(talk, ref)
        case do.Promotions(wanted=wanted):
            small_talk.promotions(talk, wanted=wanted)
        case do.Chat(topic=topic):
            small_talk.chat(talk, topic)
        case do.HandOver(reason=reason):
            people.hand_over(talk, reason)
        case do.OfferPerson(topic=topic):
            people.offer(talk, topic)
        case do.Unclear():
            _unclear(talk)


def _browse(talk: Talk) -> None:
    """Say what there is at all, where that was asked; else look for what fits."""
    if not products_range.tell(talk):
        browsing.browse(talk)


def _is_aside(command: do.Command) -> bool:
    """Whether the talk comes back to the open question after it."""
    return not isinstance(command, do.Fill | do.Affirm | do.Correct | do.Wait | do.Lack)


def _come_back(talk: Talk) -> None:
    talk.fresh = False
    machine.advance(talk)


def _fill(talk: Talk) -> None:
    """The words answer the open question, or are a question of their own."""
    said, talk.replies = talk.replies, []
    filled = machine.fill(talk)
    asked, talk.replies = talk.replies, said
    if not (filled or said or answering.is_told_beside(talk)):
        machine.missed(talk)
    talk.replies.extend(asked)


def _correct(talk: Talk) -> None:
    """Propose what the words name instead; a no that names nothing is a no."""
    said, before = list(talk.replies), talk.state
    if machine.correct(talk):
        return
    talk.replies, talk.state = said, before
    number = talk.slot("order_id")
    if number and talk.order(number) is None:
        talk.say("order/not_found", number=number)
        _come_back(talk)
        return
    if OTHER.search(talk.given.text):
        machine.ask_anew(talk)
        return
    machine.deny(talk)
    _come_back(talk)


def _affirm(talk: Talk, token: str) -> None:
    task = talk.state.task
    if task is None or not task.token or token not in {"", task.token}:
        small_talk.chat(talk, "stale")
        return
    machine.advance(talk, affirmed=task.token)


def _deny(talk: Talk, token: str) -> None:
    task = talk.state.task
    if task is None or token not in {"", task.token}:
        small_talk.chat(talk, "stale")
        return
    machine.deny(talk)


def _unclear(talk: Talk) -> None:
    if not (knowledge.try_answer(talk) or products.try_answer(talk)):
        small_talk.unclear(talk)
