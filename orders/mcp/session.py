"""Who is identified: one shopper at most, and nobody at first."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

from orders import identity, numbers
from orders.mcp import guesses
from orders.models import Customer, Order
from orders.refusal import Code, Refusal

MOST_WRONG = 5
LIFETIME = timedelta(minutes=30)
_SALT = "orders.mcp.session"


@dataclass
class Session:
    """`ref` is that of the customer who is identified; "" is nobody.

    `bearer` is whose guesses are counted beyond the session; "" where it is a process.
    """

    ref: str = ""
    wrong: int = 0
    bearer: str = ""

    @property
    def customer(self) -> Customer | None:
        """The customer as they are now: writes change them."""
        return Customer.objects.filter(ref=self.ref).first() if self.ref else None

    def identify(
        self, number: str, *, email: str, phone_tail: str, now: datetime
    ) -> str:
        """Return the ref of who owns the order, if the proof fits.

        Raises `Refusal`: WRONG_PROOF (an unknown number alike), LOCKED after five of
        these or too many of the bearer's, NOT_ALLOWED for the order of anybody but who
        is identified already.
        """
        if self.ref:
            return self._stays(number)
        if self.wrong >= MOST_WRONG or guesses.are_too_many(self.bearer):
            raise Refusal(Code.LOCKED)
        owner = identity.prove(
            _as_written(number), now=now, email=email, phone_tail=phone_tail
        )
        if owner is None:
            self.wrong += 1
            if self.bearer:
                guesses.count(self.bearer)
            raise Refusal(Code.WRONG_PROOF)
        self.ref = owner.ref
        return self.ref

    def _stays(self, number: str) -> str:
        own = Order.objects.filter(customer__ref=self.ref)
        if not own.filter(number__iexact=_as_written(number)).exists():
            raise Refusal(Code.NOT_ALLOWED)
        return self.ref


def handle(ref: str) -> str:
    """What brings this customer back in another request, for half an hour."""
    return signing.dumps(ref, salt=_SALT)


def restored(given: object, *, bearer: str = "") -> Session:
    """The session of a handle; nobody's, where it is none of ours or too old."""
    ref = ""
    if isinstance(given, str):
        with suppress(signing.BadSignature):
            ref = signing.loads(given, salt=_SALT, max_age=LIFETIME)
    return Session(ref, bearer=bearer)


def _as_written(number: str) -> str:
    """The number in the shop's form, where it is one."""
    if Order.objects.filter(number__iexact=number).exists():
        return number
    return next(iter(numbers.find_numbers(number)), number)
