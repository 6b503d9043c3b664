"""What a talk remembers is stored as JSON and read back."""

import json

from bots.dialogue.state import VERSION, Choice, Proof, State, Task, load

FULL = State(
    tasks=(
        Task(skill="order_status"),
        Task(
            skill="return_order", fields={"items": ["S1"]}, asked="confirm", token="T"
        ),
    ),
    choices=(Choice(label="Yes", value="yes:T"),),
    product="P1",
    order="SO1",
    misses=2,
    shown=(Choice(label="Kettle", value="product:P1"),),
    proof=Proof(email="a@b.example"),
    language="en",
    strayed=1,
)


def test_it_comes_back_as_it_was() -> None:
    assert load(json.loads(json.dumps(FULL.as_json()))) == FULL


def test_one_of_another_version_starts_afresh() -> None:
    assert load({**FULL.as_json(), "version": VERSION + 1}) == State()
    assert load({}) == State()


def test_the_task_on_top_is_the_one_under_way() -> None:
    assert FULL.task == FULL.tasks[-1]
    assert FULL.popped().task == FULL.tasks[0]
    assert State().task is None


def test_only_the_task_on_top_is_replaced() -> None:
    changed = FULL.with_task(Task(skill="cancel_order"))
    assert [task.skill for task in changed.tasks] == ["order_status", "cancel_order"]


def test_a_field_is_filled_and_taken_out_again() -> None:
    filled = Task(skill="cancel_order").filled(order="SO1", reason="x")
    assert filled.without("reason").fields == {"order": "SO1"}
    assert filled.without("nothing") == filled
