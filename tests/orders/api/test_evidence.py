"""Photos and documents of a case over HTTP."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from orders.acting import By
from orders.aftersales import EVIDENCE_SIZE, open_return
from orders.models import Case, Evidence
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("boss"))
    return client


@pytest.fixture
def case() -> Case:
    order = factories.delivered_order()
    by = By(at=factories.ago(), customer=None)
    sku = order.lines.get().variant.sku
    return open_return(order.number, items={sku: 1}, reason="", by=by)


def _attach(
    client: Client, case: Case, content: bytes = b"png", kind: str = "image/png"
) -> Any:
    file = SimpleUploadedFile("a photo.png", content, kind)
    return client.post(f"/api/cases/{case.ref}/evidence/", {"file": file})


def test_photo_is_attached_and_downloaded(boss: Client, case: Case) -> None:
    assert _attach(boss, case).status_code == 201
    (listed,) = boss.get(f"/api/cases/{case.ref}/evidence/").json()["evidence"]
    file = boss.get(f"/api/cases/{case.ref}/evidence/{listed['id']}/")
    assert listed["name"] == "a photo.png"
    assert file.content == b"png"
    assert file["Content-Disposition"] == 'attachment; filename="a photo.png"'
    assert file["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<script>", "text/html"),
        (b"<svg/>", "image/svg+xml"),
        (b"", "image/png"),
        (b"x" * (EVIDENCE_SIZE + 1), "image/png"),
    ],
)
def test_anything_else_is_refused(
    boss: Client, case: Case, content: bytes, kind: str
) -> None:
    answer = _attach(boss, case, content, kind)
    assert answer.json()["code"] == "evidence_not_allowed"
    assert not Evidence.objects.exists()


def test_form_without_a_file_is_malformed(boss: Client, case: Case) -> None:
    answer = boss.post(f"/api/cases/{case.ref}/evidence/", {"file": "text"})
    assert answer.status_code == 400
    broken = boss.post(
        f"/api/cases/{case.ref}/evidence/", b"--x", "multipart/form-data; boundary=x"
    )
    assert broken.status_code == 400


def test_file_of_another_case_is_not_found(boss: Client, case: Case) -> None:
    _attach(boss, case)
    key = Evidence.objects.get().pk
    assert boss.get(f"/api/cases/OTHER/evidence/{key}/").status_code == 404
    assert boss.get("/api/cases/OTHER/evidence/").status_code == 404


def test_evidence_takes_the_right_to_the_case(client: Client, case: Case) -> None:
    clerk = User.objects.create_user("clerk", is_staff=True)
    client.force_login(clerk)
    assert client.get(f"/api/cases/{case.ref}/evidence/").status_code == 403
    clerk.user_permissions.add(Permission.objects.get(codename="view_case"))
    assert client.get(f"/api/cases/{case.ref}/evidence/").status_code == 200
    assert _attach(client, case).status_code == 403
    assert not Evidence.objects.exists()
