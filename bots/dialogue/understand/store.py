"""Keeping the trained classifiers: trained once, read from files after that."""

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

from bots.dialogue.understand import lexicon
from bots.dialogue.understand.classifier import (
    OUT_OF_SCOPE,
    Calibration,
    Classifier,
    Encoder,
    Model,
)
from bots.dialogue.understand.kept import encoded
from bots.dialogue.understand.learning import train
from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.reader import LANGUAGES, Reader
from kb.encoders import encoder_for

PHRASES = Path(__file__).parent / "phrases"
logger = logging.getLogger(__name__)

_lock = threading.Lock()
_loaded: dict[str, Reader] = {}
# What decides about the model beside the phrases.
_CODE = (
    "classifier.py",
    "features.py",
    "learning.py",
    "lexicon.py",
    "normalise.py",
    "simplified.py",
    "vectors.py",
)


def load() -> Reader:
    """Return the classifiers of the phrases, trained now if they never were."""
    if "model" not in _loaded:
        with _lock:
            if "model" not in _loaded:
                found = {language: _classifier(language) for language in LANGUAGES}
                _loaded["model"] = Reader(found)
    return _loaded["model"]


def phrases(language: str) -> list[tuple[str, str]]:
    """Return (intent, folded phrase) of all phrase files of a language."""
    return [
        (file.stem, read(line).folded)
        for file in _files(language)
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _files(language: str) -> list[Path]:
    return sorted((PHRASES / language).glob("*.txt"))


def _classifier(language: str) -> Classifier:
    encoder = encoder_for(language)
    path = _path(language, encoder)
    return _read(path, encoder) or _train(path, language, encoder)


def _path(language: str, encoder: Encoder | None) -> Path:
    digest = hashlib.sha256((encoder.name if encoder else "").encode())
    for package in ("numpy", "scipy", "scikit-learn", "joblib"):
        digest.update(version(package).encode())
    code = [Path(__file__).with_name(name) for name in _CODE]
    for file in [*_files(language), lexicon.FILE, *code]:
        digest.update(file.parent.name.encode() + file.name.encode())
        digest.update(file.read_bytes())
    name = f"intents-{language}-{digest.hexdigest()[:16]}.joblib"
    return Path(settings.MODELS_DIR) / name


def _read(path: Path, encoder: Encoder | None) -> Classifier | None:
    """Return the stored classifier; None where there is none that can be read."""
    if not path.exists():
        return None
    try:
        model, calibration = joblib.load(path)
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
    if not isinstance(model, Model) or not isinstance(calibration, Calibration):
        return None
    return Classifier(model=model, calibration=calibration, encoder=encoder)


def _train(path: Path, language: str, encoder: Encoder | None) -> Classifier:
    started = time.monotonic()
    pairs = phrases(language)
    texts = [text for _, text in pairs]
    vectors = encoded(encoder, texts, path.parent) if encoder else None
    made = train(pairs, outside=OUT_OF_SCOPE, encoder=encoder, vectors=vectors)
    spent = time.monotonic() - started
    logger.info("trained the classifier of %s in %.1f s", language, spent)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and moved: another process reads all of it or nothing.
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
        joblib.dump((made.model, made.calibration), aside, compress=1)
    Path(aside.name).replace(path)
    return made
