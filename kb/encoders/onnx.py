"""A sentence encoder run by onnxruntime on one thread; torch is never imported."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kb.encoders.base import Vectors
from kb.encoders.batches import by_length, padded
from kb.encoders.folder import EXACT, SMALL, TOKENIZER, Card, read_card

# One text is tokenised faster than threads are started.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

# Pieces of these tokenizers are never longer on average: the rest would be cut anyway.
LETTERS_A_TOKEN = 16


class OnnxEncoder:
    """Threads may share it."""

    max_batch = 32

    def __init__(self, folder: Path, card: Card, *, exact: bool = False) -> None:
        # Late: together they take a third of a second.
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = f"{card.name}-{'fp32' if exact else 'int8'}"
        self.dim = card.dim
        self.languages = frozenset(card.languages)
        self._letters = card.tokens * LETTERS_A_TOKEN
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(card.tokens)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        path = folder / (EXACT if exact else SMALL)
        self._session = onnxruntime.InferenceSession(
            str(path), options, ["CPUExecutionProvider"]
        )

    def warm(self) -> None:
        self.encode(["warm"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dim), np.float32)
        lists = [self._tokens(text) for text in texts]
        for at in by_length(lists, self.max_batch):
            ids, mask = padded([lists[i] for i in at])
            fed = {"input_ids": ids, "attention_mask": mask}
            vectors[at] = self._session.run(None, fed)[0]
        return vectors

    def _tokens(self, text: str) -> list[int]:
        # Half a surrogate pair is no text to the tokenizer.
        cut = text[: self._letters].encode("utf-8", "replace").decode("utf-8")
        ids: list[int] = self._tokenizer.encode(cut).ids
        return ids


def open_encoder(folder: Path, *, exact: bool = False) -> OnnxEncoder | None:
    """Load the encoder in `folder`; None where there is none. Raises where it is broken."""
    card = read_card(folder)
    return OnnxEncoder(folder, card, exact=exact) if card else None
