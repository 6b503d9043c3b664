"""Who comes with an API token."""

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from ecomsupport.models import ApiToken


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer esk_…`"""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the token with its user; raises AuthenticationFailed for all of
        unknown, revoked and expired in the same words.
        """
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = ApiToken.find(secret.decode("latin-1").strip())
        now = timezone.now()
        if token is None or not token.is_valid(now) or not token.user.is_active:
            raise AuthenticationFailed(_("The token is missing or not valid."))
        token.saw(now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
