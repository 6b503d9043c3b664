"""Writes a trained network as ONNX: exact, and rounded to eight bits."""

from pathlib import Path

from onnxruntime.quantization import QuantType

from bots.finetuning.network import Network
from kb.encoders.exporting import write

_OUTPUTS = {"intents": {0: "n"}, "tags": {0: "n", 1: "t"}}


def export(network: Network, folder: Path) -> None:
    """Write both forms. The network cannot be trained on after that."""
    network.cpu().float()
    # The plain form of attention is the one that the exporter can follow.
    network.encoder.set_attn_implementation("eager")
    # Signed weights overflow on processors that have no instructions for them.
    write(network, folder, _OUTPUTS, QuantType.QUInt8)
