"""Writes a network of torch as ONNX, exact and small; used at install and in training."""

import warnings
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from kb.encoders.folder import EXACT, SMALL

OPSET = 17
# As it comes from torch, without the shapes that the small form is made by.
RAW = "raw.onnx"


class Pooled(torch.nn.Module):  # type: ignore[misc]
    """The mean of a BERT's last states over the real tokens, of length one."""

    def __init__(self, bert: Any) -> None:
        super().__init__()
        self.bert = bert

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> torch.Tensor:
        states = self.bert(
            input_ids=input_ids,
            attention_mask=attention_mask,
            token_type_ids=torch.zeros_like(input_ids),
        ).last_hidden_state
        real = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * real).sum(1) / real.sum(1)
        return torch.nn.functional.normalize(mean, dim=-1)


def export(network: Any, folder: Path) -> None:
    """Write both forms of a network that takes tokens and gives vectors."""
    write(network, folder, {"vectors": {0: "n"}}, QuantType.QInt8)


def write(
    network: Any, folder: Path, outputs: dict[str, dict[int, str]], rounded: QuantType
) -> None:
    """Write both forms of a network that takes tokens; `outputs` name open axes."""
    tokens = torch.tensor([[1, 2, 0], [1, 2, 3]])
    inputs = {"input_ids": {0: "n", 1: "t"}, "attention_mask": {0: "n", 1: "t"}}
    with warnings.catch_warnings(), torch.no_grad():
        # The exporter is the old one: it needs nothing else, and is the quicker.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(),
            (tokens, (tokens > 0).long()),
            str(folder / RAW),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={**inputs, **outputs},
            opset_version=OPSET,
            dynamo=False,
        )
    quant_pre_process(
        folder / RAW, folder / EXACT, skip_symbolic_shape=True, skip_optimization=True
    )
    (folder / RAW).unlink()
    quantize_dynamic(
        folder / EXACT, folder / SMALL, weight_type=rounded, per_channel=True
    )
