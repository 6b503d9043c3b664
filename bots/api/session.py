"""Who is at the chat page: the token, its conversation, and the shop's own log-in."""

import hashlib
import hmac
import uuid
from typing import Any

from django.core import signing
from django.http import HttpRequest

from bots import inbox
from bots.api.problem import Problem, unauthorized
from bots.messages import LANGUAGES
from bots.models import Channel, Contact, Conversation
from orders import lookup
from orders.models import Customer

SALT = "ecomsupport.chat"
# Rises when tokens of the old form must not be taken any more.
VERSION = 1
MAX_AGE = 180 * 24 * 3600


def web_channel() -> Channel:
    """Return the chat page's channel, made at its first use."""
    channel, _ = Channel.objects.get_or_create(
        slug="web", defaults={"kind": Channel.Kind.WEB, "name": "Customer service"}
    )
    return channel


def check_open(channel: Channel) -> None:
    if not channel.active or channel.kind != Channel.Kind.WEB:
        raise Problem(503, "The chat is closed.")


def start(body: dict[str, Any]) -> Conversation:
    """Begin a talk, of a customer where the shop's page proves one."""
    channel = web_channel()
    check_open(channel)
    customer = _proved(channel, body.get("customer"))
    key = str(uuid.uuid4())
    payload = {
        "sender_id": f"customer:{customer.ref}" if customer else f"visitor:{key}",
        "name": customer.name if customer else "",
        "language": _language(body.get("language")),
    }
    talk = inbox.start(channel, key, payload=payload, customer=customer)
    if customer:
        # The contact may be older than this proof.
        Contact.objects.filter(pk=talk.contact_id).update(customer=customer)
    return talk


def issue(talk: Conversation) -> str:
    return signing.dumps({"v": VERSION, "c": talk.pk}, salt=SALT, compress=False)


def talk_id(token: str) -> int:
    """Return the conversation a token is for; 401 where it is for none."""
    try:
        claims = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        raise unauthorized() from None
    if claims["v"] != VERSION:
        raise unauthorized()
    return int(claims["c"])


def bearer(request: HttpRequest) -> int:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise unauthorized()
    return talk_id(token.strip())


def talk(request: HttpRequest) -> Conversation:
    """Return the conversation of a request's bearer token."""
    found = (
        Conversation.objects.select_related("channel", "contact")
        .filter(pk=bearer(request))
        .first()
    )
    if found is None:
        raise unauthorized()
    return found


def customer_hash(secret: str, ref: str) -> str:
    """What the shop's page computes for a customer it has logged in."""
    return hmac.new(
        secret.encode(), ref.encode("utf-8", "replace"), hashlib.sha256
    ).hexdigest()


def _proved(channel: Channel, claim: Any) -> Customer | None:
    """Return the customer; 403 in the same words for a wrong proof and a stranger."""
    if claim is None:
        return None
    ref = claim.get("ref") if isinstance(claim, dict) else None
    given = claim.get("hash") if isinstance(claim, dict) else None
    if not isinstance(ref, str) or not isinstance(given, str):
        raise Problem(422, "`customer` must have the strings `ref` and `hash`.")
    expected = customer_hash(channel.secret, ref)
    # An unreadable secret is "": nobody can prove anything by it.
    genuine = bool(channel.secret) and hmac.compare_digest(
        expected.encode(), given.strip().lower().encode("utf-8", "replace")
    )
    customer = lookup.customer(ref) if genuine else None
    if customer is None:
        raise Problem(403, "This customer could not be verified.")
    return customer


def _language(value: Any) -> str:
    """Return ours for a language tag; "" for none, or one that we do not speak."""
    if value is not None and not isinstance(value, str):
        raise Problem(422, "`language` must be a string.")
    primary = (value or "").replace("_", "-").partition("-")[0].lower()
    return primary if primary in LANGUAGES else ""
