"""The three groups of staff and what each may do, made anew after every migration."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.db.models.signals import post_migrate

KNOWLEDGE_EDITOR = "knowledge editor"
AGENT = "agent"
MANAGER = "manager"

_KNOWLEDGE_EDITOR = (
    "kb.view_entry",
    "kb.add_entry",
    "kb.change_entry",
    "kb.delete_entry",
    "kb.view_translation",
    "kb.add_translation",
    "kb.change_translation",
    "kb.delete_translation",
    "kb.view_variant",
    "kb.add_variant",
    "kb.change_variant",
    "kb.delete_variant",
    "kb.view_gap",
    "kb.change_gap",
)

_AGENT = (
    "bots.view_conversation",
    "bots.view_message",
    "bots.view_turntrace",
    "bots.view_contact",
    "bots.view_consent",
    "bots.view_ticket",
    "bots.change_ticket",
    "bots.answer_ticket",
    "bots.view_ticketevent",
    "kb.view_entry",
    "kb.view_translation",
    "kb.view_variant",
    "kb.view_gap",
    "orders.view_auditentry",
    "orders.view_case",
    "orders.view_caseline",
    "orders.view_customer",
    "orders.view_order",
    "orders.view_orderevent",
    "orders.view_orderline",
    "orders.view_payment",
    "orders.view_paymentmethod",
    "orders.view_policyterms",
    "orders.view_product",
    "orders.view_shipment",
    "orders.view_shipmentevent",
    "orders.view_variant",
)

_MANAGER = (
    *_KNOWLEDGE_EDITOR,
    *_AGENT,
    "bots.view_campaign",
    "bots.add_campaign",
    "bots.change_campaign",
    "bots.delete_campaign",
    "bots.view_campaignrecipient",
    "bots.view_channel",
    "bots.add_channel",
    "bots.change_channel",
    "bots.view_delivery",
    "bots.change_delivery",
    "bots.view_inboundevent",
    "bots.change_inboundevent",
    "bots.view_feedback",
    "bots.view_languagemodelcall",
    "bots.view_correction",
    "bots.add_correction",
    "bots.change_correction",
    "bots.delete_correction",
    "bots.view_trainedmodel",
    "bots.add_trainedmodel",
    "bots.change_trainedmodel",
    "bots.view_term",
    "bots.add_term",
    "bots.change_term",
    "bots.delete_term",
    "orders.change_case",
    "orders.change_customer",
    "orders.change_order",
    "orders.add_product",
    "orders.change_product",
    "orders.change_shipment",
    "orders.add_shipmentevent",
    "orders.add_variant",
    "orders.change_variant",
    "orders.add_policyterms",
    "orders.change_policyterms",
    "auth.view_user",
    "auth.change_user",
    "auth.view_group",
    "admin.view_logentry",
)

# Group -> what its people may do, as "app.codename". The console and the desk ask for
# these; a shop with other wishes makes groups of its own.
GROUPS = {
    KNOWLEDGE_EDITOR: _KNOWLEDGE_EDITOR,
    AGENT: _AGENT,
    MANAGER: _MANAGER,
}


def connect(bots: AppConfig) -> None:
    """Have the groups made after each migration: only then do permissions exist.

    Once a run, with the app that is migrated last.
    """
    post_migrate.connect(_after_migration, sender=bots, dispatch_uid="bots.groups")


def make_groups(using: str = "default") -> None:
    """Make the groups and give each exactly its rights; running it again is harmless.

    A permission whose app is not migrated yet is left out until it is.
    """
    for name, rights in GROUPS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set(_permissions(rights, using))


def _permissions(rights: tuple[str, ...], using: str) -> list[Permission]:
    wanted = Q()
    for right in rights:
        app, codename = right.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.using(using).filter(wanted))


def _after_migration(*, using: str, **signal: Any) -> None:
    make_groups(using)
