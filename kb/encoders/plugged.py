"""Any sentence encoder of transformers, by folder or name; only it needs torch to run."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoModel, AutoTokenizer
from transformers.utils import cached_file

from kb.encoders.base import Vectors
from kb.encoders.batches import by_length

# Messages and questions are short; the rest of a longer one is cut.
TOKENS = 128
POOLING = "1_Pooling/config.json"


class PluggedEncoder:
    """Pools as its card says (first token, maximum, else mean), on a GPU if there is one."""

    max_batch = 64
    # Nothing in its files says which it knows.
    languages: frozenset[str] = frozenset()

    def __init__(self, model: str) -> None:
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._tokenizer = AutoTokenizer.from_pretrained(model)
        self._model = AutoModel.from_pretrained(model).to(self._device).eval()
        self._pool = _pooling(model)
        self.dim = int(self._model.config.hidden_size)
        self.name = f"{model}-{_stamp(model)}"

    def warm(self) -> None:
        self.encode(["warm"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), np.float32)
        whole = [_readable(text) for text in texts]
        for at in by_length(whole, self.max_batch):
            vectors[at] = self._run([whole[i] for i in at])
        return vectors

    @torch.inference_mode()  # type: ignore[untyped-decorator]
    def _run(self, texts: list[str]) -> Vectors:
        batch = self._tokenizer(
            texts,
            padding=True,
            truncation=True,
            max_length=min(TOKENS, self._tokenizer.model_max_length),
            return_tensors="pt",
        ).to(self._device)
        states = self._model(**batch).last_hidden_state.float()
        pooled = self._pooled(states, batch["attention_mask"].unsqueeze(-1))
        rows: Vectors = torch.nn.functional.normalize(pooled, dim=-1).cpu().numpy()
        return rows

    def _pooled(self, states: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        if self._pool == "cls":
            return states[:, 0]
        if self._pool == "max":
            return states.masked_fill(real == 0, -torch.inf).amax(1)
        return (states * real).sum(1) / real.sum(1)


def _readable(text: str) -> str:
    # To the tokenizer half a surrogate pair is no text, and of nothing no tokens come.
    return text.encode("utf-8", "replace").decode("utf-8").strip() or "."


def _pooling(model: str) -> str:
    path = cached_file(model, POOLING, _raise_exceptions_for_missing_entries=False)
    said: dict[str, Any] = json.loads(Path(path).read_text("utf-8")) if path else {}
    for mode, key in (("cls", "cls_token"), ("max", "max_tokens")):
        if said.get("pooling_mode") == mode or said.get(f"pooling_mode_{key}"):
            return mode
    return "mean"


def _stamp(model: str) -> str:
    """Changes with the files of a folder; a model of the hub is told by its name."""
    files = sorted(Path(model).glob("*")) if Path(model).is_dir() else []
    seen = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:8]
