"""The two tools that only a session has: showing who one is, and saying yes."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from orders import tools
from orders.acting import By
from orders.mcp.session import Session
from orders.refusal import Code
from orders.tools import Audience, Tool
from orders.tools.arguments import NUMBER, Ref, Text
from orders.tools.tool import Arguments, tool

_Four = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]


class Identify(Arguments):
    number: Ref = NUMBER
    email: Text = ""
    phone_tail: _Four | None = Field(
        default=None, description="The last four digits of the phone number."
    )


class Confirm(Arguments):
    token: Ref = Field(description="The token of the proposal.")


def own_tools(session: Session) -> Mapping[str, Tool]:
    """The tools by name, for this session."""

    @tool(
        Identify,
        Audience.ANYONE,
        writes=False,
        errors=(Code.WRONG_PROOF, Code.LOCKED, Code.NOT_ALLOWED),
    )
    def identify(given: Identify, by: By) -> Any:
        """Show who the shopper is: an order number of theirs, with the e-mail address
        or the last four digits of the phone number. For one shopper only.
        """
        proof = {"email": given.email, "phone_tail": given.phone_tail or ""}
        return {"customer": session.identify(given.number, now=by.at, **proof)}

    @tool(Confirm, Audience.CUSTOMER, writes=True, errors=(Code.NOT_CONFIRMED,))
    def confirm(given: Confirm, by: By) -> Any:
        """Carry out what was proposed under this token, exactly that, once. Only after
        the shopper has seen the proposal and said yes to it.
        """
        return tools.confirm(given.token, by=by)

    return {one.name: one for one in (identify, confirm)}
