"""Addresses of the pages."""

from django.urls import path

from bots.pages import chat

urlpatterns = [
    path("", chat.page, name="home"),
    path("chat/", chat.page, name="chat"),
    path("widget.js", chat.widget, name="widget"),
]
