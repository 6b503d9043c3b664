"""Answers from the knowledge base, and the honest "I do not know"."""

import re

from bots.dialogue.act import products, small_talk
from bots.dialogue.act.talk import Talk
from bots.dialogue.decide.asking import is_question, is_request
from bots.messages import Reply
from kb import gaps
from kb.search import Result, search_each

# What only a person can do: offered where no answer is found.
FOR_PEOPLE = {
    "order_change": "person/offer",
    "invoice_request": "person/offer",
    "privacy_request": "person/offer",
    "account_help": "person/offer",
    "payment_problem": "person/problem",
}

# A ticket's reason, where the offer tells more than that a person was asked for.
WHY = {"person/problem": "problem"}
# What comes before the question: "wait, one question:".
_LEAD = re.compile(
    r"^(?:(?:wait|hold on|hang on|hmm+|by the way|btw|first|before that|(?:just )?"
    r"(?:a |one |another )?(?:quick )?question|等一下|等等|等下|稍等|先|对了|那|请?问一?下"
    r"|我?想?先?问一?下|我想问|请问|另外)[\s,，:：.…。！!、]*)+",
    re.IGNORECASE,
)


def ask(talk: Talk, topic: str) -> None:
    """Answer from the knowledge base; else say that it is not known, and offer a person.

    A request that needs a person is answered as far as an entry goes, and the person
    is offered beside it.
    """
    found = _search(talk)
    answered = _answer(talk, found)
    wording = FOR_PEOPLE.get(topic)
    if wording and not (answered and _is_told(talk.given.text, topic)):
        talk.say(wording, buttons=(talk.person(WHY.get(wording, "")),))
        return
    if answered:
        return
    if products.try_answer(talk):
        return
    if topic == "out_of_scope":
        small_talk.outside(talk)
        return
    _do_not_know(talk, found[0])


def _is_told(text: str, topic: str) -> bool:
    """Whether an answer is all that was asked for, and nobody has to do anything."""
    if is_request(text):
        return False
    return is_question(text) or topic == "account_help"


def try_answer(talk: Talk) -> bool:
    """Answer if the knowledge base surely can; whether it did."""
    return _answer(talk, _search(talk))


def _search(talk: Talk) -> list[Result]:
    """A result for each question of the message."""
    text = talk.given.text.strip()
    found = talk.call(search_each, text, language=talk.language, at=talk.given.at)
    plain = _LEAD.sub("", text)
    if plain in {"", text} or any(result.answerable for result in found):
        return found
    return talk.call(search_each, plain, language=talk.language, at=talk.given.at)


def _answer(talk: Talk, found: list[Result]) -> bool:
    """Answer the questions that can be; whether there was one."""
    answerable = [result for result in found if result.answerable]
    for result in answerable:
        hit = result.hits[0]
        rendering = {
            "question": (result.query or talk.given.text)[:1000],
            "facts": hit.answer,
            "language": talk.language,
        }
        talk.replies.append(
            Reply(text=hit.answer, rendering=rendering, source=f"faq/{hit.ref}")
        )
    if answerable:
        talk.note(misses=0)
    return bool(answerable)


def _do_not_know(talk: Talk, found: Result) -> None:
    talk.call(
        gaps.record_gap,
        talk.given.text,
        language=talk.language,
        at=talk.given.at,
        nearest=found.hits[0].ref if found.hits else None,
        confidence=found.confidence,
    )
    talk.say("knowledge/unknown", buttons=(talk.person("unknown_answer"),))
