"""Staff with and without the right, and a ticket to work on."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from bots import inbox
from bots.api.session import web_channel
from bots.desk import tickets
from bots.models import Conversation, Ticket
from tests import factories


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def talk_with(text: str, **values: Any) -> Conversation:
    """A talk on the chat page in which the shopper said something."""
    made = factories.conversation(web_channel(), **values)
    inbox.add(
        made.channel,
        made,
        factories.inbound(text, conversation_key=made.external_key),
    )
    made.refresh_from_db()
    return made


@pytest.fixture
def agent(db: None) -> User:
    return factories.agent("mei")


@pytest.fixture
def desk(agent: User) -> Client:
    return logged_in(agent)


@pytest.fixture
def ticket(db: None) -> Ticket:
    """Nobody's yet; its shopper asked for a person."""
    talk = talk_with("I want a person")
    made = tickets.open_ticket(
        talk, reason=Ticket.Reason.ASKED, summary="Wants a person."
    )
    talk.save()
    return made
