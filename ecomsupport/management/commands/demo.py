"""Everything in one process on a fresh machine, with a shop to try it on."""

import argparse
import contextlib
import secrets
import signal
from collections.abc import Callable
from socket import socket
from typing import Any

import uvicorn
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from bots import push, tasks
from bots.dialogue import understand
from bots.models import Channel
from ecomsupport import celery_app, demo_data, embedded
from kb.models import Entry
from orders.models import OrderEvent, Product

# (log-in, group, what for); the owner is a superuser.
STAFF = (
    ("owner", "", "everything"),
    ("agent", "agent", "the desk"),
    ("editor", "knowledge editor", "the FAQs"),
)


class Command(BaseCommand):
    help = "Start web, worker and timetable in one process, with a demo shop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--empty",
            action=argparse.BooleanOptionalAction,
            default=False,
            help="without the demo shop",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        self.say("Preparing the database …")
        call_command("migrate", verbosity=0)
        if not options["empty"]:
            self.load_shop()
        self.say("Preparing the understanding of messages (trained once) …")
        understand.prepare()
        passwords = make_staff()
        web_channel()
        address = f"http://{options['host']}:{options['port']}"
        serve(
            options["host"],
            options["port"],
            when_ready=lambda: self.greet(address, passwords),
        )
        self.say("Stopped. What was not finished is picked up at the next start.")

    def load_shop(self) -> None:
        if not Product.objects.exists():
            self.say("Loading the demo shop …")
            with demo_data.moved_to(timezone.now()) as folder:
                call_command("import_shop", folder, stdout=self.stdout)
            # What happened before the shop opened is no news to whoever comes in.
            OrderEvent.objects.all().delete()
        if not Entry.objects.exists():
            call_command("import_faqs", demo_data.FAQS, stdout=self.stdout)

    def greet(self, address: str, passwords: dict[str, str]) -> None:
        self.say("")
        self.say(f"  Chat    {address}/")
        self.say(f"  Desk    {address}/desk/")
        self.say(f"  Admin   {address}/admin/")
        for name, _, purpose in STAFF:
            if name in passwords:
                self.say(f"  Log-in  {name} / {passwords[name]}   ({purpose})")
        if passwords:
            self.say("  The passwords are shown this once.")
        self.say("  Ctrl-C stops it.")
        self.say("")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def make_staff() -> dict[str, str]:
    """Make the staff that are not there yet; return their passwords."""
    passwords = {}
    for name, group, _ in STAFF:
        if User.objects.filter(username=name).exists():
            continue
        passwords[name] = secrets.token_urlsafe(9)
        user = User.objects.create_user(name, password=passwords[name], is_staff=True)
        if group:
            user.groups.add(Group.objects.get(name=group))
        else:
            user.is_superuser = True
            user.save(update_fields=["is_superuser"])
    return passwords


def web_channel() -> None:
    Channel.objects.get_or_create(
        slug="web", defaults={"kind": Channel.Kind.WEB, "name": demo_data.SHOP_NAME}
    )


class Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.when_ready = when_ready

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.when_ready()

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        # Streams would hold the server up until its patience ends.
        push.close()
        await super().shutdown(sockets)


def serve(host: str, port: int, *, when_ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM, with worker and timetable beside."""
    if not settings.REDIS_URL and embedded.is_alone():
        tasks.recover_embedded(timezone.now())
    config = uvicorn.Config(
        "ecomsupport.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=3,
    )
    # A terminated process ends as one that Ctrl-C stops: uvicorn raises the signal
    # again once it has stopped serving.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with embedded.running(celery_app), contextlib.suppress(KeyboardInterrupt):
        # What the last run left is looked for at once, not at the first interval.
        tasks.enqueue(tasks.sweep, {})
        Server(config, when_ready).run()
