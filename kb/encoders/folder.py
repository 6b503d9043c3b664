"""An encoder's folder: its networks, its tokenizer, and a card that says what it is."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

EXACT = "model.onnx"
SMALL = "model.int8.onnx"
TOKENIZER = "tokenizer.json"
CARD = "encoder.json"


@dataclass(frozen=True, kw_only=True)
class Card:
    name: str
    languages: list[str]
    dim: int
    # What is longer is cut.
    tokens: int


def read_card(folder: Path) -> Card | None:
    """Return what the encoder in `folder` is; None where none was finished there."""
    try:
        return Card(**json.loads((folder / CARD).read_text("utf-8")))
    except FileNotFoundError:
        return None


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_card(folder: Path, card: Card) -> None:
    (folder / CARD).write_text(json.dumps(asdict(card), indent=1) + "\n", "utf-8")


def replace_folder(target: Path, fill: Callable[[Path], None]) -> None:
    """Fill a new folder and put it in the place of `target`, or leave that as it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as aside:
        fresh, old = Path(aside) / "fresh", Path(aside) / "old"
        fresh.mkdir()
        fill(fresh)
        if target.exists():
            target.rename(old)
        fresh.rename(target)
        shutil.rmtree(old, ignore_errors=True)
