"""Training a version with the shop's corrections, and clearing old ones away."""

import logging
import shutil
import time
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bots.dialogue.understand import store, versions
from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.reader import LANGUAGES
from bots.learning.comparing import Comparison, compare
from bots.models import Correction, TrainedModel

logger = logging.getLogger(__name__)

# A training that takes longer was ended from outside.
LONGEST = timedelta(minutes=30)
# Versions that stay on disk beside the one in use.
KEPT = 5

Status = TrainedModel.Status


class BusyError(Exception):
    """Another training is under way."""


class NothingLearntError(Exception):
    """There is no correction to learn from."""


def begin(now: datetime, *, by_id: int | None = None) -> TrainedModel:
    """Write down that a training begins; `carry_out` does it.

    Raises BusyError while there is another, NothingLearntError without corrections.
    """
    count = Correction.objects.count()
    if not count:
        raise NothingLearntError
    TrainedModel.objects.filter(
        status=Status.TRAINING, started_at__lt=now - LONGEST
    ).update(status=Status.FAILED, error=_("It was stopped from outside."))
    try:
        with transaction.atomic():
            return TrainedModel.objects.create(
                name=f"understanding-{now:%Y%m%d-%H%M%S-%f}",
                started_at=now,
                created_by_id=by_id,
                corrections=count,
            )
    except IntegrityError as error:
        raise BusyError from error


def carry_out(trained: TrainedModel) -> None:
    """Train, compare with what is in use, and write down what came of it.

    Nothing is put into use. Whatever goes wrong stands in the row's `error`.
    """
    started = time.monotonic()
    try:
        trained.report = _train(trained)
        trained.status = Status.READY
    except Exception as error:
        logger.exception("a training failed")
        trained.status = Status.FAILED
        trained.error = f"{type(error).__name__}: {error}"
        shutil.rmtree(versions.folder(trained.name), ignore_errors=True)
    trained.seconds = round(time.monotonic() - started, 1)
    trained.save(update_fields=["status", "report", "error", "seconds"])
    _clear_away()


def _train(trained: TrainedModel) -> dict[str, Comparison]:
    known = Correction.objects.filter(created_at__lte=trained.started_at)
    in_use = TrainedModel.objects.filter(name=versions.in_use()).first()
    old = store.open_version(versions.in_use())
    report = {}
    for language in LANGUAGES:
        own = list(known.filter(language=language).order_by("pk"))
        if own:
            pairs = [(one.intent, read(one.text).folded) for one in own]
            tried = zip(
                own, store.train_version(trained.name, language, pairs), strict=True
            )
            # What the old one has learnt it knows by heart: no fair comparison.
            fresh = [
                (one, reading)
                for one, reading in tried
                if not in_use or one.created_at > in_use.started_at
            ]
            new = store.open_version(trained.name)
            report[language] = compare(language, old, new, fresh)
    return report


def _clear_away() -> None:
    """Remove the folders of versions that are older than the newest few."""
    used = versions.in_use()
    ready = TrainedModel.objects.filter(status=Status.READY)
    for one in ready.order_by("-started_at")[KEPT:]:
        if one.name != used:
            shutil.rmtree(versions.folder(one.name), ignore_errors=True)
