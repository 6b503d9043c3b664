"""A fine-tuned network's folder: what lies in it, and how it is read."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from kb.encoders.folder import EXACT, SMALL, TOKENIZER

__all__ = ["CALIBRATION", "EXACT", "LABELS", "SMALL", "TOKENIZER"]

LABELS = "labels.json"
CALIBRATION = "calibration.json"

Content = TypeVar("Content")


class NetworkError(Exception):
    """A network cannot be read; its words name the file and say why."""


@dataclass(frozen=True, kw_only=True)
class Labels:
    # What it was made of.
    encoder: str
    # Whose text it learnt.
    languages: tuple[str, ...]
    intents: tuple[str, ...]
    # "O", and for each slot "B-…" where it begins and "I-…" inside it.
    tags: tuple[str, ...]
    # What is longer is cut.
    tokens: int


def read_labels(folder: Path) -> Labels:
    """Raises NetworkError."""

    def parse(text: str) -> Labels:
        said = json.loads(text)
        return Labels(**{name: _fixed(value) for name, value in said.items()})

    return reading(folder / LABELS, lambda path: parse(path.read_text("utf-8")))


def write_json(path: Path, values: Any) -> None:
    path.write_text(
        json.dumps(asdict(values), indent=1, ensure_ascii=False) + "\n", "utf-8"
    )


def reading(path: Path, read: Callable[[Path], Content]) -> Content:
    """Return what `read` makes of a file. Raises NetworkError, whatever is wrong."""
    if not path.is_file():
        raise NetworkError(f"{path} is missing")
    try:
        return read(path)
    # Tokenizers and onnxruntime raise errors of their own, and bare Exceptions.
    except Exception as error:
        raise NetworkError(f"{path} cannot be read: {error}") from error


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
