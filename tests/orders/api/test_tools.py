"""Every tool over HTTP: its address, its refusals, and writes that are done once."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import resolve

from orders.api.addresses import ADDRESSES
from orders.models import AuditEntry, Case, Order
from orders.refusal import Code
from orders.tools import TOOLS
from tests import factories

pytestmark = pytest.mark.django_db

KEY = {"Idempotency-Key": "k1"}


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


def _post(client: Client, address: str, body: object = None, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(
        f"/api/{address}", body or {}, content_type="application/json", headers=named
    )


def _cancel(client: Client, order: Order, reason: str = "other", **headers: str) -> Any:
    return _post(
        client, f"orders/{order.number}/cancel/", {"reason": reason}, **headers
    )


def test_every_tool_has_one_address() -> None:
    assert len(TOOLS) >= 30
    assert ADDRESSES.keys() == TOOLS.keys()
    places = [(a.method, a.path) for a in ADDRESSES.values()]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_address_leads_to_its_tool(address: Any) -> None:
    assert not TOOLS[address.tool].writes or address.method == "POST"
    assert set(address.named) <= TOOLS[address.tool].arguments.model_fields.keys()
    path = address.path
    for name in address.named:
        path = path.replace(f"{{{name}}}", "a/b.c")
    found = resolve(f"/api/{path}")
    if not address.by_list:
        assert found.url_name == address.tool


def test_questions_are_answered(boss: Client) -> None:
    order = factories.order()
    found = boss.get("/api/customers/find/", {"email": order.customer.email})
    options = boss.get(f"/api/orders/{order.number}/options/").json()
    assert found.json() == {"customer": order.customer.ref}
    assert options["cancel_order"] == {"possible": True}
    assert options["open_return"]["code"] == Code.NOT_DELIVERED
    assert boss.get("/api/terms/").json()["return_days"]


def test_order_is_cancelled(boss: Client) -> None:
    order = factories.order()
    answer = _cancel(boss, order)
    assert answer.status_code == 200
    assert answer.json()["order"]["status"] == "cancelled"
    assert AuditEntry.objects.get().actor == "api:boss"


def test_return_is_quoted_then_opened(boss: Client) -> None:
    order = factories.delivered_order()
    body = {"items": [{"sku": order.lines.get().variant.sku}]}
    quote = _post(boss, f"orders/{order.number}/quotes/return/", body)
    opened = _post(boss, f"orders/{order.number}/returns/", body)
    assert quote.json()["amount"] == "99.00"
    assert opened.status_code == 201
    assert opened.json()["case"]["refund"]["amount"] == "99.00"


def test_refusal_is_a_problem_in_the_readers_language(boss: Client) -> None:
    order = factories.delivered_order()
    answer = _cancel(boss, order, Accept_Language="zh-hans")
    problem = answer.json()
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["code"] == Code.NOT_PENDING
    assert not problem["detail"].isascii()
    assert "open_return" in problem["instead"]
    order.refresh_from_db()
    assert order.status == "delivered"


@pytest.mark.parametrize(
    ("address", "body", "status", "code"),
    [
        ("orders/NO/cancel/", {"reason": "other"}, 404, Code.ORDER_NOT_FOUND),
        ("orders/NO/cancel/", {}, 400, Code.MALFORMED),
        ("orders/NO/cancel/", [], 400, Code.MALFORMED),
        ("orders/NO/cancel/", {"reason": "other", "x": 1}, 400, Code.MALFORMED),
        ("orders/NO/cancel/", {"number": "SO", "reason": "x"}, 400, Code.MALFORMED),
        ("orders/NO/cancel/", {"reason": "\ud800"}, 400, Code.MALFORMED),
        ("orders/NO/cancel/", {"reason": "\0"}, 400, Code.MALFORMED),
        ("cases/NO/approve/", {}, 404, Code.CASE_NOT_FOUND),
        ("tools/nothing/", {}, 404, Code.UNKNOWN_TOOL),
    ],
)
def test_refusal_has_its_status(
    boss: Client, address: str, body: object, status: int, code: Code
) -> None:
    answer = boss.post(f"/api/{address}", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    "body", ["[" * 50_000, '{"a":' * 50_000, '"' + "a" * 2**21 + '"', "{", "NaN"]
)
def test_broken_body_is_a_problem(boss: Client, body: str) -> None:
    answer = boss.post("/api/orders/NO/cancel/", body, "application/json")
    assert answer.status_code in {400, 413}
    assert answer["Content-Type"] == "application/problem+json"


def test_same_key_is_done_once(boss: Client) -> None:
    order = factories.delivered_order()
    body = {"items": [{"sku": order.lines.get().variant.sku}]}
    first = _post(boss, f"orders/{order.number}/returns/", body, **KEY)
    again = _post(boss, f"orders/{order.number}/returns/", body, **KEY)
    assert first.json() == again.json()
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"
    assert Case.objects.count() == 1


def test_key_for_something_else_is_refused(boss: Client) -> None:
    order, other = factories.order(), factories.order()
    _cancel(boss, order, **KEY)
    answer = _cancel(boss, other, **KEY)
    assert (answer.status_code, answer.json()["code"]) == (422, Code.KEY_REUSED)
    other.refresh_from_db()
    assert other.status == "pending"


def test_key_is_of_one_user(boss: Client) -> None:
    _cancel(boss, factories.order(), **KEY)
    other = Client()
    other.force_login(User.objects.create_superuser("other"))
    assert _cancel(other, factories.order(), **KEY).status_code == 200


@pytest.mark.parametrize("key", ["a b", "é", "x" * 101])
def test_odd_key_is_refused(boss: Client, key: str) -> None:
    order = factories.order()
    answer = _cancel(boss, order, **{"Idempotency-Key": key})
    assert answer.status_code == 400
    assert not AuditEntry.objects.exists()


def test_tool_is_called_by_name(boss: Client) -> None:
    order = factories.order()
    body = {"number": order.number, "reason": "other"}
    assert _post(boss, "tools/cancel_order/", body).status_code == 200
    order.refresh_from_db()
    assert order.status == "cancelled"


def test_by_name_takes_the_same_right(client: Client) -> None:
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_order"))
    client.force_login(clerk)
    order = factories.order()
    body = {"number": order.number, "reason": "other"}
    assert _post(client, "tools/cancel_order/", body).status_code == 403
    assert _cancel(client, order).status_code == 403
    assert _post(client, "tools/get_order/", {"number": order.number}).json()
    order.refresh_from_db()
    assert order.status == "pending"


def test_tools_are_described(boss: Client) -> None:
    found = {tool["name"]: tool for tool in boss.get("/api/tools/").json()["tools"]}
    assert found.keys() == TOOLS.keys()
    cancel = found["cancel_order"]
    assert cancel["parameters"] == TOOLS["cancel_order"].schema
    assert cancel["scope"] == "orders:write"


def test_session_needs_its_csrf_token() -> None:
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(User.objects.create_superuser("boss"))
    order = factories.order()
    assert _cancel(guarded, order).status_code == 403
    order.refresh_from_db()
    assert order.status == "pending"


def test_schema_has_arguments_and_refusals(client: Client) -> None:
    schema = client.get("/api/schema/", headers={"Accept": "application/json"}).json()
    for address in ADDRESSES.values():
        operation = (
            schema["paths"][f"/api/{address.path}"][address.method.lower()]
            if (not address.by_list)
            else None
        )
        if operation is None:
            continue
        said = " ".join(
            answer.get("description", "") for answer in operation["responses"].values()
        )
        for code in TOOLS[address.tool].errors:
            assert f"`{code.value}`" in said, (address.tool, code)
