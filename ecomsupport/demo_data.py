"""The demo shop's files, and the moving of their dates to today."""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

FOLDER = Path(__file__).parent / "demo_shop"
FAQS = FOLDER / "faqs.csv"
SHOP_NAME = "晴木生活 · Sunwood Living"
# The day on which the files are told.
TOLD_ON = date(2026, 11, 1)

DAY = re.compile(r'"(\d{4}-\d{2}-\d{2})(?=[T"])')


@contextlib.contextmanager
def moved_to(now: datetime) -> Iterator[str]:
    """Yield a folder with the files, every date moved by the days since they were told.

    A shop whose newest order is months old would have no open return window left.
    """
    days = (now.astimezone(UTC).date() - TOLD_ON).days
    with tempfile.TemporaryDirectory() as folder:
        for source in FOLDER.glob("*.jsonl"):
            text = DAY.sub(lambda found: _moved(found, days), source.read_text("utf-8"))
            (Path(folder) / source.name).write_text(text, encoding="utf-8")
        yield folder


def _moved(found: re.Match[str], days: int) -> str:
    return f'"{date.fromisoformat(found[1]) + timedelta(days=days)}'
