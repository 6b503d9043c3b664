"""A text column that is encrypted at rest."""

import base64
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"orders.models.secret" + settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(digest.digest()))


class SecretField(models.TextField):  # type: ignore[type-arg]
    """Encrypted with a key drawn from SECRET_KEY; "" stays "".

    Reads as "" where SECRET_KEY has changed: the secret must be entered anew.
    """

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return _cipher().encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, *args: object) -> str | None:
        if not value:
            return value
        try:
            return _cipher().decrypt(value.encode()).decode()
        except InvalidToken:
            return ""
