"""Reads an understanding in the light of what was asked last."""

import re

from bots.dialogue.decide import commands as do
from bots.dialogue.decide.choosing import pick
from bots.dialogue.state import State, Task
from bots.dialogue.turn import Input, Intent, Understanding

# Below this an intent is a guess: asked again rather than acted upon.
SURE = 0.4
# A second wish in the same message must be plain.
SURE_BESIDE = 0.5

STARTS = {
    "order_status": "order_status",
    "order_cancel": "cancel_order",
    "return_request": "return_order",
    "refund_status": "refund_status",
}
ASKS = {
    "policy_question",
    "promotion_query",
    "order_place",
    "account_help",
    "invoice_request",
    "payment_problem",
    "order_change",
    "exchange_request",
    "repair_request",
    "privacy_request",
    "order_problem",
}
CHATS = {"greet", "goodbye", "thank", "chitchat", "ask_bot", "feedback"}
SIMPLE: dict[str, do.Command] = {
    "product_search": do.Browse(),
    "product_question": do.AskProduct(),
    "promotion_subscribe": do.Promotions(wanted=True),
    "promotion_unsubscribe": do.Promotions(wanted=False),
    "human_agent": do.HandOver(reason="asked"),
    "complaint": do.OfferPerson(topic="complaint"),
    "cancel": do.Cancel(),
    "deny": do.Cancel(),
    "affirm": do.Chat(topic="greet"),
}
# Said beside a wish, these are manners and need no answer of their own.
MANNERS = {"greet", "goodbye", "thank", "chitchat", "affirm", "deny"}

# Buttons that a plain "yes" may stand for; beside more than one other it is unclear.
OFFERS: dict[str, do.Command] = {
    "human": do.HandOver(reason="asked"),
    "return_order": do.Start(skill="return_order"),
}
MOST_OFFERED = 2

BUTTON = re.compile(r"^(yes|no|promotions|product|start):(.*)$")
MOMENT = re.compile(
    r"^(?:(?:just )?(?:one|a|wait a|give me a) (?:moment|sec|second|minute|min)"
    r"|hold on|hang on|wait|等等|等一下|等下|稍等|等我一下|等会儿?)\W*(?:please|pls|哈|啊)?\W*$",
    re.IGNORECASE,
)


def read(given: Input, understanding: Understanding, state: State) -> list[do.Command]:
    """Turn one turn's words into commands, in the order in which they were said."""
    if not given.text.strip() and not given.button:
        return [do.Chat(topic="media" if given.attachments else "empty")]
    pressed = given.button or given.text.strip()
    if command := _chosen(pressed, state):
        return [command]
    if command := _standing(pressed):
        return [command]
    if given.button or BUTTON.match(pressed):
        return [do.Chat(topic="stale")]
    if command := _agreed(understanding, state):
        return [command]
    if MOMENT.match(pressed):
        return [do.Wait()]
    if state.task:
        return _within_task(understanding, state, given)
    return _afresh(understanding, state)


def expecting(state: State) -> str:
    """The field that the open question is about, or ""."""
    return state.task.asked if state.task else ""


def _chosen(text: str, state: State) -> do.Command | None:
    """What a press or a typed choice means; None where it is not one."""
    choice = pick(text, state.choices)
    if choice is None:
        return None
    if found := BUTTON.match(choice.value):
        return _button(found[1], found[2])
    fixed: dict[str, do.Command] = {
        "human": do.HandOver(reason="asked"),
        "cancel": do.Cancel(),
        "order_status": do.Start(skill="order_status"),
        "return_order": do.Start(skill="return_order", order=state.order),
        "products": do.Browse(),
    }
    if choice.value in fixed:
        return fixed[choice.value]
    return do.Fill() if state.task else None


def _standing(text: str) -> do.Command | None:
    """A button that holds however old it is, since it confirms nothing."""
    found = BUTTON.match(text)
    if found and found[1] in {"promotions", "product"}:
        return _button(found[1], found[2])
    return None


def _agreed(understanding: Understanding, state: State) -> do.Command | None:
    """A yes to the one thing that was offered, where no task is under way."""
    offered = [choice for choice in state.choices if choice.value in OFFERS]
    if state.task or not offered or len(state.choices) > MOST_OFFERED:
        return None
    best = understanding.best
    if best.name != "affirm" or best.confidence < SURE:
        return None
    return OFFERS[offered[0].value]


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


def _within_task(
    understanding: Understanding, state: State, given: Input
) -> list[do.Command]:
    task = state.task
    assert task is not None
    if command := _leaving(understanding):
        return [command]
    others = [
        command
        for intent in understanding.intents
        if (command := _interruption(intent, task.skill, understanding))
    ]
    if _sure(understanding, "cancel"):
        return [do.Cancel(), *others]
    if task.asked == "confirm":
        return _at_confirmation(understanding, task, others)
    if _answers(understanding, task.asked, given):
        return _beside_answer(understanding, task, others)
    return others or [do.Fill()]


def _leaving(understanding: Understanding) -> do.Command | None:
    """What is done at once, and nothing beside it."""
    if _sure(understanding, "promotion_unsubscribe"):
        return do.Promotions(wanted=False)
    if understanding.best.name == "human_agent" and _sure(understanding, "human_agent"):
        return do.HandOver(reason="asked")
    return None


def _sure(understanding: Understanding, name: str) -> bool:
    return any(
        intent.name == name and intent.confidence >= SURE
        for intent in understanding.intents
    )


def _of_task(understanding: Understanding, task: Task) -> bool:
    """Whether an intent is that of the task under way."""
    return any(
        STARTS.get(intent.name) == task.skill and intent.confidence >= SURE
        for intent in understanding.intents
    )


def _at_confirmation(
    understanding: Understanding, task: Task, others: list[do.Command]
) -> list[do.Command]:
    """A plain yes or no decides; anything else is a correction or a question."""
    yes, no = _sure(understanding, "affirm"), _sure(understanding, "deny")
    if no and _of_task(understanding, task):
        return [*others, do.Correct()]
    if yes != no:
        return [do.Affirm() if yes else do.Deny(), *others]
    return others or [do.Fill()]


def _beside_answer(
    understanding: Understanding, task: Task, others: list[do.Command]
) -> list[do.Command]:
    """The answer, after the questions that came with it.

    The number in another wish is that wish's own, unless the task is meant as well.
    """
    starts = [command for command in others if isinstance(command, do.Start)]
    if starts and not _of_task(understanding, task):
        return others
    questions = [command for command in others if command not in starts]
    return [*questions, do.Fill()]


def _answers(understanding: Understanding, asked: str, given: Input) -> bool:
    """Whether the words hold what was asked for, so that they are its answer."""
    wanted = {
        "order": ("order_id",),
        "order_id": ("order_id",),
        "proof": ("email", "phone", "order_id"),
    }.get(asked, ())
    if any(understanding.slots.get(slot) for slot in wanted):
        return True
    best = understanding.best
    is_question = given.text.rstrip().endswith(("?", "？", "吗", "么", "呢"))
    return (
        asked == "reason"
        and not is_question
        and (best.name not in STARTS and best.name not in ASKS - {"order_problem"})
    )


def _interruption(
    intent: Intent, skill: str, understanding: Understanding
) -> do.Command | None:
    """What an intent means while `skill` is under way; None: it belongs to it."""
    if intent.confidence < SURE or STARTS.get(intent.name) == skill:
        return None
    if intent.name in {"affirm", "deny", "cancel", "feedback", "order_problem"}:
        return None
    return _command(intent, understanding)


def _afresh(understanding: Understanding, state: State) -> list[do.Command]:
    intents = [intent for intent in understanding.intents if _counts(intent)]
    wishes = [intent for intent in intents if intent.name not in MANNERS]
    if understanding.slots.get("order_id") and not _names_a_wish(wishes):
        # A bare order number asks what there is to say about it.
        return [do.Start(skill="order_status")]
    found: list[do.Command] = []
    for place, intent in enumerate(wishes or intents[:1]):
        if place and intent.confidence < SURE_BESIDE:
            continue
        command = _command(intent, understanding)
        if command not in found:
            found.append(command)
    return found or [do.Unclear()]


def _names_a_wish(intents: list[Intent]) -> bool:
    return any(intent.name not in {"out_of_scope", "ask_bot"} for intent in intents)


def _counts(intent: Intent) -> bool:
    return intent.confidence >= SURE or intent.name == "out_of_scope"


def _command(intent: Intent, understanding: Understanding) -> do.Command:
    """What an intent asks for where no task is under way."""
    if intent.name in STARTS:
        return do.Start(skill=STARTS[intent.name])
    if intent.name == "order_place" and understanding.slots.get("product"):
        return do.Browse()
    if intent.name in ASKS:
        return do.Ask(topic=intent.name)
    if intent.name in CHATS:
        return do.Chat(topic=intent.name)
    return SIMPLE.get(intent.name, do.Ask(topic="out_of_scope"))
