"""Each command has its handler; the open question is asked again after an aside."""

from collections.abc import Sequence

from bots.dialogue.act import knowledge, machine, people, products, small_talk
from bots.dialogue.act.talk import Talk
from bots.dialogue.decide import commands as do
from orders.numbers import find_numbers


def handle(talk: Talk, commands: Sequence[do.Command]) -> None:
    """Run the commands in the order in which they were said."""
    starts = [command for command in commands if isinstance(command, do.Start)]
    others = [command for command in commands if not isinstance(command, do.Start)]
    for command in others:
        _one(talk, command)
    if talk.hand_over:
        return
    if starts:
        _start(talk, starts)
    elif talk.state.task and any(map(_is_aside, others)):
        _come_back(talk)
    if not isinstance(commands[0], do.Unclear):
        talk.note(misses=0)


def _start(talk: Talk, starts: Sequence[do.Start]) -> None:
    """Put the first wish on top, the others below it, each with its own order."""
    numbers = find_numbers(talk.given.text)
    if len(numbers) != len(starts):
        numbers = [""] * len(starts)
    for start, number in reversed(list(zip(starts, numbers, strict=True))):
        machine.start(talk, start.skill, order=start.order or number)
    machine.advance(talk)


def _one(talk: Talk, command: do.Command) -> None:  # noqa: C901 - one case a command
    match command:
        case do.Fill():
            _fill(talk)
        case do.Affirm(token=token):
            _affirm(talk, token)
        case do.Deny(token=token):
            _deny(talk, token)
        case do.Cancel():
            small_talk.cancel(talk)
        case do.Wait():
            talk.say("talk/wait")
        case do.Ask(topic=topic):
            knowledge.ask(talk, topic)
        case do.Browse():
            products.browse(talk)
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


def _is_aside(command: do.Command) -> bool:
    """Whether the talk comes back to the open question after it."""
    return not isinstance(command, do.Fill | do.Affirm | do.Wait)


def _come_back(talk: Talk) -> None:
    talk.fresh = False
    machine.advance(talk)


def _fill(talk: Talk) -> None:
    """The words answer the open question, or are a question of their own."""
    if machine.fill(talk):
        return
    asked_again = talk.replies
    talk.replies = []
    if not knowledge.try_answer(talk):
        machine.missed(talk)
    talk.replies.extend(asked_again)


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
    if not knowledge.try_answer(talk):
        small_talk.unclear(talk)
