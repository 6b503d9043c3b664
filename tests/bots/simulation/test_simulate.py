"""Talks with the real engine and the local understanding, from the command."""

import io

import pytest
from django.core.management import CommandError, call_command

from bots.models import Conversation
from bots.simulation import goals, snapshot, table, trial
from bots.simulation.checker import Finding
from bots.simulation.drawing.shop import Shop
from bots.simulation.trial import Trial

# Every third talk of them or more succeeds, whatever the understanding has learnt.
WRITES = (
    "cancel_order",
    "change_address",
    "change_items",
    "change_payment",
    "change_delivery",
    "return_order",
    "exchange_order",
    "repair_order",
    "report_problem",
    "withdraw_case",
)


def test_shoppers_get_what_they_want_and_nothing_stays(shop: Shop) -> None:
    before = snapshot.take()
    drawn = goals.draw(shop, 2 * len(goals.SKILLS), seed=0)
    trials = [trial.run(goal, 0, seed=0) for goal in drawn]
    found = table.score(trials)
    assert found.violations == 0
    assert found.once >= 0.9, list(table.failures(trials))
    assert snapshot.take() == before
    assert not Conversation.objects.exists()


def test_every_write_comes_about(shop: Shop) -> None:
    for skill in WRITES:
        drawn = goals.draw(shop, 4, seed=0, skill=skill)
        trials = [trial.run(goal, 0, seed=0) for goal in drawn]
        assert any(one.passed for one in trials), list(table.failures(trials))


def test_the_same_seed_gives_the_same_talk(shop: Shop) -> None:
    [goal] = goals.draw(shop, 1, seed=1, skill="return_late")
    first, again = trial.run(goal, 2, seed=1), trial.run(goal, 2, seed=1)
    assert first.talk == again.talk
    assert first.id == f"{goal.id}.2"


def test_the_command_prints_a_table_and_replays(shop: Shop) -> None:
    printed = run("--goals", "2", "--passes", "1", "--skill", "human_agent")
    assert "human_agent" in printed
    assert "100.0%" in printed
    talk = run("--replay", "human_agent-en-000.0")
    assert talk.startswith("== human_agent-en-000.0: passed")
    assert "colleague" in talk


def test_what_cannot_be_replayed_is_said(shop: Shop) -> None:
    with pytest.raises(CommandError, match="No such goal"):
        run("--replay", "nonsense")


@pytest.mark.django_db
def test_an_empty_database_is_told_what_to_do() -> None:
    with pytest.raises(CommandError, match=r"manage\.py demo"):
        run()


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("simulate", *arguments, stdout=out)
    return out.getvalue()


def made(goal: str, number: int, *, passed: bool, violations: int = 0) -> Trial:
    lacks = () if passed else ("something",)
    return Trial(
        id=f"{goal}.{number}",
        skill="price",
        goal=goal,
        turns=2,
        finding=Finding(lacks=lacks, violations=("bad",) * violations),
        talk=(("shopper", "hi"), ("bot", "hello")),
    )


def test_a_goal_counts_as_always_only_where_all_its_tries_do() -> None:
    trials = [
        made("price-en-000", 0, passed=True),
        made("price-en-000", 1, passed=True),
        made("price-en-001", 0, passed=True),
        made("price-en-001", 1, passed=False, violations=1),
    ]
    found = table.score(trials)
    assert (found.goals, found.once, found.always) == (2, 0.75, 0.5)
    assert found.violations == 1
    assert list(table.failures(trials)) == ["price-en-001.1: bad; something"]
