"""The edges of the policy, under the shop's normal rules."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from ecomsupport import taubench
from ecomsupport.taubench.cases import Task
from orders import lookup, tools

from .conftest import AT, Cases

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def bench(
    data: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[taubench.Bench]:
    shop = taubench.shop(data, at=AT, same_variant_change=False)
    with django_db_blocker.unblock(), shop as bench:
        yield bench


@pytest.mark.timeout(600)
def test_every_edge_is_decided(bench: taubench.Bench, cases: Cases) -> None:
    edges = cases("policy_edge.jsonl")
    failed = {edge["id"]: bench.failure(_task(edge)) for edge in edges}
    assert len(edges) == 95
    assert {name: why for name, why in failed.items() if why} == {}


def _task(edge: dict[str, Any]) -> Task:
    call = edge["call"] | {"expect": edge["expect"], "error": edge.get("error")}
    call["kwargs"] = _exact(call["kwargs"], edge["acting_user"])
    setup = [one | {"expect": "ok"} for one in edge["setup"]]
    return Task.model_validate(edge | {"actions": [*setup, call]})


def _exact(arguments: dict[str, Any], user: str | None) -> dict[str, Any]:
    """What the layer above the tools does with what a person wrote."""
    owner = lookup.customer(user) if user else None
    exact = dict(arguments)
    if "order_id" in exact:
        tidied = tools.tidy({"number": exact["order_id"]}, customer=owner)
        exact["order_id"] = tidied["number"]
    if "reason" in exact:
        exact["reason"] = exact["reason"].strip(" .").lower()
    return exact
