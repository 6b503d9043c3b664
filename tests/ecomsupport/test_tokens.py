"""API tokens: what they open, how long, and what is kept of them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from ecomsupport.models import ApiToken
from ecomsupport.rights import NOUNS, SCOPES
from tests import factories

pytestmark = pytest.mark.django_db

READ = ["orders:read"]


@pytest.fixture
def erp() -> User:
    return User.objects.create_superuser("erp")


def _headers(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def _get(secret: str, address: str = "/api/orders/") -> Any:
    return Client().get(address, headers=_headers(secret))


def _post(secret: str, address: str, body: object) -> Any:
    return Client().post(
        f"/api/{address}", body, "application/json", headers=_headers(secret)
    )


def test_there_are_scopes() -> None:
    assert len(SCOPES) >= 13
    assert {scope.partition(":")[0] for scope in SCOPES} == set(NOUNS)


@pytest.mark.parametrize("scope", [one for one in SCOPES if one.endswith(":read")])
def test_scope_opens_its_own_list_alone(erp: User, scope: str) -> None:
    _token, secret = ApiToken.issue("t", erp, [scope])
    for noun in set(NOUNS) - {"terms"}:
        expected = 200 if scope == f"{noun}:read" else 403
        assert _get(secret, f"/api/{noun}/").status_code == expected, noun


def test_to_read_is_not_to_write(erp: User) -> None:
    _token, secret = ApiToken.issue("t", erp, READ)
    order = factories.order()
    answer = Client().post(
        f"/api/orders/{order.number}/cancel/", headers=_headers(secret)
    )
    assert answer.status_code == 403
    order.refresh_from_db()
    assert order.status == "pending"


def test_token_has_no_more_rights_than_its_user() -> None:
    clerk = User.objects.create_user("clerk", is_staff=True)
    _token, secret = ApiToken.issue("t", clerk, SCOPES)
    assert _get(secret).status_code == 403
    clerk.user_permissions.add(Permission.objects.get(codename="view_order"))
    assert _get(secret).status_code == 200
    assert _get(secret, "/api/cases/").status_code == 403


def test_every_way_in_but_a_session_has_scopes() -> None:
    ways = settings.REST_FRAMEWORK["DEFAULT_AUTHENTICATION_CLASSES"]
    assert ways == [
        "ecomsupport.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ]


@pytest.mark.parametrize(
    ("scope", "opens", "decides"),
    [
        ("cases:read", False, False),
        ("cases:write", True, False),
        ("cases:decide", False, True),
    ],
)
def test_to_open_a_case_is_not_to_decide_it(
    erp: User, scope: str, opens: bool, decides: bool
) -> None:
    _token, secret = ApiToken.issue("t", erp, [scope])
    order = factories.delivered_order()
    items = {"items": [{"sku": order.lines.get().variant.sku}]}
    answer = _post(secret, f"orders/{order.number}/returns/", items)
    assert (answer.status_code == 201) is opens
    # Of a case that is not there who may decide is told so.
    for move in ("approve", "receive", "complete"):
        answer = _post(secret, f"cases/R0/{move}/", {})
        assert answer.status_code == (404 if decides else 403)


@pytest.mark.parametrize(
    ("right", "opens", "decides"),
    [("change_order", True, False), ("change_case", False, True)],
)
def test_the_rights_to_open_and_to_decide_are_two(
    right: str, opens: bool, decides: bool
) -> None:
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename=right))
    _token, secret = ApiToken.issue("t", clerk, SCOPES)
    opened = _post(secret, "orders/SO0/returns/", {"items": [{"sku": "S"}]})
    assert (opened.status_code != 403) is opens
    assert (_post(secret, "cases/R0/approve/", {}).status_code != 403) is decides


def test_secret_is_not_kept(erp: User) -> None:
    token, secret = ApiToken.issue("t", erp, READ)
    kept = str(ApiToken.objects.values().get(pk=token.pk))
    assert secret.startswith("esk_")
    assert secret not in kept
    assert secret[4:] not in kept


@pytest.mark.parametrize("secret", ["", "esk_wrong", "esk_ü", "a b"])
def test_wrong_secret_opens_nothing(erp: User, secret: str) -> None:
    ApiToken.issue("t", erp, READ)
    assert _get(secret.encode().decode("latin-1")).status_code == 401


def test_revoked_token_opens_nothing(erp: User) -> None:
    token, secret = ApiToken.issue("t", erp, READ)
    token.revoke(timezone.now())
    assert _get(secret).status_code == 401


def test_expired_token_opens_nothing(erp: User) -> None:
    end = timezone.now() + timedelta(days=1)
    _token, secret = ApiToken.issue("t", erp, READ, expires_at=end)
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert _get(secret).status_code == 200
    with time_machine.travel(end, tick=False):
        assert _get(secret).status_code == 401


def test_token_of_who_left_opens_nothing(erp: User) -> None:
    _token, secret = ApiToken.issue("t", erp, READ)
    User.objects.update(is_active=False)
    assert _get(secret).status_code == 401


def test_last_use_is_written_once_a_minute(erp: User) -> None:
    token, secret = ApiToken.issue("t", erp, READ)
    start = timezone.now()
    seen = []
    for seconds in (0, 59, 60):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            _get(secret)
        token.refresh_from_db()
        seen.append(token.last_used_at)
    assert seen == [start, start, start + timedelta(seconds=60)]


def test_command_prints_the_secret(
    erp: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("create_api_token", "till", user="erp", scopes=READ, days=30)
    token = ApiToken.objects.get(name="till")
    assert token.scopes == READ
    assert token.expires_at is not None
    assert _get(capsys.readouterr().out.strip()).status_code == 200


def test_command_wants_a_member_of_staff() -> None:
    User.objects.create_user("shopper")
    with pytest.raises(CommandError):
        call_command("create_api_token", "till", user="shopper", scopes=READ)
    assert not ApiToken.objects.exists()


def test_admin_shows_the_secret_once(client: Client, erp: User) -> None:
    client.force_login(erp)
    page = client.post(
        "/admin/ecomsupport/apitoken/add/",
        {"name": "till", "user": erp.pk, "scopes": READ},
        follow=True,
    )
    token = ApiToken.objects.get(name="till")
    secret = page.content.decode().partition(token.prefix)[2][:35]
    assert token.prefix in page.content.decode()
    again = client.get("/admin/ecomsupport/apitoken/").content.decode()
    assert secret not in again
    assert ApiToken.find(token.prefix + secret) == token


def test_nobody_makes_a_token_for_somebody_mightier(client: Client, erp: User) -> None:
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="add_apitoken"))
    client.force_login(clerk)
    asked = {"name": "till", "user": erp.pk, "scopes": READ}
    client.post("/admin/ecomsupport/apitoken/add/", asked)
    assert not ApiToken.objects.exists()


def test_admin_revokes(client: Client, erp: User) -> None:
    token, secret = ApiToken.issue("t", erp, READ)
    client.force_login(erp)
    client.post(
        "/admin/ecomsupport/apitoken/",
        {"action": "revoke", "_selected_action": [token.pk]},
    )
    assert _get(secret).status_code == 401
