"""Which adapter speaks for which kind of channel."""

from functools import cache
from importlib import import_module

from bots.channels.base import Account, Adapter
from bots.models import Channel

# Imported on first use: a web process need not load a platform's library.
ADAPTERS = {
    Channel.Kind.CONSOLE: "bots.channels.console.ConsoleAdapter",
    Channel.Kind.WEB: "bots.channels.web.WebAdapter",
    Channel.Kind.TELEGRAM: "bots.channels.telegram.TelegramAdapter",
}


@cache
def adapter(kind: str) -> Adapter:
    module, _, name = ADAPTERS[Channel.Kind(kind)].rpartition(".")
    made: Adapter = getattr(import_module(module), name)()
    return made


def account(channel: Channel) -> Account:
    """The channel row as its adapter sees it."""
    return Account(
        slug=channel.slug,
        token=channel.token,
        secret=channel.secret,
        api_url=channel.api_url,
    )
