"""Weights rounded to int8 by torchao, and the product that reads them fastest.

Without a batch, writing a token means reading every weight once: what counts is how few
bytes they are. Which product is fastest differs between processors and with the number
of rows, so that each is timed once, when a model is loaded.
"""

import time
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

Product = Callable[[torch.Tensor], torch.Tensor]

# Rows up to which a choice holds: one answer, a few, a full batch, a prompt.
ROWS = (1, 4, 8, 16)
MANY = 64
_ROUNDS = 7


class Int8:
    """The int8 weights as they are, read by torch's own product for them."""

    def __init__(self, data: torch.Tensor, scale: torch.Tensor) -> None:
        self._data = data
        self._scale = scale.to(torch.bfloat16)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        product = torch.ops.aten._weight_int8pack_mm  # noqa: SLF001 - has no other name
        y: torch.Tensor = product(x.to(torch.bfloat16), self._data, self._scale)
        return y.to(x.dtype)


class Half:
    """The same numbers packed as half floats: more bytes, less to unpack."""

    def __init__(self, data: torch.Tensor, scale: torch.Tensor) -> None:
        whole = data.float() * scale[:, None]
        self._packed = torch.ops.quantized.linear_prepack_fp16(whole, None)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        y: torch.Tensor = torch.ops.quantized.linear_dynamic_fp16(x, self._packed)
        return y


FORMS: tuple[Callable[[torch.Tensor, torch.Tensor], Product], ...] = (Int8, Half)


class Light(nn.Module):  # type: ignore[misc]
    """A linear layer that reads its weights in the form best for the rows at hand."""

    def __init__(
        self,
        forms: dict[int, Product],
        chosen: tuple[int, ...],
        bias: torch.Tensor | None,
        size: int,
    ) -> None:
        super().__init__()
        self._products = tuple(forms[form] for form in chosen)
        self._size = size
        self.register_buffer("bias", bias, persistent=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        rows = x.reshape(-1, x.shape[-1])
        y = self._products[_bucket(rows.shape[0])](rows)
        if self.bias is not None:
            y = y + self.bias
        return y.view(*x.shape[:-1], self._size)


def lighten(model: nn.Module) -> None:
    """Replace the weights of every linear layer by int8 ones."""
    # Here, since only this setting needs it.
    from torchao.quantization import Int8WeightOnlyConfig, quantize_

    # A head that shares its weights with the embedding gets its own.
    quantize_(model, Int8WeightOnlyConfig())
    if next(model.parameters()).device.type != "cpu":
        return
    layers = [
        (name, layer)
        for name, layer in model.named_modules()
        if isinstance(layer, nn.Linear)
    ]
    with torch.inference_mode():
        chosen = choose(max((layer for _, layer in layers), key=_size))
    for name, layer in layers:
        parent, _, last = name.rpartition(".")
        setattr(model.get_submodule(parent), last, light(layer, chosen))


def light(layer: nn.Linear, chosen: tuple[int, ...]) -> Light:
    data, scale = _parts(layer)
    forms = {form: FORMS[form](data, scale) for form in set(chosen)}
    bias = None if layer.bias is None else layer.bias.detach()
    return Light(forms, chosen, bias, layer.out_features)


def choose(layer: nn.Linear) -> tuple[int, ...]:
    """The fastest form for each bucket of rows, timed on one layer."""
    data, scale = _parts(layer)
    forms = [form(data, scale) for form in FORMS if _works(form)]
    return tuple(_fastest(forms, rows, data.shape[1]) for rows in (*ROWS, MANY))


def _bucket(rows: int) -> int:
    for at, most in enumerate(ROWS):
        if rows <= most:
            return at
    return len(ROWS)


def _size(layer: nn.Linear) -> int:
    return int(layer.weight.numel())


def _parts(layer: nn.Linear) -> tuple[torch.Tensor, torch.Tensor]:
    weight: Any = layer.weight
    return weight.qdata, weight.scale.reshape(-1)


def _works(form: Callable[[torch.Tensor, torch.Tensor], Product]) -> bool:
    # Packing half floats needs an engine that not every processor has.
    return form is not Half or "fbgemm" in torch.backends.quantized.supported_engines


def _fastest(forms: list[Product], rows: int, size: int) -> int:
    x = torch.randn(rows, size)
    best = [float("inf")] * len(forms)
    # In turns, and the least of each: other work on the machine only adds.
    for _ in range(_ROUNDS):
        for at, product in enumerate(forms):
            began = time.perf_counter()
            product(x)
            best[at] = min(best[at], time.perf_counter() - began)
    return best.index(min(best))
