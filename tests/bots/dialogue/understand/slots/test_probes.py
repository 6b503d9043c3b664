"""How many slots are read out of messages that were written to probe them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.slots import extract
from tests.bots.dialogue.understand.said import AT

pytestmark = pytest.mark.django_db

_HERE = Path(__file__).parent
# Measured .98, less a margin.
_FLOOR = 0.95
_NUMBERS = {"quantity", "rating", "price_min", "price_max"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_slots_of_probes_are_found(language: str) -> None:
    right = found = wanted = 0
    for text, intent, expecting, gold in _probes(language):
        told = extract(read(text), frozenset([intent]), expecting, AT)
        right += sum(told.get(slot) == value for slot, value in gold.items())
        found += len(told)
        wanted += len(gold)

    assert wanted > 120
    assert 2 * right / (found + wanted) >= _FLOOR


def _probes(language: str) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    lines = (_HERE / f"probes_{language}.txt").read_text("utf-8").splitlines()
    for line in lines:
        if not line.startswith("#"):
            text, intent, expecting, slots = map(str.strip, f"{line} ".split("|"))
            yield text, intent, expecting, _slots(slots)


def _slots(said: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in filter(None, said.split("; ")):
        slot, value = pair.split("=", 1)
        if slot.startswith("option."):
            found.setdefault("options", {})[slot.removeprefix("option.")] = value
        else:
            found[slot] = int(value) if slot in _NUMBERS else value
    return found
