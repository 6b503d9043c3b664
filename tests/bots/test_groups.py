"""The groups of staff have rights that exist, no more and no fewer."""

import pytest
from django.contrib.auth.models import Group, Permission

from bots.groups import AGENT, GROUPS, KNOWLEDGE_EDITOR, MANAGER, make_groups

pytestmark = pytest.mark.django_db


def rights(name: str) -> set[str]:
    permissions = Group.objects.get(name=name).permissions.select_related(
        "content_type"
    )
    return {f"{one.content_type.app_label}.{one.codename}" for one in permissions}


def test_there_are_three() -> None:
    assert set(GROUPS) == {KNOWLEDGE_EDITOR, AGENT, MANAGER}
    assert all(GROUPS.values())


@pytest.mark.parametrize(
    "right", sorted({right for rights in GROUPS.values() for right in rights})
)
def test_every_right_exists(right: str) -> None:
    app, codename = right.split(".")

    assert Permission.objects.filter(
        content_type__app_label=app, codename=codename
    ).exists()


@pytest.mark.parametrize("name", GROUPS)
def test_migrating_made_it(name: str) -> None:
    assert rights(name) == set(GROUPS[name])


def test_a_manager_may_all_that_the_others_may() -> None:
    assert {*GROUPS[KNOWLEDGE_EDITOR], *GROUPS[AGENT]} < set(GROUPS[MANAGER])


def test_making_them_again_sets_them_right() -> None:
    group = Group.objects.get(name=AGENT)
    group.permissions.set(Permission.objects.filter(codename="delete_user"))

    make_groups()

    assert rights(AGENT) == set(GROUPS[AGENT])
    assert Group.objects.filter(name__in=GROUPS).count() == len(GROUPS)
