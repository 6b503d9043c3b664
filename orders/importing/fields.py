"""One JSON object of a line, taken apart key by key into typed values."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from orders.importing import values
from orders.importing.errors import LineError
from orders.text import Localized, pick

Value = TypeVar("Value")
REF = 64


@cache
def string(limit: int) -> Callable[[object], str]:
    return partial(values.string, limit=limit)


class Fields:
    """Each key is taken once; null counts as absent."""

    __slots__ = ("_inner", "_left", "_path", "said")

    def __init__(self, value: object, path: str = "") -> None:
        if not isinstance(value, dict):
            raise LineError(_("must be an object"), field=path or _("the line"))
        self._left: dict[str, Any] = value
        self._path = path
        self._inner: list[Fields] = []
        # What `wording` and `wordings` have met by language.
        self.said: dict[str, Localized] = {}

    def unread(self) -> Iterator[str]:
        """Yield the keys that nobody has taken, inner objects' included."""
        for key in self._left:
            yield self.at(key)
        for inner in self._inner:
            yield from inner.unread()

    def at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def optional(self, key: str, read: Callable[[object], Value]) -> Value | None:
        value = self._left.pop(key, None)
        if value is None:
            return None
        try:
            return read(value)
        except LineError as error:
            raise LineError(str(error), field=self.at(key)) from error

    def required(self, key: str, read: Callable[[object], Value]) -> Value:
        value = self.optional(key, read)
        if value is None:
            raise LineError(_("is missing"), field=self.at(key))
        return value

    def text(self, key: str, limit: int) -> str:
        return self.optional(key, string(limit)) or ""

    def ref(self, key: str, limit: int = REF) -> str:
        value = self.text(key, limit)
        if not value.strip():
            raise LineError(_("is missing"), field=self.at(key))
        return value

    def choice(self, key: str, kinds: type[values.Choice]) -> values.Choice:
        return self.required(key, partial(values.choice, kinds=kinds))

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.optional(key, values.flag)
        return default if value is None else value

    def whole(self, key: str, *, least: int, default: int) -> int:
        value = self.optional(key, partial(values.whole, least=least))
        return default if value is None else value

    def amount(self, key: str) -> Decimal:
        return self.required(key, values.amount)

    def moment(self, key: str) -> datetime:
        return self.required(key, values.moment)

    def day(self, key: str) -> date | None:
        return self.optional(key, values.day)

    def localized(self, key: str) -> Localized:
        return self.optional(key, values.localized) or {}

    def wording(self, key: str, limit: int) -> str:
        """Take text of either form as plain text; an object is kept in `said`."""
        given = self.optional(key, _text(limit)) or ""
        return self._plain(key, given)

    def wordings(self, key: str, limit: int = REF) -> dict[str, str]:
        """Take an object of such texts, kept in `said` under their own names."""
        given = self.mapping(key, _text(limit))
        return {name: self._plain(name, text) for name, text in given.items()}

    def texts(self, key: str, limit: int = REF) -> list[str]:
        read = string(limit)
        found = self.optional(key, _list) or ()
        try:
            return [read(item) for item in found]
        except LineError:
            for index, item in enumerate(found):
                self._read(item, f"{key}[{index}]", read)
            raise

    def mapping(self, key: str, read: Callable[[object], Value]) -> dict[str, Value]:
        """Take an object whose keys are the shop's own; null values are left out."""
        found = self.optional(key, _object) or {}
        given = {name: value for name, value in found.items() if value is not None}
        try:
            return {_NAME(name): read(value) for name, value in given.items()}
        except LineError:
            for name, value in given.items():
                self._read(name, key, _NAME)
                self._read(value, f"{key}.{name}", read)
            raise

    def objects(self, key: str, *, required: bool = False) -> list["Fields"]:
        if required and self._left.get(key) is None:
            raise LineError(_("is missing"), field=self.at(key))
        found = self.optional(key, _list) or ()
        return [self._open(item, f"{key}[{index}]") for index, item in enumerate(found)]

    def inner(self, key: str) -> "Fields | None":
        value = self._left.pop(key, None)
        return None if value is None else self._open(value, key)

    def _plain(self, name: str, given: str | Localized) -> str:
        if isinstance(given, str):
            return given
        if given:
            self.said[name] = given
        return pick(given, "en")

    def _open(self, value: object, key: str) -> "Fields":
        inner = Fields(value, self.at(key))
        self._inner.append(inner)
        return inner

    def _read(self, value: object, key: str, read: Callable[[object], Value]) -> Value:
        try:
            return read(value)
        except LineError as error:
            raise LineError(str(error), field=self.at(key)) from error


@cache
def _text(limit: int) -> Callable[[object], str | Localized]:
    return partial(values.text, limit=limit)


_NAME = string(REF)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise LineError(_("must be a list"))
    return value


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise LineError(_("must be an object"))
    return value
