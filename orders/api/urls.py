"""Addresses of what is no list; they come before the lists, whose refs may be long."""

import re

from django.urls import URLPattern, path, re_path

from orders.api.addresses import ADDRESSES, Address
from orders.api.calling import CallByName, Tools, view_of
from orders.api.evidence import EvidenceOfCase, OneEvidence

# A ref may have dots and slashes; PostgreSQL cannot even compare with NUL.
REF = r"[^\x00]+"


def _route(address: Address) -> URLPattern:
    pattern = re.sub(r"{(\w+)}", lambda found: f"(?P<{found[1]}>{REF})", address.path)
    return re_path(f"^{pattern}$", view_of(address).as_view(), name=address.tool)


urlpatterns = [
    *(_route(address) for address in ADDRESSES.values() if not address.by_list),
    re_path(
        rf"^cases/(?P<ref>{REF})/evidence/(?P<file>[0-9]{{1,18}})/$",
        OneEvidence.as_view(),
        name="one_evidence",
    ),
    re_path(
        rf"^cases/(?P<ref>{REF})/evidence/$",
        EvidenceOfCase.as_view(),
        name="evidence",
    ),
    path("tools/", Tools.as_view(), name="tools"),
    re_path(r"^tools/(?P<name>[a-z_]+)/$", CallByName.as_view(), name="tool"),
]
