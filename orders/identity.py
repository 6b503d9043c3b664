"""Proving who owns an order, and counting who only guesses."""

from datetime import datetime, timedelta

from django.db.models import F

from orders.models import Customer, Order

DIGITS = 4
# Wrong proofs of one order in a day, from whichever conversation, before no proof of it
# is taken any more: four digits are soon guessed by somebody who opens new chats.
MOST_WRONG = 10
FORGOTTEN_AFTER = timedelta(days=1)


def prove(
    number: str, *, now: datetime, email: str = "", phone_tail: str = ""
) -> Customer | None:
    """Return who owns the order, if the e-mail or the last four digits fit.

    An unknown number, a wrong proof and an order that has been guessed at too often
    answer alike: None.
    """
    order = Order.objects.numbered(number).select_related("customer").first()
    if order is None:
        return None
    counts = bool(order.wrong_proof_at and now - order.wrong_proof_at < FORGOTTEN_AFTER)
    if counts and order.wrong_proofs >= MOST_WRONG:
        return None
    if _fits(order.customer, email, phone_tail):
        return order.customer
    Order.objects.filter(pk=order.pk).update(
        wrong_proofs=F("wrong_proofs") + 1 if counts else 1, wrong_proof_at=now
    )
    return None


def _fits(owner: Customer, email: str, phone_tail: str) -> bool:
    if email and owner.email and owner.email.lower() == email.lower():
        return True
    digits = "".join(char for char in owner.phone if char.isdigit())
    complete = len(phone_tail) == DIGITS and len(digits) >= DIGITS
    return complete and digits.endswith(phone_tail)
