"""What a conversation spends on the language model: within its budget, and written down."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone

from bots.llm import ledger
from bots.models import Conversation, LanguageModelCall


@contextmanager
def counted(conversation: Conversation) -> Iterator[None]:
    """Hold the calls made inside to the conversation's budget, and store them.

    Not to be entered inside a transaction: calls are slow.
    """
    if settings.LLM_BACKEND == "none":
        yield
        return
    spent = LanguageModelCall.objects.spent(conversation.pk)
    tokens, seconds = (
        settings.LLM_CONVERSATION_TOKENS,
        settings.LLM_CONVERSATION_SECONDS,
    )
    with ledger.opened(
        tokens=max(0, tokens - spent.tokens) if tokens else None,
        seconds=max(0.0, seconds - spent.seconds) if seconds else None,
        names=_names(conversation),
    ) as book:
        try:
            yield
        finally:
            _store(conversation, book)


def _names(conversation: Conversation) -> tuple[str, ...]:
    customer = conversation.customer
    return (conversation.contact.name, customer.name if customer else "")


def _store(conversation: Conversation, book: ledger.Ledger) -> None:
    now = timezone.now()
    LanguageModelCall.objects.bulk_create(
        LanguageModelCall(
            conversation=conversation,
            at=now,
            model=call.model,
            purpose=call.purpose,
            outcome=call.outcome,
            prompt_tokens=call.prompt_tokens,
            completion_tokens=call.completion_tokens,
            milliseconds=call.milliseconds,
        )
        for call in book.calls
    )
