"""What every channel promises."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from bots.messages import Inbound, Outgoing, SendResult


@dataclass(frozen=True, kw_only=True)
class Account:
    """A channel row as its adapter sees it."""

    slug: str
    # Not in a repr: that is how secrets get into logs.
    token: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    api_url: str = ""


class RejectedError(Exception):
    """The request does not come from the platform, or is not what it may send.

    `status` is the HTTP status to answer with.
    """

    def __init__(self, reason: str, *, status: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


class Adapter(ABC):
    """A platform's words turned into ours, and ours into the platform's."""

    # Whether `typing` and `acknowledge` do anything.
    shows_receipt = False

    def verify(  # noqa: B027 - a channel inside the process has nothing to check
        self, account: Account, headers: Mapping[str, str], body: bytes
    ) -> None:
        """Raise `RejectedError` unless the platform itself sent this request."""

    @abstractmethod
    def parse(self, account: Account, body: bytes) -> list[Inbound]:
        """Translate a verified request; what is not understood is UNSUPPORTED.

        Raises `RejectedError` (400) only where the body is not what the platform sends.
        """

    @abstractmethod
    def send(self, account: Account, message: Outgoing) -> SendResult:
        """Send with one call to the platform at most per part; never retries."""

    def typing(self, account: Account, to: str) -> None:  # noqa: B027 - optional
        """Show that an answer is being written, where the platform can."""

    def acknowledge(  # noqa: B027 - optional
        self, account: Account, inbound: Inbound
    ) -> None:
        """Tell the platform that a button press was taken, where it waits for that."""
