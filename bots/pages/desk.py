"""The agents' page: the queue, one talk, and everything about it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bots.api.session import web_channel
from bots.pages import language, policy, queue, talk, words
from bots.pages.rights import agent, agents_only

# What a page in the browser asks for when something has changed.
PARTS = {"queue": "bots/pages/desk/queue.html", "talk": "bots/pages/desk/talk.html"}


@require_safe
@agents_only
@language.switchable
def page(request: HttpRequest, talk_id: int | None = None) -> HttpResponse:
    part = request.GET.get("part", "")
    context = _queue(request) if part != "talk" else {}
    context |= _talk(request, talk_id) if part != "queue" else {"talk_id": talk_id}
    if part not in PARTS:
        context |= _frame()
    response = render(request, PARTS.get(part, "bots/pages/desk.html"), context)
    response["Cache-Control"] = "no-store"
    return policy.guard(response)


def _queue(request: HttpRequest) -> dict[str, Any]:
    who = agent(request)
    tab = request.GET.get("tab", "")
    tab = tab if tab in queue.TABS else "all"
    return {
        "tab": tab,
        "counts": queue.counts(who.pk),
        "rows": queue.rows(tab, who.pk),
    }


def _talk(request: HttpRequest, talk_id: int | None) -> dict[str, Any]:
    if talk_id is None:
        return {}
    found = talk.find(talk_id)
    if found is None:
        raise Http404
    who = agent(request)
    context = talk.shown(found, who)
    context["talk_id"] = talk_id
    if found.customer_id:
        context["customer_address"] = talk.admin_address(
            "orders_customer", found.customer_id, who
        )
    return context


def _frame() -> dict[str, Any]:
    tag, name = language.other()
    return {
        "shop": web_channel().name,
        "other_tag": tag,
        "other_name": name,
        "words": words.desk(),
    }
