"""Fetch a bot's updates by long polling: for development, without a public address."""

import contextlib
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bots import adapters, inbox, tasks
from bots.channels.telegram import CallError, TelegramAdapter
from bots.models import Channel
from ecomsupport import celery_app, embedded


class Command(BaseCommand):
    help = (
        "Poll Telegram for the channel SLUG; Ctrl-C ends it. Without REDIS_URL it "
        "answers by itself, beside or without a running demo."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")

    def handle(self, *args: Any, **options: Any) -> None:
        channel = Channel.objects.filter(
            kind=Channel.Kind.TELEGRAM, slug=options["slug"], active=True
        ).first()
        if channel is None:
            raise CommandError(
                f"There is no active Telegram channel {options['slug']!r}."
            )
        alone = not settings.REDIS_URL
        if alone:
            # From now on a demo that starts knows that it is not the only process.
            embedded.is_alone()
        worker = embedded.running(celery_app) if alone else contextlib.nullcontext()
        with worker, contextlib.suppress(KeyboardInterrupt):
            self.poll(channel)

    def poll(self, channel: Channel) -> None:
        adapter, account = TelegramAdapter(), adapters.account(channel)
        self.stdout.write(f"Polling for @{adapter.get_me(account)}; Ctrl-C ends it.")
        offset = 0
        while True:
            try:
                inbound, next_offset = adapter.poll(account, offset)
            except CallError as error:
                self.stderr.write(f"{error}; trying again")
                time.sleep(5)
                continue
            # Stored before the next poll tells Telegram to forget them.
            tasks.wake(channel.pk, inbox.receive(channel, inbound))
            offset = next_offset
