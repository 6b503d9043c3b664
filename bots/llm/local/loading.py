"""Loads a causal model and its tokenizer, in the precision that is asked for."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import transformers

from bots.llm.local import weights
from bots.llm.local.prompts import Prompts

# What the weights are held in; "auto" keeps what they were saved in.
PRECISIONS = {"auto": "auto", "bf16": torch.bfloat16, "int8": "auto"}


@dataclass(frozen=True, kw_only=True)
class Causal:
    """A model that is ready to write."""

    model: Any
    prompts: Prompts

    @property
    def room(self) -> int:
        """The most tokens that it can read and write together."""
        limit = getattr(self.model.config, "max_position_embeddings", None)
        return int(limit) if limit else 1 << 20

    @property
    def ends(self) -> frozenset[int]:
        """The tokens that end an answer."""
        ends = self.model.generation_config.eos_token_id
        return frozenset(ends if isinstance(ends, list) else {ends}) - {None}


def load(name: str, *, precision: str = "auto") -> Causal:
    """Load by folder, without any network, or by name."""
    local = Path(name).is_dir()
    tokenizer = transformers.AutoTokenizer.from_pretrained(name, local_files_only=local)
    model = transformers.AutoModelForCausalLM.from_pretrained(
        name, local_files_only=local, dtype=PRECISIONS[precision]
    )
    return ready(model, tokenizer, precision=precision)


def ready(model: Any, tokenizer: Any, *, precision: str = "auto") -> Causal:
    model.eval()
    cuda = torch.cuda.is_available()
    if precision == "int8" and not cuda:
        # Processors reckon in full floats; the weights are what takes the time.
        model.float()
    model.to("cuda" if cuda else "cpu")
    if precision == "int8":
        weights.lighten(model)
    return Causal(model=model, prompts=Prompts(tokenizer))
