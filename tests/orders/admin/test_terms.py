"""Terms that nobody could read any more are not taken."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

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


def test_terms_do_not_begin_in_the_past(client: Client) -> None:
    first = PolicyTerms.objects.create(valid_from=timezone.now() - timedelta(days=400))
    page = add(client)
    assert "in the past" in page.context["adminform"].form.errors["valid_from"][0]
    assert PolicyTerms.objects.get() == first


def test_terms_begin_in_the_future(client: Client) -> None:
    PolicyTerms.objects.create(valid_from=timezone.now() - timedelta(days=1))
    day = (timezone.now() + timedelta(days=1)).date().isoformat()
    assert add(client, valid_from_0=day).status_code == 302
    assert PolicyTerms.objects.count() == 2


def test_terms_to_come_are_not_put_back_into_the_past() -> None:
    now = timezone.now()
    PolicyTerms.objects.create(valid_from=now - timedelta(days=1))
    coming = PolicyTerms.objects.create(valid_from=now + timedelta(days=1))
    coming.valid_from = now - timedelta(hours=1)
    with pytest.raises(ValidationError):
        coming.full_clean()


def test_terms_in_force_are_as_good_as_they_were() -> None:
    terms = PolicyTerms.objects.create(valid_from=timezone.now() - timedelta(days=1))
    terms.full_clean()
