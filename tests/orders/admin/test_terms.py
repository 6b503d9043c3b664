"""Terms that nobody could read any more are not taken."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from orders.models import PolicyTerms

pytestmark = pytest.mark.django_db

ADD = reverse("admin:orders_policyterms_add")
GIVEN = {
    "valid_from_0": "2026-03-01",
    "valid_from_1": "00:00:00",
    "return_days": "7",
    "return_shipping_payer": "customer",
    "return_shipping_fee": "5.00",
    "cancel_reasons": '["other"]',
    "evidence_grounds": '["damaged"]',
    "delivery_methods": '{"standard": "0.00", "express": "15"}',
}


def add(client: Client, **changes: str) -> Any:
    client.force_login(User.objects.create_superuser("boss"))
    return client.post(ADD, {**GIVEN, **changes})


def test_good_terms_are_taken(client: Client) -> None:
    assert add(client).status_code == 302
    methods = {"standard": "0.00", "express": "15.00"}
    assert PolicyTerms.objects.get().delivery_methods == methods


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("return_days", "2147483647"),
        ("warranty_days", "36501"),
        ("return_shipping_fee", "-1"),
        ("approval_limit", "-0.01"),
        ("cancel_reasons", '"other"'),
        ("cancel_reasons", "[1]"),
        ("evidence_grounds", '["dammaged"]'),
        ("delivery_methods", '["standard"]'),
        ("delivery_methods", '{"standard": "free"}'),
        ("delivery_methods", '{"standard": "-100.00"}'),
        ("delivery_methods", '{"standard": 9.9}'),
    ],
)
def test_bad_terms_are_refused(client: Client, field: str, given: str) -> None:
    page = add(client, **{field: given})
    assert field in page.context["adminform"].form.errors
    assert not PolicyTerms.objects.exists()
