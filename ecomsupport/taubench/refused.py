"""The error classes of the cases, and which of the product's refusals each names."""

from orders.refusal import Code


class RefusedError(Exception):
    """A tool refuses the call; nothing was changed."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


MALFORMED = "malformed_call"
NOT_IDENTIFIED = "not_identified"
USER_NOT_FOUND = "user_not_found"
ORDER_NOT_FOUND = "order_not_found"
METHOD_OF_OTHER_USER = "payment_method_of_other_user"
ITEM_COUNT_MISMATCH = "item_count_mismatch"
BAD_EXPRESSION = "bad_expression"

CLASSES = {
    Code.INVALID_ADDRESS: MALFORMED,
    Code.CUSTOMER_NOT_FOUND: USER_NOT_FOUND,
    Code.ORDER_NOT_FOUND: ORDER_NOT_FOUND,
    Code.PRODUCT_NOT_FOUND: "product_not_found",
    Code.VARIANT_NOT_FOUND: "item_not_found",
    Code.NOT_PENDING: "order_not_pending",
    Code.ALREADY_CANCELLED: "order_not_pending",
    Code.CLOSED: "order_not_pending",
    Code.NOT_DELIVERED: "order_not_delivered",
    # An order with a case is no longer "delivered" there, but "return requested".
    Code.CASE_OPEN: "order_not_delivered",
    Code.INVALID_REASON: "invalid_cancel_reason",
    Code.METHOD_NOT_FOUND: "payment_method_not_found",
    Code.METHOD_NOT_ALLOWED: "refund_method_not_allowed",
    Code.METHOD_CHANGED: "payment_already_changed",
    Code.NOT_PAID: "payment_already_changed",
    Code.SAME_METHOD: "same_payment_method",
    Code.BALANCE_TOO_LOW: "gift_card_balance_too_low",
    Code.NO_ITEMS: "empty_item_list",
    Code.LINE_NOT_IN_ORDER: "item_not_in_order",
    Code.TOO_MANY_PIECES: "more_copies_than_ordered",
    Code.NEW_ITEM_UNKNOWN: "new_item_unknown",
    Code.OTHER_PRODUCT: "new_item_of_other_product",
    Code.SOLD_OUT: "new_item_not_available",
    Code.SAME_VARIANT: "same_variant",
}
