"""The public scheme, checked against its own documentation."""

from datetime import UTC, datetime, timedelta

import pytest

from orders.connectors import signing
from tests.emulators.shop import SECRET

ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = datetime.fromtimestamp(1614265330, UTC)
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
HEADERS = {
    "webhook-id": ID,
    "webhook-timestamp": "1614265330",
    "webhook-signature": SIGNATURE,
}


def test_the_published_vector_is_signed() -> None:
    assert signing.sign(SECRET, ID, AT, BODY) == HEADERS


def test_one_signature_of_several_is_enough() -> None:
    given = HEADERS | {"webhook-signature": f"v1,bm9wZQ== {SIGNATURE}"}
    assert signing.verify(SECRET, given, AT, BODY) == ID


@pytest.mark.parametrize(
    ("headers", "body", "late"),
    [
        ({}, BODY + b" ", 0),
        ({"webhook-id": "other"}, BODY, 0),
        ({"webhook-id": ""}, BODY, 0),
        ({"webhook-id": "\ud800"}, BODY, 0),
        ({"webhook-timestamp": "1614265331"}, BODY, 0),
        ({"webhook-timestamp": "١"}, BODY, 0),
        ({"webhook-timestamp": "1" * 400}, BODY, 0),
        ({"webhook-signature": ""}, BODY, 0),
        ({"webhook-signature": "v1,\udcff"}, BODY, 0),
        ({"webhook-signature": SIGNATURE[3:]}, BODY, 0),
        ({}, BODY, 301),
        ({}, BODY, -301),
    ],
)
def test_anything_else_is_refused(
    headers: dict[str, str], body: bytes, late: int
) -> None:
    now = AT + timedelta(seconds=late)
    with pytest.raises(signing.BadSignatureError):
        signing.verify(SECRET, HEADERS | headers, now, body)


@pytest.mark.parametrize("secret", ["", "short", "whsec_c2hvcnQ=", "whsec_läß"])
def test_a_poor_secret_is_none(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        signing.key_of(secret)
