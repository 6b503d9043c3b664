"""The shopper's page: the chat, alone or in a frame, and the script that embeds it."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from bots.api.session import web_channel
from bots.pages import language, policy, words


@require_safe
@language.switchable
def page(request: HttpRequest) -> HttpResponse:
    if request.GET.get("embed") == "1":
        return _frame(request)
    return policy.guard(_render(request, embedded=False), frames="'self'")


@require_safe
def widget(request: HttpRequest) -> HttpResponse:
    response = render(
        request,
        "bots/pages/widget.js",
        {"words": json.dumps(words.launcher())},
        content_type="text/javascript; charset=utf-8",
    )
    response["Cache-Control"] = "public, max-age=300"
    # It is meant for the pages of others.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@xframe_options_exempt
def _frame(request: HttpRequest) -> HttpResponse:
    return policy.guard(_render(request, embedded=True), frames=policy.shop_frames())


def _render(request: HttpRequest, *, embedded: bool) -> HttpResponse:
    tag, name = language.other()
    context = {
        "shop": web_channel().name,
        "embedded": embedded,
        "language": language.own(),
        "other_tag": tag,
        "other_name": name,
        "words": words.chat(),
    }
    return render(request, "bots/pages/chat.html", context)
