"""The door of the shop's system: who may come in, and what it is answered."""

import itertools
import json
import time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from orders.models import Connector, Customer, ShopEvent
from tests.emulators.shop import SECRET, sign

pytestmark = pytest.mark.django_db

URL = "/webhooks/shop/"
ROW = {"ref": "C1", "name": "Anna"}


@pytest.fixture(autouse=True)
def inbound() -> Connector:
    return Connector.objects.create(port=Connector.Port.INBOUND, secret=SECRET)


def body(kind: str = "customer.updated", data: Any = ROW) -> bytes:
    at = timezone.now().isoformat()
    return json.dumps({"type": kind, "occurred_at": at, "data": data}).encode()


def post(content: bytes, *, late: int = 0, secret: str = SECRET) -> Any:
    at = str(int(time.time()) - late)
    headers = {
        "webhook-id": "m1",
        "webhook-timestamp": at,
        "webhook-signature": sign("m1", at, content, secret),
    }
    return Client(enforce_csrf_checks=True).post(
        URL, content, content_type="application/json", headers=headers
    )


def test_what_is_signed_is_taken_in() -> None:
    assert post(body()).status_code == 200
    assert post(body(data=ROW | {"name": "Bea"})).status_code == 200
    assert Customer.objects.get().name == "Anna"


def test_a_wrong_signature_is_refused() -> None:
    answer = post(body(), secret="whsec_" + "A" * 32)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert not ShopEvent.objects.exists()


@pytest.mark.parametrize("late", [310, -310])
def test_an_old_signature_is_refused(late: int) -> None:
    assert post(body(), late=late).status_code == 401
    assert not Customer.objects.exists()


def test_no_signature_is_refused(client: Client) -> None:
    answer = client.post(URL, body(), content_type="application/json")
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("content", "status", "reason"),
    [
        (b"{", 400, "not JSON"),
        (body("teapot.updated"), 400, "type: must be one of customer.updated"),
        (body(data={"ref": "C1"}), 400, "data: name: is missing"),
        (body("shipment.updated", {"order": "SO9"}), 400, "data: shipment"),
        (
            body("shipment.updated", {"order": "SO9", "shipment": {"skus": []}}),
            409,
            "order: “SO9” is not known",
        ),
    ],
    ids=itertools.count(),
)
def test_the_reason_is_said(content: bytes, status: int, reason: str) -> None:
    answer = post(content)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert reason in answer.json()["detail"]
    assert not ShopEvent.objects.exists()


def test_too_large_a_body_is_not_read() -> None:
    answer = post(b" " * (1024 * 1024 + 1))
    assert answer.status_code == 413


def test_only_post(client: Client) -> None:
    answer = client.get(URL)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")


def test_a_shop_that_sends_nothing_has_no_door(inbound: Connector) -> None:
    inbound.active = False
    inbound.save()
    assert post(body()).status_code == 404
    assert not Customer.objects.exists()
