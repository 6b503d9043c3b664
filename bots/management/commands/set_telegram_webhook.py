"""Tell Telegram where this shop's webhook is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bots import adapters
from bots.channels.telegram import CallError, TelegramAdapter
from bots.models import Channel


class Command(BaseCommand):
    help = "Set the webhook of the Telegram channel SLUG to this site's public address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("address", help="such as https://support.shop.example")

    def handle(self, *args: Any, **options: Any) -> None:
        channel = Channel.objects.filter(
            kind=Channel.Kind.TELEGRAM, slug=options["slug"], active=True
        ).first()
        if channel is None:
            raise CommandError(
                f"There is no active Telegram channel {options['slug']!r}."
            )
        url = f"{options['address'].rstrip('/')}/webhooks/telegram/{channel.slug}/"
        try:
            TelegramAdapter().set_webhook(
                adapters.account(channel), url, channel.secret
            )
        except CallError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Telegram now delivers to {url}")
