"""What a pressed button, or a typed choice, asks for."""

import re

from bots.dialogue.decide import commands as do
from bots.dialogue.decide.choosing import is_beyond, listed, pick
from bots.dialogue.decide.wishes import SKILLS
from bots.dialogue.state import State

BUTTON = re.compile(r"^(yes|no|promotions|product|start):(.*)$")


def read(text: str, state: State, *, pressed: bool) -> do.Command | None:
    """What a press or a typed choice means; None where it is not one."""
    command = _chosen(text, state) or _standing(text)
    if command:
        return command
    if pressed or BUTTON.match(text):
        return do.Chat(topic="stale")
    if is_beyond(text, state.choices):
        return do.Beyond(count=len(listed(state.choices)))
    return None


def _chosen(text: str, state: State) -> do.Command | None:
    choice = pick(text, state.choices)
    if choice is None:
        return None
    if found := BUTTON.match(choice.value):
        return _button(found[1], found[2])
    fixed: dict[str, do.Command] = {
        "human": do.HandOver(reason="asked"),
        "cancel": do.Cancel(),
        "order_status": do.Start(skill="order_status"),
        "products": do.Browse(),
    }
    if choice.value in fixed:
        return fixed[choice.value]
    if choice.value in SKILLS:
        return do.Start(skill=choice.value, order=state.order)
    return do.Fill() if state.task else None


def _standing(text: str) -> do.Command | None:
    """A button that holds however old it is, since it confirms nothing."""
    found = BUTTON.match(text)
    if found and found[1] in {"promotions", "product"}:
        return _button(found[1], found[2])
    return None


def _button(kind: str, argument: str) -> do.Command:
    match kind:
        case "yes":
            return do.Affirm(token=argument)
        case "no":
            return do.Deny(token=argument)
        case "promotions":
            return do.Promotions(wanted=argument == "on")
        case "product":
            return do.AskProduct(ref=argument)
        case _:
            skill, _, order = argument.partition(":")
            return do.Start(skill=skill, order=order)
