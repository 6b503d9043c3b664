"""Which encoder reads which language; a process holds one copy of each."""

import logging
import re
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings

from kb.encoders.base import Encoder
from kb.encoders.onnx import open_encoder

logger = logging.getLogger(__name__)

LANGUAGE = re.compile("[a-z]{2,3}")

_lock = Lock()


def encoder_for(language: str) -> Encoder | None:
    """Return the encoder for texts of `language`, loaded; None where there is none.

    Never raises: one that cannot be loaded is named in the log, once, and does without.
    """
    with _lock:
        if settings.EMBEDDING_MODEL:
            return _plugged(settings.EMBEDDING_MODEL)
        return _found(Path(settings.MODELS_DIR), base(language))


def base(language: str) -> str:
    return language.lower().partition("-")[0]


def folder(models: Path, language: str) -> Path:
    """Each language has its own: Chinese is never read by the English one."""
    return models / f"encoder-{language}"


@cache
def _plugged(model: str) -> Encoder | None:
    # Late: it brings torch, which most processes never need.
    try:
        from kb.encoders.plugged import PluggedEncoder

        return PluggedEncoder(model)
    except Exception:
        logger.exception("the sentence encoder %s cannot be loaded", model)
        return None


@cache
def _found(models: Path, language: str) -> Encoder | None:
    if not LANGUAGE.fullmatch(language):
        return None
    try:
        encoder = open_encoder(folder(models, language))
    except Exception:
        logger.exception("the sentence encoder for %s cannot be loaded", language)
        return None
    if encoder is None and language == "en":
        logger.warning("no sentence encoder for English: manage.py install_encoder")
    return encoder
