"""Every skill is declared whole: words, questions, tests."""

from pathlib import Path

import pytest

from bots.dialogue import answer
from bots.dialogue.act.register import SKILLS
from bots.dialogue.act.skill import Skill
from bots.dialogue.act.write import STEPS, Write
from bots.dialogue.decide import wishes
from orders import options, tools
from tests import factories

REPLIES = Path(__file__).parents[4] / "bots" / "templates" / "bots" / "replies"
WORDING = {
    "order_status": "order_status",
    "refund_status": "refund",
    "cancel_order": "cancel",
    "change_address": "change_address",
    "change_payment": "change_payment",
    "change_items": "change_items",
    "change_delivery": "change_delivery",
    "return_order": "return",
    "exchange_order": "exchange",
    "repair_order": "repair",
    "report_problem": "problem",
    "withdraw_case": "withdraw",
}
WRITES = {name: skill for name, skill in SKILLS.items() if isinstance(skill, Write)}


def test_there_are_skills() -> None:
    assert SKILLS
    assert WRITES
    assert set(WORDING) == set(SKILLS)


def test_every_skill_is_started_by_an_intent() -> None:
    assert set(SKILLS) == wishes.SKILLS


@pytest.mark.parametrize("name", SKILLS)
def test_every_skill_has_its_words(name: str) -> None:
    words = {file.stem for file in (REPLIES / WORDING[name]).glob("*.txt")}
    needed = {"confirm", "done"} if name in WRITES else set()
    assert words
    assert needed <= words


@pytest.mark.parametrize("name", WRITES)
def test_every_write_is_a_tool_for_shoppers(name: str) -> None:
    tool = tools.TOOLS[WRITES[name].tool]
    assert tool.writes
    assert tool.audience == tools.Audience.CUSTOMER


@pytest.mark.parametrize("skill", WRITES.values(), ids=WRITES)
def test_every_fault_is_of_a_field_and_of_the_tool(skill: Write) -> None:
    names = {field.name for field in skill.fields}
    assert set(skill.faults.values()) <= names
    assert set(skill.faults) <= set(tools.TOOLS[skill.tool].errors)


@pytest.mark.django_db
def test_whatever_an_order_allows_has_a_skill_and_a_label() -> None:
    possible = options.options(factories.order(), factories.ago(days=0))
    assert possible
    assert set(STEPS) == set(possible)
    assert set(STEPS.values()) <= set(SKILLS) & set(answer.LABELS)


@pytest.mark.parametrize("name", SKILLS)
def test_every_skill_is_tested(name: str) -> None:
    assert (Path(__file__).parent / f"test_{name}.py").exists()


@pytest.mark.parametrize("skill", SKILLS.values(), ids=SKILLS)
def test_every_skill_asks_for_the_order_first(skill: Skill) -> None:
    assert skill.fields[0].name == "order"
    assert skill.fields[0].required
