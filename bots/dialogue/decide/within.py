"""Reads what is said while a task is under way: an answer, or something beside it."""

import re

from bots.dialogue.decide import commands as do
from bots.dialogue.decide import consent, verbs
from bots.dialogue.decide.asking import is_question
from bots.dialogue.decide.reasons import is_reason
from bots.dialogue.decide.wishes import (
    SURE,
    command,
    is_of,
    is_outside,
    is_sure,
    skill,
)
from bots.dialogue.state import State, Task
from bots.dialogue.turn import Input, Intent, Understanding

# The questions of the identity check.
IDENTITY = ("identity", "order_id", "proof")
# Who has not got what is asked for.
LACKING = re.compile(
    r"\b(?:forg[oe]t|forgotten|lost|don'?t (?:have|know|remember)|can'?t (?:find|"
    r"remember)|no idea|haven'?t got)\b|忘|不记得|记不|找不到|不知道|没有?(?:订单号|邮箱|手机)",
    re.IGNORECASE,
)
ALSO = re.compile(r"\b(?:also|too|as well|another one)\b|也|还有|另外", re.IGNORECASE)
# An identity number said in passing.
FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
# Beside a proof, guesses of what else was meant are noise.
_NOISE = (do.Chat, do.Browse, do.AskProduct, do.Unclear)
# Beside an answer, these are guesses from what was said before, unless they are asked.
_GUESSED = frozenset({"policy_question", "promotion_query", "order_place"})
# Who proves who one is needs no help with an account.
_NEVER = frozenset({"out_of_scope", "account_help"})
# At a confirmation, less than this brings nothing of its own unless it is asked.
_HIGH = 0.9
_COMPLAINING = re.compile(r"投诉|举报|经理|\bcomplain|\bmanager\b", re.IGNORECASE)
# In a return, these say why the goods go back.
_WHY = frozenset({"complaint", "repair_request", "exchange_request"})
# What is not wanted any more while it is only being asked for is left.
_ASKED_FOR = frozenset(
    {"return_order", "exchange_order", "repair_order", "report_problem"}
)


def read(understanding: Understanding, state: State, given: Input) -> list[do.Command]:
    task = state.task
    assert task is not None
    if leaving := _leaving(understanding):
        return [leaving]
    if task.skill in _ASKED_FOR and verbs.withdraws(given.text):
        return [do.Deny() if task.asked == "confirm" else do.Cancel()]
    if _is_misnamed(understanding, task, given.text):
        return [do.Correct() if task.asked == "confirm" else do.Fill()]
    others = _others(understanding, task, given.text)
    if is_sure(understanding, "cancel"):
        return [do.Cancel(), *others]
    if task.asked == "confirm":
        return _at_confirmation(understanding, task, others, given.text)
    if task.asked in IDENTITY:
        return _at_identity(understanding, task, others, given.text)
    if task.asked == "order" and understanding.slots.get("order_id"):
        return _beside_answer(understanding, task, others, given.text)
    return others or [do.Fill()]


def _is_misnamed(understanding: Understanding, task: Task, text: str) -> bool:
    """Whether only the number is another one, and the wish the same."""
    named = bool(understanding.slots.get("order_id"))
    return named and verbs.misnamed(text) and verbs.skill(text) in {"", task.skill}


def _others(understanding: Understanding, task: Task, text: str) -> list[do.Command]:
    """What is said beside the task, each once."""
    found = [
        _interruption(intent, task, understanding, text)
        for intent in understanding.intents
        if _counts(intent, task, understanding, text)
    ]
    return list(dict.fromkeys(other for other in found if other))


def _counts(
    intent: Intent, task: Task, understanding: Understanding, text: str
) -> bool:
    """Whether an intent beside an open question has an answer of its own."""
    if task.asked in IDENTITY or understanding.slots.get("order_id"):
        return True
    wished = skill(intent.name, understanding, text)
    said = bool(wished) and verbs.skill(text) == wished
    is_why = intent.name in _WHY or bool(wished)
    if is_why and not said and is_reason(text) and not _COMPLAINING.search(text):
        return False
    if task.asked != "confirm" or is_question(text):
        return True
    return said or intent.confidence >= _HIGH


def _leaving(understanding: Understanding) -> do.Command | None:
    """What is done at once, and nothing beside it."""
    if is_sure(understanding, "promotion_unsubscribe"):
        return do.Promotions(wanted=False)
    if understanding.request.name == "human_agent" and is_sure(
        understanding, "human_agent"
    ):
        return do.HandOver(reason="asked")
    return None


def _of_task(
    understanding: Understanding, task: Task, text: str, *, sure: float = SURE
) -> list[str]:
    """The intents that are about the task under way."""
    return [
        intent.name
        for intent in understanding.intents
        if intent.confidence >= sure
        and is_of(task.skill, intent.name, understanding, text)
    ]


def _at_confirmation(
    understanding: Understanding, task: Task, others: list[do.Command], text: str
) -> list[do.Command]:
    """A plain yes or no decides; anything else is asked about again, or a correction."""
    named = understanding.slots.get("order_id")
    guessed = _of_task(understanding, task, text, sure=0)
    if not named and consent.agrees(understanding, text, *guessed):
        return [do.Affirm()]
    if not named and is_reason(text):
        return [*others, do.Fill()]
    no = is_sure(understanding, "deny") and not is_sure(understanding, "affirm")
    of_task = bool(_of_task(understanding, task, text))
    if no and of_task:
        return [*others, do.Correct()]
    if no:
        return [do.Deny(), *others]
    if named and of_task and ALSO.search(text):
        return [*others, do.Start(skill=task.skill, order=str(named), beside=True)]
    return others or [do.Fill()]


def _at_identity(
    understanding: Understanding, task: Task, others: list[do.Command], text: str
) -> list[do.Command]:
    """A number or a proof is an answer, whatever else its digits look like."""
    if understanding.slots.get("order_id") or is_proof(understanding, text):
        kept: list[do.Command] = [
            other
            for other in others
            if not isinstance(other, _NOISE) and not _is_guessed(other, text)
        ]
        return _beside_answer(understanding, task, kept, text)
    if LACKING.search(text):
        return [do.Lack()]
    return others or [do.Fill()]


def _is_guessed(other: do.Command, text: str) -> bool:
    """Whether a question beside a proof was not asked at all."""
    if not isinstance(other, do.Ask):
        return False
    return other.topic in _NEVER or (other.topic in _GUESSED and not is_question(text))


def is_proof(understanding: Understanding, text: str) -> bool:
    """Whether an e-mail address, a phone number or its last four digits are said."""
    slots = understanding.slots
    return bool(slots.get("email") or slots.get("phone") or FOUR_DIGITS.search(text))


def _beside_answer(
    understanding: Understanding, task: Task, others: list[do.Command], text: str
) -> list[do.Command]:
    """The answer, after the questions that came with it.

    The number in another wish is that wish's own, unless the task is meant as well.
    """
    starts = [other for other in others if isinstance(other, do.Start)]
    if starts and not _of_task(understanding, task, text):
        return others
    questions = [other for other in others if other not in starts]
    return [*questions, do.Fill()]


def _interruption(
    intent: Intent, task: Task, understanding: Understanding, text: str
) -> do.Command | None:
    """What an intent means while a task is under way; None: it belongs to it."""
    if intent.confidence < SURE or is_of(task.skill, intent.name, understanding, text):
        return None
    if intent.name in {"affirm", "deny", "cancel", "feedback", "order_problem"}:
        return None
    if intent.name == "out_of_scope" and not is_outside(intent, text):
        return None
    return command(intent, understanding, text)
