"""The API for the shop's own systems: who may read, and what all lists have in common."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.throttling import UserRateThrottle

from bots.models import Channel
from ecomsupport.api import router
from ecomsupport.paging import Pages
from tests.ecomsupport.shop import MANY, fill

pytestmark = pytest.mark.django_db

VIEWS: dict[str, Any] = {prefix: view for prefix, view, _name in router.registry}
ROUTES = list(VIEWS)
MODELS = {route: view.queryset.model for route, view in VIEWS.items()}
# Where a row is found, and by what of its JSON.
KEYS = {
    "orders": "number",
    "conversations": "id",
    "tickets": "number",
    "campaigns": "id",
}
PUT = {"products", "orders", "customers"}
BAD = [
    ("limit", "many"),
    ("limit", "0"),
    ("limit", "-1"),
    ("limit", ""),
    ("limit", "9" * 30),
    ("offset", "50"),
    ("cursor", ""),
    ("cursor", "x:y"),
    ("cursor", "\0"),
    ("search", "a " * 9),
    ("search", "\0"),
]


@pytest.fixture
def shop(tmp_path: Path) -> None:
    fill(tmp_path)


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


def _staff(client: Client, *rights: str) -> User:
    user = User.objects.create_user("staff", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    return user


def _key(route: str, row: dict[str, Any]) -> str:
    return str(row[KEYS.get(route, "ref")])


def _assert_problem(answer: Any, status: int) -> None:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_there_are_routes() -> None:
    assert len(ROUTES) == 8


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("route", ROUTES)
def test_list_and_each_of_its_rows(boss: Client, route: str) -> None:
    page = boss.get(f"/api/{route}/", {"limit": 3}).json()
    assert len(page["results"]) == 3
    for row in page["results"]:
        found = boss.get(f"/api/{route}/{_key(route, row)}/")
        assert found.status_code == 200
        assert found.json() | row == found.json()


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("route", ROUTES)
def test_pages_show_each_row_once(boss: Client, route: str) -> None:
    seen = []
    page: dict[str, Any] = {"next": f"/api/{route}/?limit=5"}
    while page["next"]:
        page = boss.get(page["next"]).json()
        seen += [_key(route, row) for row in page["results"]]
    assert len(seen) == len(set(seen)) == MODELS[route].objects.count() >= MANY


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("route", ROUTES)
def test_previous_leads_back(boss: Client, route: str) -> None:
    first = boss.get(f"/api/{route}/", {"limit": 4}).json()
    second = boss.get(first["next"]).json()
    third = boss.get(second["next"]).json()
    assert first["previous"] is None
    assert boss.get(third["previous"]).json()["results"] == second["results"]
    again = boss.get(second["previous"]).json()
    assert again == first


@pytest.mark.usefixtures("shop")
def test_cursor_is_of_one_list(boss: Client) -> None:
    page = boss.get("/api/orders/", {"limit": 4}).json()
    _assert_problem(boss.get(page["next"].replace("orders", "cases")), 400)


@pytest.mark.usefixtures("shop")
def test_ties_are_paged_too(boss: Client) -> None:
    MODELS["orders"].objects.update(placed_at="2026-11-01T00:00:00Z")
    seen = []
    page: dict[str, Any] = {"next": "/api/orders/?limit=7"}
    while page["next"]:
        page = boss.get(page["next"]).json()
        seen += [row["number"] for row in page["results"]]
    assert len(seen) == len(set(seen)) == MODELS["orders"].objects.count()


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("route", ROUTES)
def test_queries_do_not_grow_with_the_page(boss: Client, route: str) -> None:
    counts = []
    for limit in (MANY // 2, MANY):
        with CaptureQueriesContext(connection) as queries:
            assert boss.get(f"/api/{route}/", {"limit": limit}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("route", ROUTES)
def test_search_answers(boss: Client, route: str) -> None:
    found = boss.get(f"/api/{route}/", {"search": "nothing-is-named-so"})
    assert found.json()["results"] == []


@pytest.mark.parametrize("route", ROUTES)
def test_nobody_unknown_reads(client: Client, route: str) -> None:
    for address in (f"/api/{route}/", f"/api/{route}/1/", "/api/"):
        answer = client.get(address)
        _assert_problem(answer, 401)
        assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("route", ROUTES)
def test_staff_without_the_right_do_not_read(
    client: Client, route: str, method: str
) -> None:
    others = [
        f"view_{model._meta.model_name}"
        for model in MODELS.values()
        if model is not MODELS[route]
    ]
    _staff(client, *others, f"change_{MODELS[route]._meta.model_name}")
    assert getattr(client, method)(f"/api/{route}/").status_code == 403
    _assert_problem(client.get(f"/api/{route}/1/"), 403)


@pytest.mark.parametrize("route", ROUTES)
def test_who_may_view_reads(client: Client, route: str) -> None:
    _staff(client, f"view_{MODELS[route]._meta.model_name}")
    assert client.get(f"/api/{route}/").status_code == 200
    _assert_problem(client.get(f"/api/{route}/1/"), 404)


@pytest.mark.parametrize("route", ROUTES)
def test_nothing_else_is_written(boss: Client, route: str) -> None:
    for method in ("post", "put", "patch", "delete"):
        _assert_problem(getattr(boss, method)(f"/api/{route}/"), 405)
    rest = {"post", "put", "patch", "delete"} - ({"put"} if route in PUT else set())
    for method in rest:
        _assert_problem(getattr(boss, method)(f"/api/{route}/1/"), 405)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_value_is_refused(boss: Client, route: str, name: str, value: str) -> None:
    _assert_problem(boss.get(f"/api/{route}/", {name: value}), 400)


FILTERS = [
    (route, name, type(field).__name__)
    for route, view in VIEWS.items()
    for name, field in view.query_class().fields.items()
]
BAD_FILTERS = {
    "ChoiceField": ("lost", ""),
    "DateTimeField": ("yesterday", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59Z"),
    "BooleanField": ("perhaps",),
    "CharField": ("\0", ""),
    "LowerField": ("\0", ""),
}


def test_there_are_filters() -> None:
    assert {kind for _route, _name, kind in FILTERS} == set(BAD_FILTERS)


@pytest.mark.parametrize(("route", "name", "kind"), FILTERS)
def test_bad_filter_is_refused(boss: Client, route: str, name: str, kind: str) -> None:
    for value in BAD_FILTERS[kind]:
        _assert_problem(boss.get(f"/api/{route}/", {name: value}), 400)


def test_limit_is_capped(boss: Client) -> None:
    MODELS["products"].objects.bulk_create(
        MODELS["products"](ref=f"P{number}", name={"en": "Shoe"})
        for number in range(Pages.max_limit + 1)
    )
    page = boss.get("/api/products/", {"limit": 1_000_000}).json()
    assert len(page["results"]) == Pages.max_limit


@pytest.mark.parametrize(
    "address", ["/api/nowhere/", "/api/orders/%00/", "/api/tickets/x/", "/api/a/b/c/"]
)
def test_nothing_there_is_a_problem_too(boss: Client, address: str) -> None:
    _assert_problem(boss.get(address), 404)


def test_missing_slash_is_forgiven(boss: Client) -> None:
    assert boss.get("/api/orders").headers["Location"] == "/api/orders/"


def test_refs_may_have_dots_and_slashes(boss: Client) -> None:
    MODELS["products"].objects.create(ref="P/1.5", name={"en": "Shoe"})
    assert boss.get("/api/products/P%2F1.5/").json()["name"] == {"en": "Shoe"}


@pytest.mark.usefixtures("shop")
def test_secrets_of_channels_stay_inside(boss: Client) -> None:
    channels = list(Channel.objects.all())
    assert channels
    said = "".join(
        boss.get(f"/api/{route}/", {"limit": 200}).content.decode() for route in ROUTES
    )
    said += boss.get("/api/conversations/").content.decode()
    for channel in channels:
        assert channel.secret not in said


def test_too_many_requests_are_a_problem(
    boss: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(UserRateThrottle, "rate", "2/min", raising=False)
    answers = [boss.get("/api/orders/") for _ in range(3)]
    cache.clear()
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    _assert_problem(answers[-1], 429)
    assert answers[-1]["Retry-After"]
