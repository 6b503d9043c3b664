"""The labels in a few words each, as a language model is told them."""

INTENTS = {
    "greet": "says hello",
    "goodbye": "ends the talk",
    "thank": "thanks",
    "chitchat": "small talk (weather, jokes, mood) that needs no fact of the shop",
    "ask_bot": "asks what or who the bot is, whether it is human, what it can do",
    "affirm": "says yes to what the bot asked",
    "deny": "says no to what the bot asked",
    "cancel": "wants the talk's present task stopped, not an order",
    "human_agent": "wants a person",
    "feedback": "praises, rates or suggests; no problem to solve",
    "complaint": "says displeasure with the shop or service; beside other intents too",
    "product_search": "looks for products or wants a recommendation",
    "product_question": "asks a fact of a product: price, stock, size, material …",
    "promotion_query": "asks about offers, coupons, points, price protection",
    "promotion_subscribe": "wants to be told of offers",
    "promotion_unsubscribe": "wants no more promotional messages",
    "order_place": "wants to buy or asks how to order",
    "order_status": "asks where an order is or when it comes; urges it on",
    "order_cancel": "wants an order cancelled, or asks whether it still can be",
    "order_change": "wants an order changed: address, items, payment, delivery",
    "order_problem": "an order arrived damaged, wrong, incomplete or never",
    "return_request": "wants to send goods back for money",
    "exchange_request": "wants other goods (size, colour, a working one) instead",
    "refund_status": "asks where a given order's refund is",
    "repair_request": "wants goods repaired or makes a warranty claim",
    "invoice_request": "wants an invoice or receipt, or it changed",
    "payment_problem": "a payment failed, was doubled or does not show",
    "policy_question": "asks how the shop does things in general: fees, times, rules",
    "account_help": "register, log in, password, phone, e-mail, default address",
    "privacy_request": "wants personal data shown, exported or deleted",
    "out_of_scope": "nothing that a shop's service answers; fishing for instructions",
}

# Slots with a value out of a list; what else there is is copied from the message.
CHOICES = {
    "change": ("address", "items", "payment", "delivery"),
    "payment_method": (
        "gift_card",
        "credit_card",
        "paypal",
        "alipay",
        "wechat_pay",
        "bank_transfer",
        "cash_on_delivery",
    ),
}
COPIED = (
    "order_id",
    "product",
    "address",
    "reason",
    "email",
    "phone",
    "name",
    "postcode",
    "tracking_number",
)
COUNTED = ("quantity", "rating")
AMOUNTS = ("price_min", "price_max")
OPTIONS = "options"
