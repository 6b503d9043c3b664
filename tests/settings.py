"""The settings under test: a database file, no waiting for fragments."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver")

from ecomsupport.settings import *  # noqa: F403
from ecomsupport.settings import DATABASES, VAR_DIR

if DATABASES["default"]["ENGINE"] == "ecomsupport.sqlite":
    # A file, not memory: threads and a live server share it.
    DATABASES["default"]["TEST"] = {
        "NAME": str(Path(tempfile.mkdtemp(prefix="ecomsupport-")) / "test.sqlite3")
    }
BURST_WAIT = 0.0
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MODELS_DIR = VAR_DIR / "models"
