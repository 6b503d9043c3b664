"""The blind gold set is understood as well as was measured, less a margin."""

from pathlib import Path

import pytest
from django.core.management import call_command

from kb.encoders import encoder_for

pytestmark = pytest.mark.django_db

GOLD = Path(__file__).parents[2] / "gold"
FLOORS = {"accuracy": 0.88, "macro_f1": 0.88, "multi_f1": 0.84, "slot_f1": 0.79}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_figure_falls_below_its_floor(language: str) -> None:
    if language == "en" and encoder_for(language) is None:
        pytest.skip("the floors were measured with the English encoder")
    floors = [f"--floor={name}={least}" for name, least in FLOORS.items()]
    call_command(
        "evaluate_understanding", str(GOLD / f"gold_{language}.jsonl"), *floors
    )
