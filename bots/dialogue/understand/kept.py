"""Sentence vectors of training text, kept beside the models: making them takes longest."""

import hashlib
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bots.dialogue.understand.classifier import Encoder
from bots.dialogue.understand.vectors import Floats

logger = logging.getLogger(__name__)

Keys = NDArray[np.uint64]


def encoded(encoder: Encoder, texts: Sequence[str], folder: Path) -> Floats:
    """Return the vectors of `texts`; those that the folder keeps are not made anew."""
    file = (
        folder / f"vectors-{hashlib.sha256(encoder.name.encode()).hexdigest()[:12]}.npz"
    )
    keys, kept = _read(file)
    wanted = np.array([_key(text) for text in texts], np.uint64)
    known = set(keys.tolist())
    fresh = [text for text in dict.fromkeys(texts) if _key(text) not in known]
    if fresh:
        added = encoder.encode(fresh)
        new = np.array([_key(text) for text in fresh], np.uint64)
        keys = np.concatenate([keys, new])
        kept = np.concatenate([kept, added]) if kept.size else added
        _write(file, keys, kept)
    order = np.argsort(keys)
    vectors: Floats = kept[order[np.searchsorted(keys[order], wanted)]]
    return vectors


def _key(text: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    )


def _read(file: Path) -> tuple[Keys, Floats]:
    try:
        with np.load(file, allow_pickle=False) as held:
            return held["keys"], held["vectors"]
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError) as error:
        logger.warning("%s cannot be read (%s), encoding anew", file.name, error)
    return np.zeros(0, np.uint64), np.zeros((0, 0), np.float32)


def _write(file: Path, keys: Keys, vectors: Floats) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and moved: another process reads all of it or nothing.
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as aside:
        np.savez(aside, keys=keys, vectors=vectors)
    Path(aside.name).replace(file)
