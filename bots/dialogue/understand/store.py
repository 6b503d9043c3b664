"""Keeping the trained classifier: trained once, read from a file after that."""

import hashlib
import logging
import pickle
import tempfile
import threading
import time
from importlib.metadata import version
from pathlib import Path

import joblib
from django.conf import settings

from bots.dialogue.understand import classifier, frames, lexicon
from bots.dialogue.understand.classifier import Classifier
from bots.dialogue.understand.normalise import read

PHRASES = Path(__file__).parent / "phrases"
logger = logging.getLogger(__name__)

_lock = threading.Lock()
_loaded: dict[str, Classifier] = {}
# What decides about the model beside the phrases.
_CODE = (
    "classifier.py",
    "features.py",
    "frames.py",
    "lexicon.py",
    "normalise.py",
    "simplified.py",
    "vectors.py",
)


def load() -> Classifier:
    """Return the classifier of the phrases, trained now if it never was."""
    if "model" not in _loaded:
        with _lock:
            if "model" not in _loaded:
                _loaded["model"] = _read(_path()) or _train(_path())
    return _loaded["model"]


def phrases() -> list[tuple[str, str]]:
    """Return (intent, folded phrase) of all phrase files."""
    return [
        (file.stem, read(line).folded)
        for file in _files()
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def made() -> list[tuple[str, str]]:
    return [(intent, read(line).folded) for intent, line in frames.sentences()]


def _files() -> list[Path]:
    return sorted(PHRASES.glob("*/*.txt"))


def _path() -> Path:
    digest = hashlib.sha256()
    for package in ("numpy", "scipy", "scikit-learn", "joblib"):
        digest.update(version(package).encode())
    code = [Path(__file__).with_name(name) for name in _CODE]
    for file in [*_files(), *sorted(PHRASES.glob("*.txt")), lexicon.FILE, *code]:
        digest.update(file.parent.name.encode() + file.name.encode())
        digest.update(file.read_bytes())
    return Path(settings.MODELS_DIR) / f"intents-{digest.hexdigest()[:16]}.joblib"


def _read(path: Path) -> Classifier | None:
    """Return the stored classifier; None where there is none that can be read."""
    if not path.exists():
        return None
    try:
        stored = joblib.load(path)
    except (
        OSError,
        EOFError,
        ValueError,
        KeyError,
        IndexError,
        pickle.PickleError,
        AttributeError,
        ImportError,
        MemoryError,
        TypeError,
    ) as error:
        logger.warning("%s cannot be read (%s), training anew", path.name, error)
        return None
    return stored if isinstance(stored, Classifier) else None


def _train(path: Path) -> Classifier:
    started = time.monotonic()
    model = classifier.train(phrases(), made())
    logger.info("trained the classifier in %.1f s", time.monotonic() - started)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and moved: another process reads all of it or nothing.
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
        joblib.dump(model, aside, compress=1)
    Path(aside.name).replace(path)
    return model
