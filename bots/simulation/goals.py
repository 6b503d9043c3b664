"""Goals by skill; the same seed and id draw the same goal from the same shop."""

import itertools
import random
from collections.abc import Callable, Iterator, Mapping

from bots.simulation.drawing import after_sales, before_packing, questions, refused
from bots.simulation.drawing.shop import Draft, Shop
from bots.simulation.goal import LANGUAGES, Goal
from bots.simulation.temper import TEMPERS

Draw = Callable[[Shop, random.Random, str], Draft | None]

SKILLS: Mapping[str, Draw] = {
    draw.__name__: draw
    for draw in (
        questions.order_status,
        questions.list_orders,
        before_packing.cancel_order,
        before_packing.change_address,
        before_packing.change_items,
        before_packing.change_payment,
        before_packing.change_delivery,
        after_sales.return_order,
        after_sales.exchange_order,
        after_sales.repair_order,
        after_sales.report_problem,
        after_sales.withdraw_case,
        after_sales.declined,
        questions.refund_status,
        questions.product_search,
        questions.product_facts,
        questions.price,
        questions.stock,
        questions.policy_question,
        questions.promotion_subscribe,
        questions.promotion_unsubscribe,
        questions.invoice,
        questions.human_agent,
        questions.complaint,
        refused.return_late,
        refused.exchange_late,
        refused.cancel_late,
        refused.change_late,
        refused.not_theirs,
        refused.wrong_proof,
    )
}


class UnknownGoalError(ValueError):
    """The id names no goal that this shop has."""


def draw(
    shop: Shop, count: int, *, seed: int, skill: str = "", language: str = ""
) -> list[Goal]:
    """So many goals, the skills and languages in turn; fewer where the shop has none."""
    return list(itertools.islice(_endless(shop, seed, skill, language), count))


def by_id(shop: Shop, id_: str, *, seed: int) -> Goal:
    """The goal of an id; raises `UnknownGoalError`."""
    skill, language, number = [*id_.split("-"), "", ""][:3]
    if skill not in SKILLS or language not in LANGUAGES or not number.isdecimal():
        raise UnknownGoalError(id_)
    found = _goal(shop, skill, language, int(number), seed)
    if found is None:
        raise UnknownGoalError(id_)
    return found


def _endless(shop: Shop, seed: int, skill: str, language: str) -> Iterator[Goal]:
    skills = [skill] if skill else list(SKILLS)
    languages = [language] if language else list(LANGUAGES)
    for number in itertools.count():
        found = [
            _goal(shop, one, spoken, number, seed)
            for spoken in languages
            for one in skills
        ]
        if not any(found):
            return
        yield from filter(None, found)


def _goal(shop: Shop, skill: str, language: str, number: int, seed: int) -> Goal | None:
    id_ = f"{skill}-{language}-{number:03}"
    rng = random.Random(f"{seed}:{id_}")
    draft = SKILLS[skill](shop, rng, language)
    if draft is None:
        return None
    return Goal(
        id=id_,
        skill=skill,
        opening=draft.opening,
        language=language,
        temper=rng.choice(sorted(TEMPERS)),
        customer=draft.customer.ref,
        known=draft.known,
        facts=draft.facts,
        end=draft.end,
        not_these=draft.not_these,
        declines=skill == "declined",
        wants_person=draft.wants_person,
        wrong_order=draft.wrong_order,
        hears=draft.hears,
        again=draft.again,
        asides=tuple(questions.asides(shop, language)),
    )
