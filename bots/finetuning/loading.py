"""An encoder of transformers, by folder or name, and the tokenizer that belongs to it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from django.utils.translation import gettext as _
from tokenizers import Tokenizer
from transformers import AutoModel, AutoTokenizer
from transformers.utils import logging

from bots.finetuning.plan import FinetuningError

# Messages are short; the rest of a longer one is cut.
TOKENS = 128
# Some count their places from the padding's number on.
_PLACES_LOST = 2


@dataclass(frozen=True, kw_only=True)
class Loaded:
    encoder: Any
    tokenizer: Tokenizer
    tokens: int


def load(encoder: str) -> Loaded:
    """Read it from a folder, which needs no network, or by its name.

    Raises FinetuningError.
    """
    logging.disable_progress_bar()
    local = Path(encoder).is_dir()
    try:
        tokenizer = AutoTokenizer.from_pretrained(encoder, local_files_only=local)
        model = AutoModel.from_pretrained(
            encoder, local_files_only=local, dtype=torch.float32
        )
    except (OSError, ValueError, KeyError) as error:
        raise FinetuningError(
            _("%(name)s cannot be loaded: %(reason)s")
            % {"name": encoder, "reason": error}
        ) from error
    if not getattr(tokenizer, "is_fast", False):
        raise FinetuningError(
            _("%(name)s has no tokenizer that tells places.") % {"name": encoder}
        )
    places = getattr(model.config, "max_position_embeddings", TOKENS + _PLACES_LOST)
    return Loaded(
        encoder=model,
        tokenizer=tokenizer.backend_tokenizer,
        tokens=min(TOKENS, places - _PLACES_LOST),
    )
