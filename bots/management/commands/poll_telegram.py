"""Fetch a bot's updates by long polling: for development, without a public address."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bots import adapters, inbox, tasks
from bots.channels.telegram import TelegramAdapter
from bots.models import Channel


class Command(BaseCommand):
    help = "Poll Telegram for the channel SLUG; Ctrl-C ends it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")

    def handle(self, *args: Any, **options: Any) -> None:
        channel = Channel.objects.filter(
            kind=Channel.Kind.TELEGRAM, slug=options["slug"], active=True
        ).first()
        if channel is None:
            raise CommandError(f"no active Telegram channel {options['slug']!r}")
        adapter, account = TelegramAdapter(), adapters.account(channel)
        offset = 0
        self.stdout.write("Polling; Ctrl-C ends it.")
        while True:
            inbound, next_offset = adapter.poll(account, offset)
            # Stored before the next poll tells Telegram to forget them.
            keys = inbox.receive(channel, inbound)
            tasks.wake(channel.pk, keys)
            offset = next_offset
