"""The second opinion: a language model, where our own reading is unsure or we are stuck."""

import logging
import time
from dataclasses import replace

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bots import llm
from bots.dialogue.turn import Understanding, Utterance
from bots.dialogue.understand import asking

logger = logging.getLogger(__name__)

# So sure a reading is not asked about, be the talk stuck or not.
PLAIN = 0.9


def consider(
    utterance: Utterance, local: Understanding, *, stuck: bool
) -> Understanding:
    """The local reading, or a language model's where it is asked and has one in time.

    Never raises, and returns by UNDERSTANDING_DEADLINE. What became of the question
    stands in the result's `review`.
    """
    if not _wanted(utterance, local, stuck=stuck):
        return local
    try:
        model = llm.reachable()
        other = _asked(model, utterance, local) if model else None
    except (llm.ModelError, ImproperlyConfigured) as error:
        # Neither the message nor the answer: both may hold personal data.
        logger.info("the local reading is used: %s", error)
        return replace(local, review={"model": type(error).__name__})
    except Exception:
        # Whatever goes wrong out there, the shopper has an answer.
        logger.exception("a second opinion failed; the local reading is used")
        return replace(local, review={"model": "error"})
    return _reviewed(local, other)


def _wanted(utterance: Utterance, local: Understanding, *, stuck: bool) -> bool:
    if settings.LLM_BACKEND == "none" or settings.UNDERSTANDING_ASK_BELOW <= 0:
        return False
    # Without a letter there is nothing to understand.
    if not any(map(str.isalpha, utterance.text)):
        return False
    sure = PLAIN if stuck else settings.UNDERSTANDING_ASK_BELOW
    return local.request.confidence < sure


def _asked(
    model: llm.Model, utterance: Utterance, local: Understanding
) -> Understanding | None:
    answer = model.chat(
        asking.prompt(utterance),
        schema=asking.SCHEMA,
        deadline=time.monotonic() + settings.UNDERSTANDING_DEADLINE,
        purpose="understand",
    )
    return asking.understood(answer.data, utterance, local)


def _reviewed(local: Understanding, other: Understanding | None) -> Understanding:
    """The model's reading; where the two differ, both are kept for review."""
    if other is None:
        logger.info("the local reading is used: the model named no known intent")
        return replace(local, review={"model": "unknown_intents"})
    if other.request.name == local.request.name:
        return replace(other, review={"model": "agreed"})
    said = {"local": _brief(local), "other": _brief(other)}
    logger.info("a disagreement for review: %s", said)
    return replace(other, review={"model": "disagreed", "local": said["local"]})


def _brief(understanding: Understanding) -> list[list[str | float]]:
    return [
        [intent.name, round(intent.confidence, 3)] for intent in understanding.intents
    ]
