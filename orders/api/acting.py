"""Who acts over the API, and the key under which a write is done once."""

import re

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from orders.acting import By

HEADER = "Idempotency-Key"
KEY = r"^[!-~]{1,100}$"
_ACTOR = 100


def by(request: Request) -> By:
    """The shop itself, with staff's authority; raises ParseError for a bad key."""
    key = request.headers.get(HEADER, "")
    if key and not re.fullmatch(KEY, key):
        raise ParseError(_("The idempotency key is 1 to 100 visible characters."))
    return By(
        at=timezone.now(),
        customer=None,
        actor=_actor(request),
        key=f"api:{request.user.pk}:{key}" if key else "",
    )


def _actor(request: Request) -> str:
    """The token by its name, or the user."""
    name = getattr(request.auth, "name", "") or request.user.get_username()
    return f"api:{name}"[:_ACTOR]
