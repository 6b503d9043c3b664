"""Who may use the API: scopes for tokens, and the rights of the user in any case.

A scope is a noun and `read`, `write` or `decide`. To read takes the right to view the
noun's table, to write the right to change it; a token has less, never more, than its
user.
"""

from typing import TYPE_CHECKING, Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from ecomsupport.models import ApiToken

if TYPE_CHECKING:
    # It imports this module itself.
    from rest_framework.views import APIView

# Noun of a scope -> its table.
NOUNS = {
    "products": "orders.product",
    "orders": "orders.order",
    "customers": "orders.customer",
    "cases": "orders.case",
    "terms": "orders.policyterms",
    "faqs": "kb.entry",
    "conversations": "bots.conversation",
    "tickets": "bots.ticket",
    "campaigns": "bots.campaign",
}
_WRITABLE = ("products", "orders", "customers", "cases")
SCOPES = (
    *(f"{noun}:read" for noun in NOUNS),
    *(f"{noun}:write" for noun in _WRITABLE),
    "cases:decide",
)
# As at the console: who may change an order opens cases of it; to decide on them takes
# the right to change the case.
_RIGHTS = {"cases:write": "orders.change_order", "cases:decide": "orders.change_case"}
_NOUN_OF = {table.partition(".")[2]: noun for noun, table in NOUNS.items()}


class Scoped(BasePermission):
    """A view says its scope, or has a table; one with neither is for nobody.

    The scope "" is for everybody who has logged in.
    """

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if not request.user.is_authenticated:
            return False
        scope = _scope(request, view)
        return scope == "" or (scope is not None and allows(request, scope))


def allows(request: Request, scope: str) -> bool:
    """Whether who asks may do this."""
    token = request.auth
    if isinstance(token, ApiToken) and scope not in token.scopes:
        return False
    return request.user.has_perm(_permission(scope))


def _scope(request: Request, view: Any) -> str | None:
    if hasattr(view, "scope"):
        scope: str | None = view.scope
        return scope
    queryset = getattr(view, "queryset", None)
    if queryset is None:
        return None
    noun = _NOUN_OF.get(queryset.model.__name__.lower())
    act = "read" if request.method in SAFE_METHODS else "write"
    return f"{noun}:{act}" if noun else None


def _permission(scope: str) -> str:
    if scope in _RIGHTS:
        return _RIGHTS[scope]
    noun, _, act = scope.partition(":")
    app, _, model = NOUNS[noun].partition(".")
    return f"{app}.{'view' if act == 'read' else 'change'}_{model}"
