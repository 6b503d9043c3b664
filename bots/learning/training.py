"""Training a version with the shop's corrections, and clearing old ones away."""

import logging
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from bots.dialogue.understand import store, versions
from bots.dialogue.understand.classifier import Reading
from bots.dialogue.understand.normalise import read
from bots.dialogue.understand.reader import LANGUAGES
from bots.learning.comparing import Comparison, compare
from bots.models import Correction, TrainedModel

logger = logging.getLogger(__name__)

# A training that takes longer was ended from outside; of an encoder, after days.
LONGEST = timedelta(minutes=30)
LONGEST_OF_ENCODER = timedelta(days=3)
# Versions that stay on disk beside the one in use.
KEPT = 5

Status = TrainedModel.Status
# By language, each correction as read by a model that was trained without it; a language
# is left out where there is none.
Tried: TypeAlias = Mapping[str, Sequence[Reading]]
# Gets a version's name and the corrections by language, and puts models in its folder.
Learn: TypeAlias = Callable[[str, Mapping[str, Sequence[Correction]]], Tried]


class BusyError(Exception):
    """Another training is under way."""


class NothingLearntError(Exception):
    """There is no correction to learn from."""


class NothingToResumeError(Exception):
    """No training of this encoder was left unfinished."""


def begin(
    now: datetime, *, encoder: str = "", by_id: int | None = None
) -> TrainedModel:
    """Write down that a training begins; `carry_out` does it.

    Raises BusyError while there is another, NothingLearntError where the linear
    classifiers would learn nothing but what they know: without corrections.
    """
    count = Correction.objects.count()
    if not count and not encoder:
        raise NothingLearntError
    _give_up_dead(now)
    try:
        with transaction.atomic():
            return TrainedModel.objects.create(
                name=f"understanding-{now:%Y%m%d-%H%M%S-%f}",
                encoder=encoder,
                started_at=now,
                created_by_id=by_id,
                corrections=count,
            )
    except IntegrityError as error:
        raise BusyError from error


def resume(encoder: str) -> TrainedModel:
    """Take up the newest unfinished training of an encoder. Raises NothingToResumeError.

    It learns from the corrections that there were when it began.
    """
    unfinished = TrainedModel.objects.filter(encoder=encoder).exclude(
        status=Status.READY
    )
    trained = unfinished.first()
    if trained is None:
        raise NothingToResumeError
    trained.status, trained.error = Status.TRAINING, ""
    try:
        with transaction.atomic():
            trained.save(update_fields=["status", "error"])
    except IntegrityError as error:
        raise BusyError from error
    return trained


def carry_out(trained: TrainedModel, learn: Learn) -> None:
    """Train with `learn`, compare with what is in use, and write down what came of it.

    Nothing is put into use. Whatever goes wrong stands in the row's `error`.
    """
    started = time.monotonic()
    try:
        trained.report = _train(trained, learn)
        trained.status = Status.READY
    except Exception as error:
        logger.exception("a training failed")
        trained.status = Status.FAILED
        trained.error = f"{type(error).__name__}: {error}"
        if not trained.encoder:
            # An encoder's checkpoints are hours of work, and can be taken up.
            shutil.rmtree(versions.folder(trained.name), ignore_errors=True)
    trained.seconds = round(time.monotonic() - started, 1)
    trained.save(update_fields=["status", "report", "error", "seconds"])
    _clear_away()


def learn_linear(name: str, known: Mapping[str, Sequence[Correction]]) -> Tried:
    """Train the linear classifiers of the languages that have corrections."""
    return {
        language: store.train_version(name, language, _pairs(own))
        for language, own in known.items()
    }


def _pairs(corrections: Sequence[Correction]) -> list[tuple[str, str]]:
    return [(one.intent, read(one.text).folded) for one in corrections]


def _train(trained: TrainedModel, learn: Learn) -> dict[str, Comparison]:
    known = {language: _known(trained, language) for language in LANGUAGES}
    given = {language: own for language, own in known.items() if own}
    in_use = TrainedModel.objects.filter(name=versions.in_use()).first()
    old = store.open_version(versions.in_use())
    tried = learn(trained.name, given)
    new = store.open_version(trained.name)
    report = {}
    for language in LANGUAGES:
        pairs = zip(known[language], tried.get(language, ()), strict=False)
        # What the old one has learnt it knows by heart: no fair comparison.
        fresh = [
            (one, reading)
            for one, reading in pairs
            if not in_use or one.created_at > in_use.started_at
        ]
        report[language] = compare(language, old, new, fresh)
    return report


def _known(trained: TrainedModel, language: str) -> list[Correction]:
    known = Correction.objects.filter(created_at__lte=trained.started_at)
    return list(known.filter(language=language).order_by("pk"))


def _give_up_dead(now: datetime) -> None:
    for longest, of in ((LONGEST, Q(encoder="")), (LONGEST_OF_ENCODER, Q())):
        dead = TrainedModel.objects.filter(of, status=Status.TRAINING)
        dead.filter(started_at__lt=now - longest).update(
            status=Status.FAILED, error=_("It was stopped from outside.")
        )


def _clear_away() -> None:
    """Remove the folders of versions that are older than the newest few."""
    used = versions.in_use()
    ready = TrainedModel.objects.filter(status=Status.READY)
    for one in ready.order_by("-started_at")[KEPT:]:
        if one.name != used:
            shutil.rmtree(versions.folder(one.name), ignore_errors=True)
