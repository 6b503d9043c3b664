"""How many products and reasons are found in phrases that taught nothing."""

import pytest

from bots.dialogue.understand import store
from bots.evaluation import spans

_GOODS = ("kettle", "lamp", "mug", "tent", "desk")
_LINES = [("return_request", f"return the [{word}](product)") for word in _GOODS]
_LINES += [
    ("return_request", f"the [{word}](product) [leaks](reason)") for word in _GOODS
]
_LINES += [("greet", "hello"), ("repair_request", "[leaks](reason)")]


def test_rules_and_what_is_learnt_stand_side_by_side(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "lines", lambda _: _LINES)

    figures = {row[:44].strip(): row.split()[-1] for row in spans.table("en")}

    assert list(figures)[1:] == [
        "product, rules",
        "product, learnt",
        "reason, rules",
        "reason, learnt",
    ]
    assert figures["product, learnt"] == "1.000"
    assert figures["reason, rules"] != "1.000"
