"""Who is writing just now: never stored in the talk, forgotten by itself."""

import logging
from datetime import datetime, timedelta

import redis
from django.core.cache import cache

from bots import push
from bots.models import Conversation, Message

logger = logging.getLogger(__name__)

# A mark is renewed every 3 seconds while somebody types.
FADES_AFTER = timedelta(seconds=6)
# How long a shopper is shown that the bot works on an answer.
BOT_WORKS = timedelta(seconds=30)


def agent_typed(conversation_id: int) -> None:
    try:
        cache.set(_key(conversation_id), 1, FADES_AFTER.total_seconds())
    except redis.RedisError:
        logger.warning("the cache does not answer; typing is not shown")
    push.look(push.conversation_topic(conversation_id))


def agent_stopped(conversation_id: int) -> None:
    try:
        cache.delete(_key(conversation_id))
    except redis.RedisError:
        logger.warning("the cache does not answer; the typing mark fades by itself")


def shopper_typed(conversation_id: int, now: datetime) -> None:
    Conversation.objects.filter(pk=conversation_id).update(typing_at=now)
    push.look(push.DESK)


def shopper_types(talk: Conversation, now: datetime) -> bool:
    return talk.typing_at is not None and now - talk.typing_at < FADES_AFTER


def answer_is_written(talk: Conversation, now: datetime) -> bool:
    """Whether the shopper is shown that somebody writes."""
    if talk.owner == Conversation.Owner.HUMAN:
        return _agent_types(talk.pk)
    return (
        Message.objects.unhandled()
        .filter(conversation=talk, created_at__gt=now - BOT_WORKS)
        .exists()
    )


def _agent_types(conversation_id: int) -> bool:
    try:
        return cache.get(_key(conversation_id)) is not None
    except redis.RedisError:
        return False


def _key(conversation_id: int) -> str:
    return f"chat:agent-types:{conversation_id}"
