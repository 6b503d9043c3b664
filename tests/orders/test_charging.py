"""However charges and refunds end, no more goes out than came in."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.orders.charging import ChargeMachine

SETTINGS = settings(
    max_examples=20,
    stateful_step_count=12,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_money_in_is_money_out_and_what_is_held() -> None:
    run_state_machine_as_test(ChargeMachine, settings=SETTINGS)
    for write in ("settled_by_hand", "failed_by_hand", "cancel", "change_payment"):
        assert ChargeMachine.done[write]
