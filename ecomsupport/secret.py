"""A secret key for the first start: made once, kept in a file that only we read."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Return the key in `path`, making it (mode 600) where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Linked into place whole: a second process never reads half a key.
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
