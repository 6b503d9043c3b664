"""How a further process begins: with a copy of the shop of its own.

Imports nothing that needs Django, which is set up only here.
"""

import os
import shutil
from pathlib import Path

import django


def begin(shop: str) -> None:
    """`shop` is an SQLite file to copy, or "" where the database takes several writers."""
    if shop:
        own = Path(shop).with_name(f"{os.getpid()}.sqlite3")
        shutil.copy(shop, own)
        os.environ["DATABASE_URL"] = f"sqlite:///{own}"
    django.setup()
