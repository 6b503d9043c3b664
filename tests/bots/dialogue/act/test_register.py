"""Every skill is declared whole: words, questions, tests."""

from pathlib import Path

import pytest

from bots.dialogue.act.register import SKILLS
from bots.dialogue.act.skill import Skill
from bots.dialogue.decide.wishes import STARTS

REPLIES = Path(__file__).parents[4] / "bots" / "templates" / "bots" / "replies"
WORDING = {
    "order_status": "order_status",
    "cancel_order": "cancel",
    "return_order": "return",
    "refund_status": "refund",
}


def test_there_are_skills() -> None:
    assert SKILLS
    assert set(WORDING) == set(SKILLS)


def test_every_skill_is_started_by_an_intent() -> None:
    assert set(STARTS.values()) == set(SKILLS)


@pytest.mark.parametrize("name", SKILLS)
def test_every_skill_has_its_words(name: str) -> None:
    words = {file.stem for file in (REPLIES / WORDING[name]).glob("*.txt")}
    needed = {"confirm", "done", "kept"} if SKILLS[name].writes else set()
    assert words
    assert needed <= words


@pytest.mark.parametrize("name", SKILLS)
def test_every_skill_is_tested(name: str) -> None:
    assert (Path(__file__).parent / f"test_{name}.py").exists()


@pytest.mark.parametrize("skill", SKILLS.values(), ids=SKILLS)
def test_every_skill_asks_for_the_order_first(skill: Skill) -> None:
    assert skill.fields[0].name == "order"
    assert skill.fields[0].required
