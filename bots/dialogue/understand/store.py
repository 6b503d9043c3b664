"""Keeping the trained classifiers: trained once, read from files after that.

In use are those of our phrases, or those of a version that was trained with a shop's
own corrections (`versions`).
"""

import hashlib
import logging
import pickle
import tempfile
import threading
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import joblib
from django.conf import settings

from bots.dialogue.understand import lexicon, versions
from bots.dialogue.understand.classifier import (
    OUT_OF_SCOPE,
    Classifier,
    Encoder,
    Reading,
)
from bots.dialogue.understand.kept import encoded
from bots.dialogue.understand.learning import train, train_and_try
from bots.dialogue.understand.markup import parse
from bots.dialogue.understand.network import Network, open_network
from bots.dialogue.understand.network_folder import NetworkError
from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.reader import LANGUAGES, Reader
from bots.dialogue.understand.vectors import Floats
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
    "trust.py",
    "vectors.py",
)


# A text that staff labelled says more than one of ours: the shop's talk is like it.
_CORRECTION_WEIGHT = 5.0


def load() -> Reader:
    """Return the classifiers in use; those of the phrases are trained if they never were."""
    name = versions.in_use()
    held = _loaded.get(name)
    if held is None:
        with _lock:
            held = _loaded.get(name)
            if held is None:
                held = open_version(name)
                _loaded.clear()
                _loaded[name] = held
    return held


def open_version(name: str) -> Reader:
    """Return a version's classifiers, "" for those of the phrases.

    Where a version has none for a language, or none that can be read any more, the
    phrases' one reads that language.
    """
    network = _network(name)
    return Reader(
        {
            language: (network if network and language in network.languages else None)
            or _of_version(name, language)
            or _classifier(language)
            for language in LANGUAGES
        }
    )


def train_version(
    name: str, language: str, corrections: Sequence[tuple[str, str]]
) -> list[Reading]:
    """Train on the phrases and (intent, folded text) corrections, and write it down.

    Returns each correction as read by a model that was trained without it.
    """
    encoder = encoder_for(language)
    own = phrases(language)
    pairs = [*own, *corrections]
    weights = [1.0] * len(own) + [_CORRECTION_WEIGHT] * len(corrections)
    made, tried = train_and_try(
        pairs,
        outside=OUT_OF_SCOPE,
        encoder=encoder,
        vectors=_vectors(encoder, pairs),
        weights=weights,
    )
    _write(_version_path(name, language), made)
    return tried[len(own) :]


def phrases(language: str) -> list[tuple[str, str]]:
    """Return (intent, folded phrase) of all phrase files of a language."""
    return [(intent, read(parse(line)[0]).folded) for intent, line in lines(language)]


def lines(language: str) -> list[tuple[str, str]]:
    """Return (intent, line) of all phrase files of a language, slots marked."""
    return [
        (file.stem, line)
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


def _of_version(name: str, language: str) -> Classifier | None:
    path = _version_path(name, language) if name else None
    return _read(path, encoder_for(language)) if path else None


def network_path(name: str) -> Path:
    """Where a version's fine-tuned network lies, if it has one."""
    return versions.folder(name) / "network"


def _network(name: str) -> Network | None:
    if not name or not network_path(name).is_dir():
        return None
    try:
        return open_network(network_path(name))
    except NetworkError as error:
        logger.warning("%s; the linear classifiers are used", error)
        return None


def _version_path(name: str, language: str) -> Path:
    return versions.folder(name) / f"intents-{language}.joblib"


def _path(language: str, encoder: Encoder | None) -> Path:
    digest = hashlib.sha256(_name(encoder).encode())
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
        model, calibration, reads_with = joblib.load(path)
        made = Classifier(model=model, calibration=calibration, encoder=encoder)
        if reads_with == _name(encoder):
            # One that older code wrote may lack what today's reads.
            made.read("hello 你好")
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
    if reads_with != _name(encoder):
        logger.warning("%s reads with another encoder: %s", path.name, reads_with)
        return None
    return made


def _train(path: Path, language: str, encoder: Encoder | None) -> Classifier:
    started = time.monotonic()
    pairs = phrases(language)
    made = train(
        pairs, outside=OUT_OF_SCOPE, encoder=encoder, vectors=_vectors(encoder, pairs)
    )
    spent = time.monotonic() - started
    logger.info("trained the classifier of %s in %.1f s", language, spent)
    _write(path, made)
    return made


def _vectors(
    encoder: Encoder | None, pairs: Sequence[tuple[str, str]]
) -> Floats | None:
    if encoder is None:
        return None
    return encoded(encoder, [text for _, text in pairs], Path(settings.MODELS_DIR))


def _write(path: Path, made: Classifier) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and moved: another process reads all of it or nothing.
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
        content = (made.model, made.calibration, _name(made.encoder))
        joblib.dump(content, aside, compress=1)
    Path(aside.name).replace(path)


def _name(encoder: Encoder | None) -> str:
    return encoder.name if encoder else ""
