"""Addresses of the app: pages, chat API, webhooks."""

from django.urls import include, path

urlpatterns = [
    path("", include("bots.pages.urls")),
    path("", include("bots.api.urls")),
    path("webhooks/", include("bots.webhooks")),
]
