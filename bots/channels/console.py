"""The terminal: what is sent is simply read from the database."""

from bots.channels.base import Account, Adapter, RejectedError
from bots.messages import Inbound, Outgoing, SendResult, Sent


class ConsoleAdapter(Adapter):
    def parse(self, account: Account, body: bytes) -> list[Inbound]:
        raise RejectedError("the console has no webhook", status=404)

    def send(self, account: Account, message: Outgoing) -> SendResult:
        return Sent()
