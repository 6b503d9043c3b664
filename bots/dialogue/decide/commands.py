"""What a turn can ask the engine to do."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Start:
    """Begin a skill; what is said already is taken along."""

    skill: str
    order: str = ""
    # One more of the same kind: the one under way stays below it.
    beside: bool = False


@dataclass(frozen=True, kw_only=True)
class Fill:
    """Go on with the task under way: the words answer its question."""


@dataclass(frozen=True, kw_only=True)
class Affirm:
    """Yes to the confirmation that was asked; `token` where a button said which."""

    token: str = ""


@dataclass(frozen=True, kw_only=True)
class Deny:
    token: str = ""


@dataclass(frozen=True, kw_only=True)
class Correct:
    """No to what was proposed, perhaps for something else of the same kind."""


@dataclass(frozen=True, kw_only=True)
class Lack:
    """The shopper has not got what the identity check asks for."""


@dataclass(frozen=True, kw_only=True)
class Beyond:
    """A place was named that the list does not have; it has `count`."""

    count: int


@dataclass(frozen=True, kw_only=True)
class Speak:
    """A wish for a language: from here on it is the talk's."""


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """Leave the task under way."""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """The shopper needs a moment."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A question for the knowledge base; `topic` is the intent it came from."""

    topic: str


@dataclass(frozen=True, kw_only=True)
class Browse:
    """Look for products."""


@dataclass(frozen=True, kw_only=True)
class AskProduct:
    """A fact of a product; `ref` where it was chosen from a list."""

    ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Cheaper:
    """Something cheaper than what was shown, or the cheapest of it."""


@dataclass(frozen=True, kw_only=True)
class Promotions:
    wanted: bool


@dataclass(frozen=True, kw_only=True)
class Chat:
    """Something that needs no shop fact; `topic` names the wording."""

    topic: str


@dataclass(frozen=True, kw_only=True)
class HandOver:
    reason: str


@dataclass(frozen=True, kw_only=True)
class OfferPerson:
    """Offer a person with the words that fit the topic."""

    topic: str


@dataclass(frozen=True, kw_only=True)
class Unclear:
    """Nothing was understood."""


Command = (
    Start
    | Fill
    | Affirm
    | Deny
    | Correct
    | Lack
    | Beyond
    | Speak
    | Cancel
    | Wait
    | Ask
    | Browse
    | AskProduct
    | Cheaper
    | Promotions
    | Chat
    | HandOver
    | OfferPerson
    | Unclear
)
