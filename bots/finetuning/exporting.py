"""Writes a trained network as ONNX: exact, and rounded to eight bits."""

import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from bots.finetuning.network import Network
from kb.encoders.exporting import OPSET, RAW
from kb.encoders.folder import EXACT, SMALL

_OPEN = {0: "n", 1: "t"}
_AXES = {
    "input_ids": _OPEN,
    "attention_mask": _OPEN,
    "intents": {0: "n"},
    "tags": _OPEN,
}


def export(network: Network, folder: Path) -> None:
    """Write both forms. The network cannot be trained on after that."""
    network.cpu().float().eval()
    # The plain form of attention is the one that the exporter can follow.
    network.encoder.set_attn_implementation("eager")
    tokens = torch.tensor([[1, 2, 0], [1, 2, 3]])
    mask = torch.tensor([[1, 1, 0], [1, 1, 1]])
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (tokens, mask),
            str(folder / RAW),
            input_names=["input_ids", "attention_mask"],
            output_names=["intents", "tags"],
            dynamic_axes=_AXES,
            opset_version=OPSET,
            dynamo=False,
        )
    quant_pre_process(
        folder / RAW, folder / EXACT, skip_symbolic_shape=True, skip_optimization=True
    )
    (folder / RAW).unlink()
    # Signed weights overflow on processors that have no instructions for them.
    quantize_dynamic(
        folder / EXACT, folder / SMALL, weight_type=QuantType.QUInt8, per_channel=True
    )
