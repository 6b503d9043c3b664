"""Goals are drawn from the shop, and drawn again by their id."""

import pytest

from bots.simulation import goals, words
from bots.simulation.drawing.shop import Shop
from bots.simulation.goal import LANGUAGES


def test_every_skill_has_goals_in_both_languages(shop: Shop) -> None:
    drawn = goals.draw(shop, 2 * len(goals.SKILLS), seed=0)
    found = {(goal.skill, goal.language) for goal in drawn}
    assert found == {(skill, said) for skill in goals.SKILLS for said in LANGUAGES}


def test_an_id_draws_the_same_goal_again(shop: Shop) -> None:
    for goal in goals.draw(shop, 40, seed=3):
        assert goals.by_id(shop, goal.id, seed=3) == goal


def test_more_goals_begin_with_the_same(shop: Shop) -> None:
    assert goals.draw(shop, 90, seed=0)[:20] == goals.draw(shop, 20, seed=0)


@pytest.mark.parametrize("id_", ["", "nonsense", "price-fr-000", "price-en-x"])
def test_an_id_that_names_nothing(shop: Shop, id_: str) -> None:
    with pytest.raises(goals.UnknownGoalError):
        goals.by_id(shop, id_, seed=0)


@pytest.mark.django_db
def test_an_empty_shop_has_no_goals() -> None:
    assert goals.draw(Shop(), 5, seed=0, skill="cancel_order") == []


def test_both_languages_have_the_same_phrases() -> None:
    english, chinese = words.bank("en"), words.bank("zh")
    assert english.keys() == chinese.keys()
    for section in ("open", "answer", "facts", "kinds", "policy"):
        assert english[section].keys() == chinese[section].keys()


def test_wordings_are_none_that_the_understanding_was_trained_with() -> None:
    """What it knows by heart proves nothing; a plain yes or thanks has few wordings."""
    for language in LANGUAGES:
        phrases = words.bank(language)
        sections = (phrases["open"], phrases["facts"], phrases["policy"])
        said = [one for each in sections for of in each.values() for one in of]
        known = words.FOLDER.parents[1] / "dialogue/understand/phrases" / language
        trained = {
            line.strip().casefold()
            for file in known.glob("*.txt")
            for line in file.read_text("utf-8").splitlines()
        }
        assert not {one.casefold() for one in said} & trained
