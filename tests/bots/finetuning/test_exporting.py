"""What is written says what the trained network said."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from bots.finetuning.exporting import export
from bots.finetuning.loading import load
from bots.finetuning.network import Network
from tests.bots.finetuning.tiny import KINDS

IDS = np.array([[0, 7, 8, 9, 2, 0, 0], [0, 12, 2, 0, 0, 0, 0], [0, *range(5, 10), 2]])
MASK = np.array([[1] * 5 + [0] * 2, [1] * 3 + [0] * 4, [1] * 7])


@pytest.mark.parametrize("kind", KINDS)
def test_both_forms_agree_with_torch(
    kind: str, encoder: Callable[[str], Path], tmp_path: Path
) -> None:
    network = Network(load(str(encoder(kind))).encoder, 5, 3).eval()
    with torch.no_grad():
        wanted = network(torch.from_numpy(IDS), torch.from_numpy(MASK))
    export(network, tmp_path)

    for name, allowed in (("model.onnx", 1e-3), ("model.int8.onnx", 0.05)):
        session = onnxruntime.InferenceSession(str(tmp_path / name))
        intents, tags = session.run(None, {"input_ids": IDS, "attention_mask": MASK})
        assert np.abs(intents - wanted[0].numpy()).max() < allowed
        assert np.abs(tags - wanted[1].numpy())[MASK > 0].max() < allowed
    assert len(list(tmp_path.iterdir())) == 2
