"""How a shopper writes: how often this or that happens, out of 1."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Temper:
    # Says the number and more in the opening.
    upfront: float
    # Asks something else in between.
    strays: float
    mistypes: float
    # Sends a sentence in two messages.
    bursts: float
    # Presses a button where there is one, rather than to type.
    presses: float
    # Says the place of a choice, rather than what it is.
    counts: float
    # Says a wrong order number first.
    errs: float
    # Says "one moment" before a yes.
    hesitates: float
    # Section of the phrases that is said beside a wish, and how often.
    beside: str = ""
    chats: float = 0.0


TEMPERS = {
    "calm": Temper(
        upfront=0.6,
        strays=0.15,
        mistypes=0.05,
        bursts=0.1,
        presses=0.5,
        counts=0.15,
        errs=0.15,
        hesitates=0.1,
        beside="hello",
        chats=0.4,
    ),
    "terse": Temper(
        upfront=0.3,
        strays=0.05,
        mistypes=0.15,
        bursts=0.15,
        presses=0.4,
        counts=0.35,
        errs=0.15,
        hesitates=0.0,
    ),
    "chatty": Temper(
        upfront=0.7,
        strays=0.35,
        mistypes=0.05,
        bursts=0.3,
        presses=0.3,
        counts=0.05,
        errs=0.15,
        hesitates=0.2,
        beside="chatter",
        chats=0.5,
    ),
    "angry": Temper(
        upfront=0.6,
        strays=0.1,
        mistypes=0.1,
        bursts=0.3,
        presses=0.4,
        counts=0.15,
        errs=0.15,
        hesitates=0.05,
        beside="grumble",
        chats=0.6,
    ),
}
