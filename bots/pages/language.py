"""A page in the reader's language: the browser's, or what the switch was set to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

# As a person reads it in the address, and as Django calls it.
TAGS = {"zh": "zh-hans", "en": "en"}

View = Callable[..., HttpResponse]


def switchable(view: View) -> View:
    """Let `?lang=` choose the language, now and on later pages."""

    @wraps(view)
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        tag = TAGS.get(request.GET.get("lang", ""))
        if tag is None:
            return view(request, *args, **kwargs)
        translation.activate(tag)
        request.LANGUAGE_CODE = tag
        response = view(request, *args, **kwargs)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, tag, samesite="Lax")
        return response

    return chosen


def other() -> tuple[str, str]:
    """Return the language to switch to: its word for the address, its own name."""
    speaks_chinese = (translation.get_language() or "").startswith("zh")
    return ("en", "English") if speaks_chinese else ("zh", "中文")


def own() -> str:
    return "en" if other()[0] == "zh" else "zh"
