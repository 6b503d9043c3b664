"""Answers from the knowledge base, and the honest "I do not know"."""

from bots.dialogue.act import products, small_talk
from bots.dialogue.act.talk import Talk
from bots.messages import Reply
from kb import gaps
from kb.search import Result, search_each

# What only a person (or, later, a skill) can do: offered where no answer is found.
FOR_PEOPLE = {
    "order_change": "person/offer",
    "exchange_request": "person/offer",
    "repair_request": "person/offer",
    "invoice_request": "person/offer",
    "privacy_request": "person/offer",
    "account_help": "person/offer",
    "payment_problem": "person/problem",
    "order_problem": "person/problem",
}

# A ticket's reason, where the offer tells more than that a person was asked for.
WHY = {"person/problem": "problem"}


def ask(talk: Talk, topic: str) -> None:
    """Answer from the knowledge base; else say that it is not known, and offer a person.

    A request that needs a person is answered as far as an entry goes, and the person
    is offered beside it.
    """
    found = _search(talk)
    answered = _answer(talk, found)
    wording = FOR_PEOPLE.get(topic)
    if wording:
        talk.say(wording, buttons=(talk.person(WHY.get(wording, "")),))
        return
    if answered:
        return
    if topic == "out_of_scope":
        if not products.try_answer(talk):
            small_talk.outside(talk)
        return
    _do_not_know(talk, found[0])


def try_answer(talk: Talk) -> bool:
    """Answer if the knowledge base surely can; whether it did."""
    return _answer(talk, _search(talk))


def _search(talk: Talk) -> list[Result]:
    """A result for each question of the message."""
    return search_each(talk.given.text, language=talk.language, at=talk.given.at)


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
        talk.replies.append(Reply(text=hit.answer, rendering=rendering))
    if answerable:
        talk.note(misses=0)
    return bool(answerable)


def _do_not_know(talk: Talk, found: Result) -> None:
    gaps.record_gap(
        talk.given.text,
        language=talk.language,
        at=talk.given.at,
        nearest=found.hits[0].ref if found.hits else None,
        confidence=found.confidence,
    )
    talk.say("knowledge/unknown", buttons=(talk.person("unknown_answer"),))
