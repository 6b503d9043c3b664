"""Legal actions are buttons; each shows what would happen and asks before it acts."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from orders import aftersales, tools
from orders.acting import By
from orders.admin.acts import CASE_ACTS, ORDER_ACTS
from orders.models import AuditEntry, Case, Evidence, Order
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


def case_of(order: Order) -> Case:
    sku = order.lines.get().variant.sku
    by = By(at=timezone.now(), customer=order.customer)
    return aftersales.open_return(order.number, items={sku: 1}, by=by)


def page(subject: Order | Case) -> str:
    name = "order" if isinstance(subject, Order) else "case"
    return reverse(f"admin:orders_{name}_change", args=[subject.pk])


def act(subject: Order | Case, tool: str) -> str:
    name = "order" if isinstance(subject, Order) else "case"
    return reverse(f"admin:orders_{name}_act", args=[subject.pk, tool])


def buttons(client: Client, subject: Order | Case) -> set[str]:
    shown = client.get(page(subject)).context["acts"]
    return {button["url"].rstrip("/").rsplit("/", 1)[1] for button in shown()}


def test_every_write_has_its_button() -> None:
    acts = {act.tool for act in (*ORDER_ACTS, *CASE_ACTS)}
    # A profile's address is a form of its own; withdrawing is the shopper's.
    other = {"change_default_address", "withdraw_case"}
    assert acts == {t.name for t in tools.TOOLS.values() if t.writes} - other


def test_pending_order_offers_changes(staff: Client) -> None:
    assert buttons(staff, factories.order()) == {
        "cancel_order",
        "change_address",
        "change_payment",
        "change_items",
        "change_delivery",
    }


def test_delivered_order_offers_aftersales(staff: Client) -> None:
    assert buttons(staff, factories.delivered_order()) == {
        "open_return",
        "open_exchange",
        "open_repair",
        "open_refund",
    }


def test_every_button_opens_its_page(staff: Client) -> None:
    pending, delivered = factories.order(), factories.delivered_order()
    for subject in (pending, delivered, case_of(factories.delivered_order())):
        names = buttons(staff, subject)
        assert names
        for name in names:
            assert staff.get(act(subject, name)).status_code == 200


def test_look_shows_and_changes_nothing(staff: Client) -> None:
    order = factories.order()
    shown = staff.post(act(order, "cancel_order"), {"reason": "other", "look": "1"})
    assert "pending → cancelled" in shown.text
    assert "Yes, do it" in shown.text
    order.refresh_from_db()
    assert order.status == Order.Status.PENDING
    assert not AuditEntry.objects.exists()


def test_look_is_in_the_language_of_the_page(staff: Client) -> None:
    order = factories.order()
    given = {"reason": "other", "look": "1"}
    shown = staff.post(
        act(order, "cancel_order"), given, headers={"Accept-Language": "zh-Hans"}
    ).text
    assert order.number in shown
    assert "待处理 → 已取消" in shown
    assert "→ 信用卡" in shown


def test_case_shows_its_goods_by_name_and_sku(staff: Client) -> None:
    case = case_of(factories.delivered_order())
    line = case.lines.get().line
    shown = staff.get(page(case)).text
    assert line.variant.sku in shown
    assert f"{line.product_id} × 1" not in shown


def test_yes_acts_and_is_audited(staff: Client) -> None:
    order = factories.order()
    staff.post(act(order, "cancel_order"), {"reason": "other", "yes": "1"})
    order.refresh_from_db()
    assert order.status == Order.Status.CANCELLED
    assert AuditEntry.objects.get().actor == "staff:boss"


def test_refusal_is_said(staff: Client) -> None:
    order = factories.delivered_order()
    said = staff.post(act(order, "open_return"), {"yes": "1", "ground": "damaged"})
    assert "which items" in said.text
    assert not Case.objects.exists()


def test_return_by_line(staff: Client) -> None:
    order = factories.delivered_order(lines=2)
    line = order.lines.first()
    assert line
    given = {f"line_{line.pk}": "1", "ground": "changed_mind", "yes": "1"}
    staff.post(act(order, "open_return"), given)
    assert Case.objects.get().skus == [line.variant.sku]


def test_second_click_does_nothing(staff: Client) -> None:
    order = factories.delivered_order(lines=2)
    line = order.lines.first()
    assert line
    given = {f"line_{line.pk}": "1", "ground": "changed_mind", "yes": "1", "key": "k"}
    for _ in range(2):
        assert staff.post(act(order, "open_return"), given).status_code == 302
    assert Case.objects.count() == 1


def test_exchange_by_line(staff: Client) -> None:
    order = factories.delivered_order()
    line = order.lines.get()
    other = factories.variant(line.product)
    payment = order.payments.get()
    assert payment.method
    given = {
        f"new_{line.pk}": other.sku,
        f"count_{line.pk}": "1",
        "method": payment.method.ref,
        "yes": "1",
    }
    staff.post(act(order, "open_exchange"), given)
    assert Case.objects.get().replacement_skus == [other.sku]


def test_case_goes_its_way(staff: Client) -> None:
    case = case_of(factories.delivered_order())
    for tool in ("approve_case", "receive_case", "complete_case"):
        assert tool in buttons(staff, case)
        staff.post(act(case, tool), {"yes": "1"})
    case.refresh_from_db()
    assert case.status == Case.Status.COMPLETED
    assert buttons(staff, case) == set()


def test_reject_needs_a_sentence(staff: Client) -> None:
    case = case_of(factories.delivered_order())
    staff.post(act(case, "reject_case"), {"yes": "1", "decision": ""})
    case.refresh_from_db()
    assert case.status == Case.Status.REQUESTED


def test_viewer_has_no_buttons(client: Client) -> None:
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_order"))
    client.force_login(viewer)
    order = factories.order()
    assert buttons(client, order) == set()
    refused = client.post(act(order, "cancel_order"), {"reason": "other", "yes": "1"})
    assert refused.status_code == 403
    order.refresh_from_db()
    assert order.status == Order.Status.PENDING


def test_evidence_is_a_download(staff: Client) -> None:
    case = case_of(factories.delivered_order())
    evidence: Any = Evidence.objects.create(
        case=case,
        name="photo.jpg",
        content_type="image/jpeg",
        content=b"photo",
        added_at=timezone.now(),
    )
    url = reverse("admin:orders_case_evidence", args=[evidence.pk])
    assert url in staff.get(page(case)).text
    sent = staff.get(url)
    assert sent.content == b"photo"
    assert sent["Content-Disposition"].startswith("attachment")
