"""Addresses of the pages."""

from django.urls import path

from bots.pages import actions, chat, desk, pulse

urlpatterns = [
    path("", chat.page, name="home"),
    path("chat/", chat.page, name="chat"),
    path("widget.js", chat.widget, name="widget"),
    path("desk/", desk.page, name="desk"),
    path("desk/events", pulse.events, name="desk-events"),
    path("desk/talks/<int:talk_id>/", desk.page, name="desk-talk"),
    path(
        "desk/talks/<int:talk_id>/take-over", actions.take_over, name="desk-take-over"
    ),
    path("desk/tickets/<int:ticket_id>/<slug:name>", actions.act, name="desk-act"),
]
