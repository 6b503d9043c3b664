"""Which intents tell which slots."""

_REASONED = "order_cancel return_request exchange_request complaint"
_NAMED = (
    "repair_request order_problem product_search product_question promotion_query "
    "promotion_subscribe order_place order_status order_change refund_status "
    "policy_question feedback invoice_request"
)
_UNCOUNTED = (
    "feedback invoice_request complaint policy_question promotion_query product_question "
    "promotion_subscribe"
)
_PAID = "payment_problem order_place order_change policy_question"

GIVES_REASON = frozenset(_REASONED.split())
NAMES_PRODUCT = GIVES_REASON | frozenset(_NAMED.split())
COUNTS = NAMES_PRODUCT - frozenset(_UNCOUNTED.split())
PAYS = frozenset(_PAID.split())
