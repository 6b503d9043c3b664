"""Addresses of the whole site."""

from django.contrib import admin
from django.urls import include, path

from ecomsupport import api, health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include(api.urlpatterns)),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("webhooks/", include("orders.webhooks")),
    path("", include("bots.urls")),
]
