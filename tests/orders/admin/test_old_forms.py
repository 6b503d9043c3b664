"""A form that was opened a while ago does not undo what happened since."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from orders.models import AuditEntry, Customer, Order, PaymentMethod, Variant
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


@pytest.fixture
def piece() -> Variant:
    return factories.variant(price=Decimal("10.00"), stock=5)


def opened(boss: Client, piece: Variant) -> dict[str, Any]:
    """What the page of a product would send if nothing were changed in it."""
    page = boss.get(reverse("admin:orders_product_change", args=[piece.product.pk]))
    form = page.context["adminform"].form
    (rows,) = page.context["inline_admin_formsets"]
    sent = {name: form[name].value() for name in form.fields}
    for part in (rows.formset.management_form, *rows.formset.initial_forms):
        for name in part.fields:
            sent[part[name].html_name] = part[name].value()
            if part.fields[name].show_hidden_initial:
                sent[part[name].html_initial_name] = part[name].value()
                assert part[name].html_initial_name in page.content.decode()
    return {name: "" if value is None else value for name, value in sent.items()}


def send(boss: Client, piece: Variant, sent: dict[str, Any]) -> Any:
    url = reverse("admin:orders_product_change", args=[piece.product.pk])
    answer = boss.post(url, sent)
    piece.refresh_from_db()
    return answer


def test_stock_is_changed_and_audited(boss: Client, piece: Variant) -> None:
    sent = opened(boss, piece) | {"variants-0-stock": "8"}
    assert send(boss, piece, sent).status_code == 302
    assert piece.stock == 8
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_ref) == ("change_variants", piece.product.ref)
    assert entry.before == {piece.sku: {"stock": "5"}}
    assert entry.after == {piece.sku: {"stock": "8"}}


def test_of_two_who_count_the_later_is_told(boss: Client, piece: Variant) -> None:
    sent = opened(boss, piece) | {"variants-0-stock": "8"}
    Variant.objects.update(stock=4)
    page = send(boss, piece, sent)
    assert (page.status_code, piece.stock) == (200, 4)
    assert "now it is 4" in page.content.decode()
    assert not AuditEntry.objects.exists()


def test_what_was_sold_meanwhile_stays_sold(boss: Client, piece: Variant) -> None:
    sent = opened(boss, piece) | {"variants-0-price": "12.00"}
    Variant.objects.update(stock=4)
    assert send(boss, piece, sent).status_code == 302
    assert (piece.price, piece.stock) == (Decimal("12.00"), 4)


@pytest.mark.parametrize("seen", [None, "", "x"])
def test_who_saw_nothing_changes_nothing(
    boss: Client, piece: Variant, seen: str | None
) -> None:
    sent = opened(boss, piece) | {"variants-0-stock": "8"}
    sent |= {"initial-variants-0-stock": seen or ""}
    if seen is None:
        del sent["initial-variants-0-stock"]
    assert send(boss, piece, sent).status_code == 200
    assert piece.stock == 5
