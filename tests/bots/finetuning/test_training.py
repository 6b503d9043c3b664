"""Training leaves the network as exact as it was before."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import TrainingArguments

from bots.finetuning import silent, training
from bots.finetuning.loading import load
from bots.finetuning.network import Network
from bots.finetuning.tokens import collate, examples
from tests.bots.finetuning.tiny import LABELS, PLAN, ROWS


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train in mixed precision, as a GPU does."""

    def arguments(**given: Any) -> TrainingArguments:
        return TrainingArguments(**given | {"bf16": True, "use_cpu": True})

    monkeypatch.setattr(training, "TrainingArguments", arguments)


@pytest.mark.usefixtures("narrow")
def test_mixed_precision_ends_with_the_training(
    encoder: Callable[[str], Path], tmp_path: Path
) -> None:
    loaded = load(str(encoder("bert")))
    network = Network(loaded.encoder, len(LABELS.intents), len(LABELS.tags))
    made = examples(ROWS, loaded.tokenizer, LABELS)
    loss = training.train(network, made, tmp_path, replace(PLAN, epochs=2), silent)
    batch = collate(made[:4])
    batch.pop("labels")
    network.eval()
    with torch.no_grad():
        scores = network(**batch)[0]
        # The class's own way, whatever was put around the network's.
        exact = Network.forward(network, **batch)[0]

    assert loss < 2
    assert torch.equal(scores, exact)
