"""`replay TURN`: the same turn with the code of today, and nothing left of it."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from bots import lease, turns
from bots.dialogue import engine
from bots.dialogue.act import handling
from bots.dialogue.turn import Understanding, Utterance
from bots.messages import Sender
from bots.models import Conversation, Delivery, Message, Ticket, TurnTrace
from kb.models import Gap
from orders.models import AuditEntry, Confirmation, Order
from tests import factories
from tests.bots.admin import rows
from tests.bots.dialogue.talks import meaning

pytestmark = pytest.mark.django_db


@pytest.fixture
def meanings(monkeypatch: pytest.MonkeyPatch) -> dict[str, Understanding]:
    """What each text means; a greeting where nothing is said of it."""
    known: dict[str, Understanding] = {}

    def understand(said: Utterance) -> Understanding:
        return known.get(said.text, meaning("greet"))

    monkeypatch.setattr(engine, "understand_utterance", understand)
    return known


@pytest.fixture
def talk(meanings: dict[str, Understanding]) -> Conversation:
    return factories.conversation(customer=factories.customer())


@pytest.fixture
def order(talk: Conversation, meanings: dict[str, Understanding]) -> Order:
    made = factories.order(talk.customer)
    meanings["cancel it"] = meaning("order_cancel", order_id=made.number)
    meanings["yes"] = meaning("affirm")
    return made


def take(talk: Conversation, *texts: str) -> TurnTrace:
    for text in texts:
        talk.refresh_from_db()
        rows.said(talk, Sender.SHOPPER, text)
        held = lease.acquire(talk.pk, timezone.now())
        assert held is not None
        turns.answer(talk.pk, held.fence)
        lease.release(held, done=True)
    return TurnTrace.objects.latest("pk")


def run(turn: TurnTrace, *options: str) -> tuple[int, str]:
    """The exit code, and what is printed."""
    out = io.StringIO()
    try:
        call_command("replay", str(turn.pk), *options, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_what_was_urgent_is_the_same_while_it_is_urgent(
    talk: Conversation, meanings: dict[str, Understanding]
) -> None:
    meanings["hurry"] = replace(meaning("greet"), urgent=True)
    turn = take(talk, "hurry")
    assert turn.understanding["flags"] == ["urgent"]
    assert run(turn)[0] == 0
    meanings["hurry"] = meaning("greet")
    assert run(turn)[0] == 1


def test_the_same_is_the_same(talk: Conversation) -> None:
    code, told = run(take(talk, "hello"))
    assert code == 0
    assert "> hello" in told
    assert "different" not in told


def test_a_confirmation_has_another_token_and_is_the_same(
    talk: Conversation, order: Order
) -> None:
    code, told = run(take(talk, "cancel it"))
    assert (code, "different" in told) == (0, False)


def test_another_understanding_is_told(
    talk: Conversation, meanings: dict[str, Understanding]
) -> None:
    turn = take(talk, "hello")
    meanings["hello"] = meaning("thank")
    code, told = run(turn)
    assert code == 1
    for line in (
        "understanding: different",
        "- greet",
        "+ thank",
        "replies: different",
    ):
        assert line in told


def test_other_code_is_told(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = take(talk, "hello")
    monkeypatch.setattr(handling, "handle", lambda talk, _: talk.say("talk/wait"))
    code, told = run(turn)
    assert code == 1
    assert "- talk/greet" in told
    assert "+ talk/wait" in told
    assert "commands: same" in told


def test_nothing_is_left_of_it(
    talk: Conversation, order: Order, meanings: dict[str, Understanding]
) -> None:
    meanings["moon?"] = meaning("policy_question")
    meanings["person"] = meaning("human_agent")
    taken = [take(talk, text) for text in ("cancel it", "moon?", "person")]
    tables = (Confirmation, Gap, Message, Delivery, Ticket, TurnTrace, AuditEntry)

    def state() -> list[Any]:
        talk.refresh_from_db()
        return [talk.state, *(list(model.objects.values()) for model in tables)]

    before = state()
    for turn in taken:
        run(turn)
    assert state() == before


def test_a_confirmed_write_is_rehearsed_with_its_confirmation_unused(
    talk: Conversation, meanings: dict[str, Understanding]
) -> None:
    unpaid = factories.order(talk.customer, paid=False)
    meanings["cancel it"] = meaning("order_cancel", order_id=unpaid.number)
    meanings["yes"] = meaning("affirm")
    turn = take(talk, "cancel it", "yes")
    # As though nobody had cancelled it.
    Order.objects.filter(pk=unpaid.pk).update(status=Order.Status.PENDING)
    assert run(turn)[0] == 0
    unpaid.refresh_from_db()
    assert unpaid.status == Order.Status.PENDING
    assert Confirmation.objects.get().used_at is not None


def test_what_was_changed_since_is_said(talk: Conversation, order: Order) -> None:
    code, told = run(take(talk, "cancel it", "yes"))
    assert code == 1
    assert "was changed in this turn or later" in told


def test_time_is_that_of_the_turn(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = take(talk, "hello")
    long_ago = timezone.now() - timedelta(days=400)
    Message.objects.update(created_at=long_ago)
    seen: list[Any] = []
    monkeypatch.setattr(handling, "handle", lambda *_: seen.append(timezone.now()))
    run(turn)
    assert seen == [long_ago]


def test_no_language_model_is_asked_unless_wished(
    talk: Conversation, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = take(talk, "hello")
    settings.LLM_BACKEND = "openai"
    asked: list[str] = []

    def consider(
        said: Utterance, local: Understanding, *, stuck: bool
    ) -> Understanding:
        asked.append(said.text)
        return replace(local, review={"model": "agreed"})

    monkeypatch.setattr("bots.dialogue.engine.cascade.consider", consider)
    run(turn)
    assert asked == []
    run(turn, "--model")
    assert asked == ["hello"]


def test_without_a_language_model_none_can_be_wished(talk: Conversation) -> None:
    with pytest.raises(CommandError, match="configured"):
        call_command("replay", str(take(talk, "hello").pk), "--model")


@pytest.mark.parametrize("lacks", ["turn", "record", "messages"])
def test_what_cannot_be_run_ends_with_a_code_of_its_own(
    lacks: str, talk: Conversation
) -> None:
    turn = take(talk, "hello")
    if lacks == "record":
        TurnTrace.objects.update(record={})
    if lacks == "messages":
        Message.objects.all().delete()
    number = 0 if lacks == "turn" else turn.pk
    with pytest.raises(CommandError) as raised:
        call_command("replay", str(number), stdout=io.StringIO())
    assert raised.value.returncode == 2
