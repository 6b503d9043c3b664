"""Addresses of the chat API."""

from django.urls import path, re_path

from bots.api import chat
from bots.api.door import door
from bots.api.events import events
from bots.api.problem import not_found

urlpatterns = [
    path("chat/sessions", door(POST=chat.begin)),
    path("chat/messages", door(GET=chat.messages, POST=chat.say)),
    path("chat/events", door(GET=events)),
    path("chat/typing", door(POST=chat.typing)),
    path("chat/read", door(POST=chat.read)),
    re_path(r"^chat/(?P<rest>.+)$", not_found),
]
