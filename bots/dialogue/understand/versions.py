"""Which trained models are in use: those of our phrases, or a shop's own version.

A version is a folder of MODELS_DIR; the names of those that were chosen stand in a file
beside them, the one in use last. So every process that reads MODELS_DIR, on this machine
or another, uses a version within seconds of its being chosen, and there is a way back.
"""

import re
import tempfile
import threading
import time
from pathlib import Path

from django.conf import settings

# A choice is heard of by every process within these seconds.
FRESH = 2.0
_FILE = "understanding-in-use"
# So many steps back are remembered.
_STEPS = 20
# What stands in the file for the models of our phrases.
_OURS = "-"
_NAME = re.compile(r"understanding-[0-9A-Za-z-]{1,64}")

_lock = threading.Lock()
_seen: list[tuple[float, str]] = []


def folder(name: str) -> Path:
    """Where a version lies. Raises ValueError for what is no version's name."""
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    return Path(settings.MODELS_DIR) / name


def in_use() -> str:
    """The name of the version in use; "" for the models of our phrases."""
    with _lock:
        now = time.monotonic()
        if not _seen or now - _seen[0][0] > FRESH:
            _seen[:] = [(now, (_chosen() or [""])[-1])]
        return _seen[0][1]


def use(name: str) -> None:
    """Have every process use this version; "" for the models of our phrases.

    Raises ValueError where there is no such version.
    """
    if name and not folder(name).is_dir():
        raise ValueError(name)
    _write([*_chosen(), name])


def back() -> str:
    """Have every process use what was in use before this one; return its name.

    A version that is gone is passed over; at the end are the models of our phrases.
    """
    before = _chosen()[:-1]
    while before and before[-1] and not folder(before[-1]).is_dir():
        before.pop()
    _write(before)
    return before[-1] if before else ""


def _chosen() -> list[str]:
    try:
        lines = (Path(settings.MODELS_DIR) / _FILE).read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        return []
    known = [name for name in lines if name == _OURS or _NAME.fullmatch(name)]
    return ["" if name == _OURS else name for name in known]


def _write(chosen: list[str]) -> None:
    path = Path(settings.MODELS_DIR) / _FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and moved: another process reads the old names or the new ones.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as aside:
        aside.write("\n".join(name or _OURS for name in chosen[-_STEPS:]))
    Path(aside.name).replace(path)
    with _lock:
        _seen.clear()
