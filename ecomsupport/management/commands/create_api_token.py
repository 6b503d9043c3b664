"""Makes a token for one of the shop's own systems, and prints it once."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ecomsupport.models import ApiToken
from ecomsupport.rights import SCOPES


class Command(BaseCommand):
    help = "Makes an API token; what it prints is not shown again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="of the system that will use it")
        parser.add_argument(
            "--user", required=True, help="a member of staff, whose rights bound it"
        )
        parser.add_argument(
            "--scopes", required=True, nargs="+", choices=SCOPES, metavar="SCOPE",
            help=", ".join(SCOPES),
        )  # fmt: skip
        parser.add_argument("--days", type=int, help="until it expires")

    def handle(self, *args: Any, **options: Any) -> None:
        if ApiToken.objects.filter(name=options["name"]).exists():
            raise CommandError(f"There is a token “{options['name']}” already.")
        days = options["days"]
        _token, secret = ApiToken.issue(
            options["name"],
            _user(options["user"]),
            options["scopes"],
            expires_at=None if days is None else timezone.now() + timedelta(days=days),
        )
        self.stdout.write(secret)


def _user(name: str) -> User:
    user = User.objects.filter(username=name, is_staff=True, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no member of staff “{name}”.")
    return user
