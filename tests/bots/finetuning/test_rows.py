"""What is learnt and what is held out is chosen by intent, the same each time."""

from collections import Counter
from dataclasses import replace

import pytest

from bots.dialogue.understand.network_spans import Span
from bots.finetuning.rows import HELD, Labelled, gather, part
from tests.bots.finetuning.tiny import ROWS


def test_each_intent_gives_its_share() -> None:
    kept, held = part(ROWS, seed=1)
    of_all, of_held = (Counter(row.intent for row in rows) for rows in (ROWS, held))

    assert {*kept, *held} == set(ROWS)
    assert not {*kept} & {*held}
    assert of_held == {name: round(HELD * count) for name, count in of_all.items()}


def test_a_seed_gives_the_same_parts() -> None:
    assert part(ROWS, seed=1) == part(ROWS, seed=1)
    assert part(ROWS, seed=1) != part(ROWS, seed=2)


def test_what_staff_taught_is_learnt() -> None:
    taught = [replace(row, taught=True) for row in ROWS]

    assert part(taught, seed=1) == (taught, [])


def test_a_rare_intent_is_learnt() -> None:
    rare = [Labelled(text=text, intent="greet") for text in ("hi", "hey")]

    assert part(rare, seed=1) == (rare, [])


@pytest.mark.django_db
def test_a_correction_takes_the_place_of_a_phrase(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "bots.finetuning.rows.store.lines",
        lambda _: [("greet", "hello"), ("greet", "lamp")],
    )
    rows = gather([("product_search", "A [LAMP](product)"), ("thank", "Hello")])

    assert rows == [
        Labelled(text="lamp", intent="greet"),
        Labelled(
            text="a lamp",
            intent="product_search",
            spans=(Span(start=2, end=6, slot="product"),),
            taught=True,
        ),
        Labelled(text="hello", intent="thank", taught=True),
    ]
