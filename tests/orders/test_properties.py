"""Whatever is done in whatever sequence, the laws of money and pieces hold."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.orders.machine import ShopMachine

SETTINGS = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_any_sequence_of_writes_keeps_the_laws() -> None:
    run_state_machine_as_test(ShopMachine, settings=SETTINGS)
    assert ShopMachine.done.total() > 20
