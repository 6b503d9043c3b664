"""Addresses of the whole site."""

from django.contrib import admin
from django.urls import include, path

from ecomsupport import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("", include("bots.urls")),
]
