"""Who may sit at the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bots.pages import policy

PERMISSION = "bots.answer_ticket"
View = Callable[..., HttpResponse]


def is_agent(user: AbstractBaseUser | AnonymousUser) -> bool:
    return isinstance(user, User) and user.is_staff and user.has_perm(PERMISSION)


def agents_only(view: View) -> View:
    """Send strangers to the log-in; refuse whoever is logged in without the right."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if not is_agent(request.user):
            page = render(request, "bots/pages/forbidden.html", status=403)
            return policy.guard(page)
        return view(request, *args, **kwargs)

    return checked


def agent(request: HttpRequest) -> User:
    """Return who works at the desk; for views that `agents_only` guards."""
    assert isinstance(request.user, User)
    return request.user
