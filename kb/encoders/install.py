"""Exports the packaged English encoder once, so that it runs without torch."""

import shutil
from pathlib import Path

from kb.encoders.folder import TOKENIZER, Card, read_card, replace_folder, write_card
from kb.encoders.packaged import NAME

# Longer messages are cut: what matters is said first, and time stays bounded.
TOKENS = 64
CARD = Card(name=NAME, languages=["en"], dim=384, tokens=TOKENS)


def installed(target: Path) -> bool:
    return read_card(target) == CARD


def install(source: Path, target: Path) -> None:
    """Export the model in `source` to `target`, in one step."""
    replace_folder(target, lambda folder: _fill(source, folder))


def _fill(source: Path, folder: Path) -> None:
    # Late: they bring torch.
    from transformers import AutoModel
    from transformers.utils import logging

    from kb.encoders.exporting import Pooled, export

    logging.disable_progress_bar()
    model = AutoModel.from_pretrained(
        source, attn_implementation="eager", local_files_only=True
    )
    export(Pooled(model), folder)
    shutil.copyfile(source / TOKENIZER, folder / TOKENIZER)
    write_card(folder, CARD)
