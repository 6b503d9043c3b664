"""A back end behind budgets, breaker and mask: scripted, so that only those are tested."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import pytest

from bots.llm import ledger
from bots.llm.base import (
    Answer,
    BadAnswer,
    ChatMessage,
    ModelError,
    Refused,
    Request,
    TooLate,
    Unavailable,
)
from bots.llm.breaker import Breaker
from bots.llm.model import Limits, Model

SCHEMA = {
    "type": "object",
    "properties": {"intent": {"type": "string"}},
    "required": ["intent"],
}
GOOD = '{"intent": "greet"}'

Step = str | ModelError | Callable[[Request], Answer]


@dataclass
class Scripted:
    """Says one thing after the other and remembers what it was asked."""

    steps: list[Step]
    name: str = "scripted"
    asked: list[Request] = field(default_factory=list)

    def answer(self, request: Request) -> Answer:
        self.asked.append(request)
        step = self.steps.pop(0)
        if isinstance(step, ModelError):
            raise step
        if callable(step):
            return step(request)
        return Answer(text=step, prompt_tokens=10, completion_tokens=5)


def question(text: str = "hello") -> list[ChatMessage]:
    return [ChatMessage(role="user", content=text)]


def soon(seconds: float = 5.0) -> float:
    return time.monotonic() + seconds


def fails(model: Model, error: type[ModelError]) -> None:
    with pytest.raises(error):
        model.chat(question(), deadline=soon())


# --- data -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", [GOOD, f"```json\n{GOOD}\n```", f"Sure! {GOOD} I hope this helps."]
)
def test_data_is_cut_out_of_what_stands_around_it(said: str) -> None:
    backend = Scripted([said])

    answer = Model(backend=backend).chat(question(), schema=SCHEMA, deadline=soon())

    assert answer.data == {"intent": "greet"}
    assert len(backend.asked) == 1


@pytest.mark.parametrize("said", ["", "greet", "{", '{"intent": 3}', "{}", "[" * 9000])
def test_malformed_data_is_asked_for_once_more(said: str) -> None:
    backend = Scripted([said, GOOD])

    answer = Model(backend=backend).chat(question(), schema=SCHEMA, deadline=soon())

    assert answer.data == {"intent": "greet"}
    assert [message.role for message in backend.asked[1].messages] == [
        "user",
        "assistant",
        "user",
    ]


def test_twice_malformed_is_dropped() -> None:
    model = Model(backend=Scripted(["{", "{"]))

    with pytest.raises(BadAnswer):
        model.chat(question(), schema=SCHEMA, deadline=soon())


# --- budgets --------------------------------------------------------------------------


def test_every_call_is_counted_with_its_outcome() -> None:
    model = Model(backend=Scripted(["Yes.", TooLate("late")]))

    with ledger.opened() as book:
        model.chat(question(), deadline=soon(), purpose="render")
        fails(model, TooLate)

    assert [(call.purpose, call.outcome) for call in book.calls] == [
        ("render", "answered"),
        ("", "late"),
    ]
    assert (book.calls[0].prompt_tokens, book.calls[0].completion_tokens) == (10, 5)


def test_spent_tokens_end_the_calls() -> None:
    backend = Scripted(["Yes."] * 3)
    model = Model(backend=backend)

    with ledger.opened(tokens=20):
        model.chat(question(), deadline=soon())
        model.chat(question(), deadline=soon())
        fails(model, Refused)

    assert [request.max_tokens for request in backend.asked] == [20, 5]


def test_spent_time_ends_the_calls() -> None:
    backend = Scripted([])

    with ledger.opened(seconds=0.0):
        fails(Model(backend=backend), Refused)

    assert backend.asked == []


def test_the_time_that_is_left_is_the_deadline() -> None:
    backend = Scripted(["Yes."])

    with ledger.opened(seconds=1.0):
        Model(backend=backend).chat(question(), deadline=soon(60))

    assert backend.asked[0].deadline <= soon(1)


def test_one_call_has_its_own_limits() -> None:
    backend = Scripted(["Yes."])
    model = Model(backend=backend, limits=Limits(seconds=2, max_tokens=7))

    model.chat(question(), deadline=soon(60))

    assert backend.asked[0].max_tokens == 7
    assert backend.asked[0].deadline <= soon(2)


def test_who_comes_when_all_seats_are_taken_is_refused_at_once() -> None:
    inside, leave = threading.Event(), threading.Event()

    def wait(request: Request) -> Answer:
        inside.set()
        leave.wait(5)
        return Answer(text="Yes.")

    model = Model(backend=Scripted([wait]), limits=Limits(in_flight=1))
    busy = threading.Thread(
        target=model.chat, args=(question(),), kwargs={"deadline": soon()}
    )
    busy.start()
    inside.wait(5)
    began = time.monotonic()

    fails(model, Refused)

    assert time.monotonic() - began < 1
    leave.set()
    busy.join()


# --- the breaker ----------------------------------------------------------------------


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def guarded(backend: Scripted, clock: Clock) -> Model:
    return Model(backend=backend, breaker=Breaker(failures=2, rest=30, clock=clock))


def test_a_model_that_keeps_failing_is_left_alone(clock: Clock) -> None:
    backend = Scripted([Unavailable("down"), TooLate("late"), "Yes."])
    model = guarded(backend, clock)

    for error in (Unavailable, TooLate, Unavailable):
        fails(model, error)

    assert len(backend.asked) == 2


def test_after_a_rest_one_call_tries_and_opens_the_way(clock: Clock) -> None:
    backend = Scripted([Unavailable("down"), Unavailable("down"), "Yes.", "Yes."])
    model = guarded(backend, clock)
    fails(model, Unavailable)
    fails(model, Unavailable)
    clock.now = 31

    said = [model.chat(question(), deadline=soon()).text for _ in range(2)]

    assert said == ["Yes.", "Yes."]


def test_while_one_tries_the_others_are_kept_out(clock: Clock) -> None:
    breaker = Breaker(failures=1, rest=30, clock=clock)
    breaker.failed()
    clock.now = 31
    breaker.enter()

    with pytest.raises(Unavailable):
        breaker.enter()


def test_a_bad_answer_is_no_failure_of_the_model(clock: Clock) -> None:
    backend = Scripted([BadAnswer("no")] * 5)
    model = guarded(backend, clock)

    for _ in range(5):
        fails(model, BadAnswer)

    assert len(backend.asked) == 5


# --- pieces ---------------------------------------------------------------------------


def in_pieces(*pieces: str) -> Callable[[Request], Answer]:
    def write(request: Request) -> Answer:
        for piece in pieces:
            assert request.tell
            request.tell(piece)
        return Answer(text="".join(pieces))

    return write


def test_a_stream_tells_pieces_and_keeps_the_whole() -> None:
    model = Model(backend=Scripted([in_pieces("Ye", "s.")]))

    stream = model.chat(question(), deadline=soon(), stream=True)

    assert list(stream) == ["Ye", "s."]
    assert stream.answer.text == "Yes."


def test_a_stream_ends_with_its_error() -> None:
    model = Model(backend=Scripted([Unavailable("down")]))

    with pytest.raises(Unavailable):
        list(model.chat(question(), deadline=soon(), stream=True))


def test_a_stream_that_dawdles_is_not_waited_for() -> None:
    def dawdle(request: Request) -> Answer:
        time.sleep(1)
        return Answer(text="Yes.")

    model = Model(backend=Scripted([dawdle]))

    with pytest.raises(TooLate):
        list(model.chat(question(), deadline=soon(0.05), stream=True))


# --- the mask -------------------------------------------------------------------------

PRIVATE = (
    "I am Ann Smith, ann@example.com, +44 20 7946 0018, order SO100183, "
    "221 Baker Street, 上海市浦东新区世纪大道100号。"
)
SECRETS = ("Ann Smith", "ann@", "7946", "SO100183", "Baker", "世纪大道100号")


@pytest.fixture
def named() -> Iterator[None]:
    with ledger.opened(names=("Ann Smith",)):
        yield


@pytest.mark.usefixtures("named")
def test_personal_data_does_not_leave() -> None:
    backend = Scripted(["Yes."])

    Model(backend=backend, masks=True).chat(question(PRIVATE), deadline=soon())

    sent = backend.asked[0].messages[0].content
    assert [secret for secret in SECRETS if secret in sent] == []


def echo(request: Request) -> Answer:
    return Answer(text=request.messages[0].content)


@pytest.mark.usefixtures("named")
def test_the_answer_has_the_data_again() -> None:
    model = Model(backend=Scripted([echo]), masks=True)

    assert model.chat(question(PRIVATE), deadline=soon()).text == PRIVATE


def test_a_piece_of_a_placeholder_is_held_back() -> None:
    def write(request: Request) -> Answer:
        answer = in_pieces("To [EM", "AIL_1] at", " once.")(request)
        return replace(answer, text="")

    model = Model(backend=Scripted([write]), masks=True)

    told = list(model.chat(question("ann@example.com"), deadline=soon(), stream=True))

    assert told == ["To ", "ann@example.com at", " once."]


@pytest.mark.parametrize(
    "text", ["It costs ¥1,299.00 in 2026.", "满199减20，7天无理由", "size 42, 3 pieces"]
)
def test_what_names_nobody_is_sent_as_it_is(text: str) -> None:
    backend = Scripted(["Yes."])

    Model(backend=backend, masks=True).chat(question(text), deadline=soon())

    assert backend.asked[0].messages[0].content == text


def test_without_a_mask_all_is_sent() -> None:
    backend = Scripted(["Yes."])

    Model(backend=backend).chat(question(PRIVATE), deadline=soon())

    assert backend.asked[0].messages[0].content == PRIVATE
