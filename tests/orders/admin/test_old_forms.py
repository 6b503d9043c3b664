"""A form that was opened a while ago does not undo what happened since."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from orders.models import Customer, Order, PaymentMethod
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


def fields(page: Any) -> set[str]:
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return {name for form in forms for name in form.fields}


def look(boss: Client, row: Customer | Order) -> Any:
    name = f"admin:orders_{type(row).__name__.lower()}_change"
    return boss.get(reverse(name, args=[row.pk]))


def test_a_gift_card_is_not_filled_by_hand(boss: Client) -> None:
    owner = factories.customer()
    factories.method(owner, kind=PaymentMethod.Kind.GIFT_CARD, balance=Decimal("20.00"))
    page = look(boss, owner)
    assert "20.00" in page.content.decode()
    assert "balance" not in fields(page)


def test_an_address_is_changed_by_its_button_alone(boss: Client) -> None:
    order = factories.order(address={"line1": "1 New Road", "city": "Bath"})
    page = look(boss, order)
    assert "1 New Road" in page.content.decode()
    assert "address" not in fields(page)
