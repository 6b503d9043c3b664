"""Addresses of the API for the shop's own systems."""

from typing import Any, NoReturn

from django.urls import path, re_path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.routers import APIRootView, DefaultRouter
from rest_framework.views import APIView

from bots.api import rest
from kb.api import Faqs
from orders.api import urls, views


class Nowhere(APIView):
    """Any other address: a problem document instead of a page."""

    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotFound("There is nothing at this address.")


class Root(APIRootView):
    """The lists."""

    scope = ""


router = DefaultRouter()
router.APIRootView = Root
# A ref may have a dot, which is no format then.
router.include_format_suffixes = False
router.register("products", views.Products, "product")
router.register("orders", views.Orders, "order")
router.register("customers", views.Customers, "customer")
router.register("cases", views.Cases, "case")
router.register("faqs", Faqs, "faq")
router.register("conversations", rest.Conversations, "conversation")
router.register("tickets", rest.Tickets, "ticket")
router.register("campaigns", rest.Campaigns, "campaign")

# The program is public, and so is what its API looks like.
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(), name="docs"),
    *urls.urlpatterns,
    *router.urls,
    re_path(r"^.+/$", Nowhere.as_view()),
]
