"""`manage.py mcp_server [--customer REF | --http HOST:PORT]`: the tools over MCP."""

import contextlib
from typing import Any

import anyio
import uvicorn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from orders import lookup
from orders.mcp import serving
from orders.mcp.session import Session

SHORTEST_TOKEN = 16


class Command(BaseCommand):
    help = "Offer the shop's tools to language models, as an MCP server."
    # A client waits for its server to start.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        way = parser.add_mutually_exclusive_group()
        way.add_argument(
            "--customer",
            default="",
            metavar="REF",
            help="whom whoever starts this has verified already",
        )
        way.add_argument(
            "--http",
            default="",
            metavar="HOST:PORT",
            help="serve HTTP to who bears MCP_TOKEN, instead of standard input",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with contextlib.suppress(KeyboardInterrupt):
            if options["http"]:
                _serve_http(options["http"])
            else:
                anyio.run(serving.over_stdio, _session(options["customer"]))


def _session(ref: str) -> Session:
    if ref and lookup.customer(ref) is None:
        raise CommandError(_("There is no such customer."))
    return Session(ref)


def _serve_http(address: str) -> None:
    host, _colon, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise CommandError(_("%(address)s is not HOST:PORT") % {"address": address})
    if len(settings.MCP_TOKEN) < SHORTEST_TOKEN:
        raise CommandError(
            _("Set MCP_TOKEN to a secret of at least %(length)d characters.")
            % {"length": SHORTEST_TOKEN}
        )
    app = serving.over_http(settings.MCP_TOKEN, {host, *settings.ALLOWED_HOSTS})
    # A line that says that it listens goes to standard error.
    uvicorn.run(app, host=host.strip("[]"), port=int(port), access_log=False)
