"""The API's own description, and the page that shows it."""

from io import StringIO

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from tests.ecomsupport.test_api import FILTERS, ROUTES

pytestmark = pytest.mark.django_db


def test_schema_has_every_route_and_no_warning() -> None:
    schema = StringIO()
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=schema)
    for route in ROUTES:
        assert f"/api/{route}/:" in schema.getvalue()


def test_schema_tells_of_filters(client: Client) -> None:
    schema = client.get("/api/schema/", headers={"Accept": "application/json"}).json()
    for route, name, _kind in FILTERS:
        parameters = schema["paths"][f"/api/{route}/"]["get"]["parameters"]
        assert name in [parameter["name"] for parameter in parameters]


def test_docs_load_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/docs/")
    assert page.status_code == 200
    assert b"://" not in page.content.replace(b"http://testserver", b"")
    script = "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js"
    assert f"/static/{script}" in page.content.decode()
    assert finders.find(script)
