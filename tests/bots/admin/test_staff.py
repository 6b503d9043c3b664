"""A manager looks after staff without becoming more than a manager."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from bots.groups import AGENT, GROUPS, MANAGER
from tests.bots.admin import rows

pytestmark = pytest.mark.django_db

Login = Callable[..., Client]


def page(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def form(user: User, **fields: Any) -> dict[str, Any]:
    return {
        "username": user.username,
        "is_active": "on",
        "is_staff": "on",
        "date_joined_0": "2026-01-01",
        "date_joined_1": "09:00:00",
        **fields,
    }


def test_puts_people_into_groups(login: Login) -> None:
    user = rows.staff()
    group = Group.objects.get(name=AGENT)

    login(MANAGER).post(page(user), form(user, groups=[group.pk]))

    assert list(user.groups.all()) == [group]
    assert LogEntry.objects.get().object_id == str(user.pk)


def test_gives_nobody_more_than_the_groups_have(login: Login) -> None:
    user = rows.staff()
    other = Group.objects.create(name="owners")
    right = Permission.objects.get(codename="delete_user")

    login(MANAGER).post(
        page(user),
        form(user, is_superuser="on", user_permissions=[right.pk], groups=[other.pk]),
    )

    user.refresh_from_db()
    assert not user.is_superuser
    assert not user.user_permissions.exists()
    assert not user.groups.exists()


@pytest.mark.parametrize("name", ["change", "password_change"])
def test_does_not_touch_a_superuser(name: str, root: User, login: Login) -> None:
    before = root.password
    answer = login(MANAGER).post(
        reverse(f"admin:auth_user_{name}", args=[root.pk]),
        form(root, first_name="X", password1="abcDEF123!", password2="abcDEF123!"),
    )

    root.refresh_from_db()
    assert answer.status_code == 403
    assert (root.first_name, root.password) == ("", before)


def test_does_not_touch_who_has_rights_of_their_own(login: Login) -> None:
    user = rows.staff()
    user.groups.add(Group.objects.create(name="owners"))

    assert login(MANAGER).post(page(user), form(user)).status_code == 403


@pytest.mark.parametrize("name", GROUPS)
def test_our_groups_are_not_edited(name: str, boss: Client) -> None:
    group = Group.objects.get(name=name)
    address = reverse("admin:auth_group_change", args=[group.pk])

    assert boss.get(address).status_code == 200
    assert boss.post(address, {"name": "x"}).status_code == 403
    assert boss.post(address.replace("change", "delete")).status_code == 403


def test_nobody_is_deleted_nor_what_they_did(root: User, boss: Client) -> None:
    rows.everything()
    entry = LogEntry.objects.get()

    for address in (
        reverse("admin:auth_user_delete", args=[root.pk]),
        reverse("admin:admin_logentry_delete", args=[entry.pk]),
    ):
        assert boss.post(address, {"post": "yes"}).status_code == 403
    assert (
        boss.post(
            reverse("admin:admin_logentry_change", args=[entry.pk]), {}
        ).status_code
        == 403
    )
