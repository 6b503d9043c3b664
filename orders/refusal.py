"""What a write answers when it may not be done."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from django.utils.translation import gettext_lazy as _


class Code(StrEnum):
    MALFORMED = "malformed_call"
    UNKNOWN_TOOL = "unknown_tool"
    NOT_ALLOWED = "not_allowed"
    NOT_IDENTIFIED = "not_identified"
    NOT_CONFIRMED = "not_confirmed"
    WRONG_PROOF = "wrong_proof"
    LOCKED = "too_many_guesses"
    BAD_EXPRESSION = "bad_expression"
    KEY_REUSED = "key_reused"

    CUSTOMER_NOT_FOUND = "customer_not_found"
    ORDER_NOT_FOUND = "order_not_found"
    CASE_NOT_FOUND = "case_not_found"
    PRODUCT_NOT_FOUND = "product_not_found"
    VARIANT_NOT_FOUND = "variant_not_found"

    NOT_PENDING = "order_not_pending"
    NOT_DELIVERED = "order_not_delivered"
    NOT_SENT = "order_not_sent"
    ALREADY_CANCELLED = "order_already_cancelled"
    CLOSED = "order_closed"
    WINDOW_PASSED = "window_passed"
    INVALID_REASON = "invalid_cancel_reason"
    INVALID_GROUND = "invalid_ground"
    INVALID_ADDRESS = "invalid_address"
    INVALID_DELIVERY = "invalid_delivery"
    NOTHING_CHANGED = "nothing_changed"

    METHOD_NOT_FOUND = "payment_method_not_found"
    METHOD_NOT_ALLOWED = "refund_method_not_allowed"
    NOT_PAID = "order_not_paid"
    METHOD_CHANGED = "payment_already_changed"
    SAME_METHOD = "same_payment_method"
    BALANCE_TOO_LOW = "gift_card_balance_too_low"
    NEEDS_APPROVAL = "needs_approval"
    PAYMENT_UNDER_WAY = "payment_under_way"

    NO_ITEMS = "empty_item_list"
    LINE_NOT_IN_ORDER = "line_not_in_order"
    TOO_MANY_PIECES = "more_pieces_than_ordered"
    NEW_ITEM_UNKNOWN = "new_item_unknown"
    OTHER_PRODUCT = "new_item_of_other_product"
    SOLD_OUT = "new_item_not_available"
    SAME_VARIANT = "same_variant"

    CASE_OPEN = "case_already_open"
    CASE_STATUS = "case_status"
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_NOT_ALLOWED = "evidence_not_allowed"


# Sentences for shoppers and for whoever reads a problem document; `facts` fill them.
SENTENCES = {
    Code.MALFORMED: _("The request is not complete: %(detail)s"),
    Code.UNKNOWN_TOOL: _("There is no such action."),
    Code.NOT_ALLOWED: _("This is not allowed here."),
    Code.NOT_IDENTIFIED: _("Please show first who you are."),
    Code.NOT_CONFIRMED: _(
        "This confirmation is no longer valid. Please confirm what I propose anew."
    ),
    Code.WRONG_PROOF: _(
        "The order number does not fit the e-mail address or the phone number."
    ),
    Code.LOCKED: _("There were too many wrong attempts. A colleague can help."),
    Code.BAD_EXPRESSION: _("Only numbers, + - * / and brackets can be calculated."),
    Code.KEY_REUSED: _("This key was used for another request."),
    Code.CUSTOMER_NOT_FOUND: _("There is no such customer."),
    Code.ORDER_NOT_FOUND: _("I cannot find this order."),
    Code.CASE_NOT_FOUND: _("I cannot find this case."),
    Code.PRODUCT_NOT_FOUND: _("I cannot find this product."),
    Code.VARIANT_NOT_FOUND: _("I cannot find this item."),
    Code.NOT_PENDING: _("The order is no longer in preparation."),
    Code.NOT_DELIVERED: _("The order has not been delivered."),
    Code.NOT_SENT: _("The order has not been sent yet."),
    Code.ALREADY_CANCELLED: _("The order is cancelled already."),
    Code.CLOSED: _("The items of this order were changed: it cannot be changed again."),
    Code.WINDOW_PASSED: _("The time for this ended on %(deadline)s."),
    Code.INVALID_REASON: _("This reason is not among those that we can accept."),
    Code.INVALID_GROUND: _("This is not possible for the reason given."),
    Code.INVALID_ADDRESS: _("The address is not complete: %(missing)s is missing."),
    Code.INVALID_DELIVERY: _("This way of delivery is not offered."),
    Code.NOTHING_CHANGED: _("It is like that already."),
    Code.METHOD_NOT_FOUND: _("There is no such payment method in your account."),
    Code.METHOD_NOT_ALLOWED: _(
        "Money goes back to where it came from, or to your own gift card."
    ),
    Code.NOT_PAID: _("The order is not paid yet."),
    Code.METHOD_CHANGED: _("The payment of this order was changed already."),
    Code.SAME_METHOD: _("The order is paid with this already."),
    Code.BALANCE_TOO_LOW: _("The balance of the gift card is not sufficient."),
    Code.NEEDS_APPROVAL: _("For this amount one of my colleagues has to decide."),
    Code.PAYMENT_UNDER_WAY: _(
        "A payment of this order is still under way. Until it is through, its money "
        "cannot go to a gift card."
    ),
    Code.NO_ITEMS: _("Please say which items it is about."),
    Code.LINE_NOT_IN_ORDER: _("This item is not in the order."),
    Code.TOO_MANY_PIECES: _("There are not so many pieces of it in the order."),
    Code.NEW_ITEM_UNKNOWN: _("We do not have such an item."),
    Code.OTHER_PRODUCT: _("An item can only become another variant of itself."),
    Code.SOLD_OUT: _("The item that is wished for is sold out."),
    Code.SAME_VARIANT: _("It is this variant already."),
    Code.CASE_OPEN: _("There is a case for this already."),
    Code.CASE_STATUS: _("The case has moved on: it is %(status)s."),
    Code.EVIDENCE_MISSING: _("A photo is needed first."),
    Code.EVIDENCE_NOT_ALLOWED: _("Only photos and PDF files up to 5 MB can be added."),
}


# The tools that help on where no write is possible instead; none, where the sentence
# itself says all that there is to do. `identify` is a session's own.
WAYS_ON: Mapping[Code, tuple[str, ...]] = {
    Code.MALFORMED: (),
    Code.UNKNOWN_TOOL: (),
    Code.NOT_ALLOWED: (),
    Code.NOT_IDENTIFIED: ("identify",),
    Code.NOT_CONFIRMED: (),
    Code.WRONG_PROOF: ("identify",),
    Code.LOCKED: (),
    Code.BAD_EXPRESSION: (),
    Code.KEY_REUSED: (),
    Code.CUSTOMER_NOT_FOUND: (),
    Code.ORDER_NOT_FOUND: ("list_orders",),
    Code.CASE_NOT_FOUND: ("list_orders",),
    Code.PRODUCT_NOT_FOUND: ("search_products",),
    Code.VARIANT_NOT_FOUND: ("search_products",),
    Code.NOT_PENDING: ("order_options",),
    Code.NOT_DELIVERED: ("order_options",),
    Code.NOT_SENT: ("order_options",),
    Code.ALREADY_CANCELLED: ("get_order",),
    Code.CLOSED: ("order_options",),
    Code.WINDOW_PASSED: ("order_options",),
    Code.INVALID_REASON: ("get_terms",),
    Code.INVALID_GROUND: ("order_options",),
    Code.INVALID_ADDRESS: (),
    Code.INVALID_DELIVERY: ("get_terms",),
    Code.NOTHING_CHANGED: ("get_order",),
    Code.METHOD_NOT_FOUND: ("get_customer",),
    Code.METHOD_NOT_ALLOWED: ("get_customer",),
    Code.NOT_PAID: ("get_order",),
    Code.METHOD_CHANGED: ("get_order",),
    Code.SAME_METHOD: ("get_customer",),
    Code.BALANCE_TOO_LOW: ("get_customer",),
    Code.NEEDS_APPROVAL: (),
    Code.PAYMENT_UNDER_WAY: ("get_customer",),
    Code.NO_ITEMS: ("get_order",),
    Code.LINE_NOT_IN_ORDER: ("get_order",),
    Code.TOO_MANY_PIECES: ("get_order",),
    Code.NEW_ITEM_UNKNOWN: ("get_product",),
    Code.OTHER_PRODUCT: ("get_product",),
    Code.SOLD_OUT: ("get_product",),
    Code.SAME_VARIANT: ("get_product",),
    Code.CASE_OPEN: ("get_order",),
    Code.CASE_STATUS: ("get_case",),
    Code.EVIDENCE_MISSING: (),
    Code.EVIDENCE_NOT_ALLOWED: (),
}


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule forbids the write; nothing was changed.

    `facts` are what a sentence about it needs: dates as ISO text, statuses, days.
    `instead` names the tools that are possible now: writes, or else the questions
    that help on.
    """

    def __init__(self, code: Code, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, str | int] = facts
        self.instead = WAYS_ON[code]

    @property
    def sentence(self) -> str:
        """Say it in the active language."""
        return str(SENTENCES[self.code]) % self.facts

    def or_else(self, tools: tuple[str, ...]) -> Self:
        """Say what is possible instead, if anything is."""
        self.instead = tools or self.instead
        return self
