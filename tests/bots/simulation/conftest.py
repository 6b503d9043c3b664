"""The demo shop, as simulated shoppers find it."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from bots.simulation.drawing.shop import Shop
from ecomsupport import demo_data
from kb.indexing import live


@pytest.fixture
def shop(db: None, tmp_path: Path) -> Shop:
    with demo_data.moved_to(timezone.now()) as folder:
        call_command("import_shop", folder, verbosity=0)
    call_command("import_faqs", demo_data.FAQS, verbosity=0)
    live.forget()
    return Shop()
