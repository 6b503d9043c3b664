"""What a turn can ask the engine to do."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Start:
    """Begin a skill; what is said already is taken along."""

    skill: str
    order: str = ""


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
    | Cancel
    | Wait
    | Ask
    | Browse
    | AskProduct
    | Promotions
    | Chat
    | HandOver
    | OfferPerson
    | Unclear
)
