"""Skills are declared: fields, and what is told or, for a write, proposed and done."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from bots.dialogue.act.talk import Talk


class Field(ABC):
    """One thing a skill needs to know.

    A value is what JSON can hold. `required` fields are asked for; others are only
    taken along where they are said.
    """

    required = True

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @abstractmethod
    def take(self, talk: Talk, values: Mapping[str, Any]) -> Any:
        """Return the value that this turn's words hold, or None.

        May say why a value that was named cannot be taken.
        """

    def default(self, talk: Talk, values: Mapping[str, Any]) -> Any:
        """Return a value that goes without saying (the only order there is), or None."""
        return None

    def lacks(self, talk: Talk, values: Mapping[str, Any]) -> bool:
        """Whether it has to be asked for before the skill can go on."""
        return self.required and self.name not in values

    def ask(self, talk: Talk, values: Mapping[str, Any], *, again: bool) -> None:
        """Say the question; `again` where it has been asked in vain."""
        raise NotImplementedError


class Skill(ABC):
    name: ClassVar[str]
    # Its words are often meant in general ("when does a refund arrive?"): where that is
    # in doubt, the knowledge base speaks first.
    often_general: ClassVar[bool] = False
    fields: ClassVar[tuple[Field, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.fields = tuple(
            value for value in vars(cls).values() if isinstance(value, Field)
        )

    def after(self, field: Field) -> tuple[Field, ...]:
        """The fields whose values depend on this one's: those that are asked later."""
        place = self.fields.index(field)
        return tuple(later for later in self.fields[place + 1 :] if later.required)

    def other(self, talk: Talk, values: Mapping[str, Any]) -> str:
        """The skill that the same wish is for this order, where it is another, or ""."""
        return ""

    def check(self, talk: Talk, values: Mapping[str, Any]) -> bool:
        """Say why it cannot be done with this order and return False, or return True."""
        return True


class Tell(Skill):
    """Says something, and changes nothing."""

    @abstractmethod
    def act(self, talk: Talk, values: Mapping[str, Any]) -> None:
        """Say it."""
