"""Signatures of the public scheme "Standard Webhooks", made and checked."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

PREFIX = "whsec_"
TOLERANCE = timedelta(minutes=5)
# What the scheme asks of a key, in bytes.
KEY_SIZES = range(24, 65)
LONGEST_ID = 200


class BadSignatureError(Exception):
    """Whoever sent this does not have the secret, or sent it long ago."""


def key_of(secret: str) -> bytes:
    """The bytes to sign with; raises ValueError where the secret is none."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("The secret is not base64.") from error
    if len(key) not in KEY_SIZES:
        raise ValueError("The secret must hold 24 to 64 bytes.")
    return key


def sign(secret: str, ident: str, now: datetime, body: bytes) -> dict[str, str]:
    at = str(int(now.timestamp()))
    return {
        "webhook-id": ident,
        "webhook-timestamp": at,
        "webhook-signature": _signature(key_of(secret), ident, at, body),
    }


def verify(secret: str, headers: Mapping[str, str], now: datetime, body: bytes) -> str:
    """Return the message's id. Raises BadSignatureError."""
    ident, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not (
        0 < len(ident) <= LONGEST_ID and at.isascii() and at.isdigit() and len(at) < 12
    ):
        raise BadSignatureError("The headers webhook-id and -timestamp are needed.")
    if abs(now.timestamp() - int(at)) > TOLERANCE.total_seconds():
        raise BadSignatureError("The timestamp is too far from now.")
    expected = _signature(key_of(secret), ident, at, body).encode()
    signatures = headers.get("webhook-signature", "").split()
    matches = [
        hmac.compare_digest(expected, given.encode(errors="replace"))
        for given in signatures
    ]
    if not any(matches):
        raise BadSignatureError("The signature does not match.")
    return ident


def _signature(key: bytes, ident: str, at: str, body: bytes) -> str:
    signed = f"{ident}.{at}.".encode(errors="replace") + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
