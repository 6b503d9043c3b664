"""How a question or a write is described, once, for whoever offers it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from orders.acting import By
from orders.refusal import Code, Refusal


class Audience(StrEnum):
    """Whom a tool is for."""

    # Of nobody's: products, terms.
    ANYONE = "anyone"
    # An identified shopper, for what is theirs; staff, for what is anybody's.
    CUSTOMER = "customer"
    STAFF = "staff"


class Arguments(BaseModel):
    """What a tool takes, as JSON: nothing else, and of exactly these types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


@dataclass(frozen=True, kw_only=True)
class Tool:
    """A question about the shop, or a write.

    `run` gets parsed arguments and answers with what JSON can hold.
    """

    name: str
    description: str
    arguments: type[Arguments]
    writes: bool
    audience: Audience
    errors: tuple[Code, ...]
    run: Callable[[Any, By], Any]

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of the arguments."""
        return self.arguments.model_json_schema()

    def parse(self, arguments: Mapping[str, Any]) -> Arguments:
        """Return typed arguments; raises `Refusal` (MALFORMED) with what is wrong."""
        try:
            return self.arguments.model_validate_json(json.dumps(arguments))
        except ValidationError as error:
            raise Refusal(Code.MALFORMED, detail=_detail(error)) from error
        except (TypeError, ValueError, RecursionError) as error:
            raise Refusal(Code.MALFORMED, detail=str(error)) from error


Given = TypeVar("Given", bound=Arguments)


def tool(
    arguments: type[Given],
    audience: Audience,
    *,
    writes: bool,
    errors: tuple[Code, ...],
) -> Callable[[Callable[[Given, By], Any]], Tool]:
    """Make a function a tool of its name; its docstring is the description."""

    def describe(function: Callable[[Given, By], Any]) -> Tool:
        return Tool(
            name=function.__name__,
            description=" ".join((function.__doc__ or "").split()),
            arguments=arguments,
            writes=writes,
            audience=audience,
            errors=(Code.MALFORMED, *errors),
            run=function,
        )

    return describe


def _detail(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(map(str, problem['loc']))[:80] or 'arguments'}: {problem['msg']}"
        for problem in error.errors(include_input=False, include_url=False)[:5]
    )
