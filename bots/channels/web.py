"""The shop's own chat page: it reads the database, so sending is already done."""

from bots.channels.base import Account, Adapter, RejectedError
from bots.messages import Inbound, Outgoing, SendResult, Sent


class WebAdapter(Adapter):
    def parse(self, account: Account, body: bytes) -> list[Inbound]:
        raise RejectedError("The chat page speaks to /chat/.", status=404)

    def send(self, account: Account, message: Outgoing) -> SendResult:
        return Sent()
