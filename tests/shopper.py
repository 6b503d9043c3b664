"""A shopper on the web chat, over HTTP, who waits for the answer."""

import time
import uuid
from typing import Any

import httpx

# Longer than any honest answer takes on a busy machine.
PATIENCE = 40
# After the first reply, how long a second one may take.
SETTLED = 0.7


class Shopper:
    def __init__(self, url: str, **session: Any) -> None:
        self.http = httpx.Client(base_url=url, timeout=35)
        opened = self.http.post("/chat/sessions", json=session)
        assert opened.status_code == 201, opened.text
        self.http.headers["Authorization"] = f"Bearer {opened.json()['token']}"
        self.seen = 0
        self.buttons: dict[str, str] = {}

    def close(self) -> None:
        self.http.close()

    def send(self, text: str, client_id: str = "") -> int:
        """Send without waiting; return the message's id."""
        answer = self.http.post(
            "/chat/messages",
            json={"client_id": client_id or str(uuid.uuid4()), "text": text},
        )
        assert answer.status_code == 202, answer.text
        message_id: int = answer.json()["id"]
        return message_id

    def say(self, text: str) -> str:
        """Send and return what is answered, as one text."""
        self.send(text)
        return self.hears()

    def press(self, label: str) -> str:
        """Press one of the buttons that were shown last."""
        found = [value for shown, value in self.buttons.items() if label in shown]
        assert found, f"no button {label!r} among {list(self.buttons)}"
        return self.say(found[0])

    def hears(self) -> str:
        """Wait for the next answer, and for all of it."""
        heard: list[dict[str, Any]] = []
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            fresh = self.fetch(wait=SETTLED if heard else 5)
            answers = [said for said in fresh if said["sender"] != "shopper"]
            if heard and not answers:
                break
            heard += answers
        assert heard, "nobody answered"
        self.buttons = {
            button["label"]: button["value"]
            for said in heard
            for button in said["buttons"]
        }
        return "\n".join(said["text"] for said in heard)

    def fetch(self, *, wait: float = 0) -> list[dict[str, Any]]:
        """Whatever is newer than the last look, of every sender."""
        answer = self.http.get(
            "/chat/messages", params={"after": self.seen, "wait": wait}
        )
        assert answer.status_code == 200, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        if messages:
            self.seen = messages[-1]["id"]
        return messages

    def transcript(self) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self.http.get(
            "/chat/messages", params={"after": 0}
        ).json()["messages"]
        return messages
