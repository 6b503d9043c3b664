"""A talk with the engine in which the tests say what the words mean."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from bots.dialogue import engine
from bots.dialogue.turn import Input, Intent, Outcome, Shopper, Understanding
from bots.messages import Button
from orders.models import Customer

SURE = 0.9


def meaning(
    *intents: str | Intent, language: str = "en", **slots: Any
) -> Understanding:
    """An understanding with these intents, best first; nothing said is out of scope."""
    made = tuple(
        Intent(name=one, confidence=SURE) if isinstance(one, str) else one
        for one in intents
    )
    return Understanding(
        language=language,
        sentiment="neutral",
        intents=made or (Intent(name="out_of_scope", confidence=SURE),),
        slots=slots,
    )


def unsure(name: str, confidence: float = 0.3) -> Intent:
    return Intent(name=name, confidence=confidence)


class TalkTo:
    """A shopper and the engine; the state goes through JSON, as the database keeps it."""

    def __init__(self, customer: Customer | None = None, language: str = "en") -> None:
        self.customer_id = customer.pk if customer else None
        self.language = language
        self.state: dict[str, Any] = {}
        self.wrong_guesses = 0
        self.history: list[tuple[str, str]] = []
        self.at: datetime | None = None
        self.outcome: Outcome | None = None

    def say(self, text: str, *intents: str | Intent, **slots: Any) -> str:
        """Say it, with this meaning; return what is answered, as one text."""
        return self._turn(text, meaning(*intents, language=self.language, **slots))

    def hear(self, text: str, intent: str, slots: dict[str, Any]) -> str:
        """Say it with slots of any name, such as a language that is wished for."""
        return self._turn(
            text, replace(meaning(intent, language=self.language), slots=slots)
        )

    def press(self, label: str) -> str:
        """Press a button that was offered last, by a part of its label or value."""
        found = [b for b in self.buttons if label in b.label or label in b.value]
        assert found, f"no button {label!r} among {self.buttons}"
        return self.press_value(found[0].value, found[0].label)

    def press_value(self, value: str, label: str = "", *intents: str) -> str:
        """Press any button, such as one of long ago."""
        understood = meaning(*intents, language=self.language)
        return self._turn(label, understood, button=value)

    def send(self, *attachments: str) -> str:
        """Send pictures and the like, without a word."""
        return self._turn("", meaning(language=self.language), attachments=attachments)

    def _turn(self, text: str, understanding: Understanding, **given: Any) -> str:
        outcome = engine.respond(
            Input(
                text=text,
                at=self.at or timezone.now(),
                history=tuple(self.history),
                language=self.language,
                **given,
            ),
            understanding,
            self.state,
            Shopper(customer_id=self.customer_id, wrong_guesses=self.wrong_guesses),
        )
        self.outcome = outcome
        self.state = json.loads(json.dumps(outcome.state))
        self.customer_id = outcome.customer_id or self.customer_id
        self.wrong_guesses += outcome.wrong_guesses
        answer = "\n".join(reply.text for reply in outcome.replies)
        self.history += [("shopper", text), ("bot", answer)]
        return answer

    @property
    def told(self) -> Outcome:
        assert self.outcome is not None
        return self.outcome

    @property
    def buttons(self) -> list[Button]:
        return [button for reply in self.told.replies for button in reply.buttons]

    @property
    def values(self) -> list[str]:
        return [button.value for button in self.buttons]

    @property
    def tasks(self) -> list[str]:
        """The skills under way, the one on top last."""
        return [task["skill"] for task in self.state["tasks"]]
