"""The console's sidebar: what a person may see, in the order of their day."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bots.admin.base import DESK

# Title -> (model, icon) of each entry.
SECTIONS = {
    _("Service"): (
        ("bots.conversation", "forum"),
        ("bots.ticket", "support_agent"),
        ("bots.contact", "person"),
        ("bots.feedback", "star"),
    ),
    _("Knowledge"): (
        ("kb.entry", "menu_book"),
        ("kb.gap", "help"),
        ("bots.turntrace", "rule"),
        ("bots.correction", "edit_note"),
        ("bots.trainedmodel", "model_training"),
        ("bots.term", "policy"),
    ),
    _("Shop"): (
        ("orders.order", "receipt_long"),
        ("orders.case", "assignment_return"),
        ("orders.orderevent", "notifications"),
        ("orders.customer", "group"),
        ("orders.product", "inventory_2"),
        ("orders.policyterms", "gavel"),
    ),
    _("Promotions"): (
        ("bots.campaign", "campaign"),
        ("bots.consent", "thumb_up"),
    ),
    _("Operation"): (
        ("bots.channel", "hub"),
        ("bots.delivery", "outbox"),
        ("bots.inboundevent", "inbox"),
        ("bots.languagemodelcall", "neurology"),
        ("auth.user", "badge"),
        ("auth.group", "shield_person"),
        ("ecomsupport.apitoken", "vpn_key"),
        ("admin.logentry", "history"),
        ("orders.auditentry", "fact_check"),
    ),
}


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Named in the settings; the console calls it for every page."""
    desk = {"title": _("Desk"), "icon": "headset_mic", "link": DESK}
    answers = request.user.has_perm("bots.answer_ticket")
    sections = [
        {"title": title, "separator": True, "items": _items(request, entries)}
        for title, entries in SECTIONS.items()
    ]
    return [{"items": [desk] if answers else []}, *sections]


def _items(
    request: HttpRequest, entries: tuple[tuple[str, str], ...]
) -> list[dict[str, Any]]:
    return [
        _item(label, icon)
        for label, icon in entries
        if admin.site.is_registered(apps.get_model(label))
        and _page(label).has_view_or_change_permission(request)
    ]


def _item(label: str, icon: str) -> dict[str, Any]:
    return {
        "title": capfirst(_page(label).opts.verbose_name_plural),
        "icon": icon,
        "link": reverse(f"admin:{label.replace('.', '_')}_changelist"),
    }


def _page(label: str) -> "ModelAdmin[Any]":
    return admin.site.get_model_admin(apps.get_model(label))
