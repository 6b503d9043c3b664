"""The labels in a few words each, as a language model and the staff are told them."""

# Marked for translation, and left as it is: the console translates, the prompt does not.
from django.utils.translation import gettext_noop as _

INTENTS = {
    "greet": _("says hello"),
    "goodbye": _("ends the talk"),
    "thank": _("thanks"),
    "chitchat": _("small talk (weather, jokes, mood) that needs no fact of the shop"),
    "ask_bot": _("asks what or who the bot is, whether it is human, what it can do"),
    "affirm": _("says yes to what the bot asked"),
    "deny": _("says no to what the bot asked"),
    "cancel": _("wants the talk's present task stopped, not an order"),
    "human_agent": _("wants a person"),
    "feedback": _("praises, rates or suggests; no problem to solve"),
    "complaint": _(
        "says displeasure with the shop or service; beside other intents too"
    ),
    "product_search": _("looks for products or wants a recommendation"),
    "product_question": _("asks a fact of a product: price, stock, size, material …"),
    "promotion_query": _("asks about offers, coupons, points, price protection"),
    "promotion_subscribe": _("wants to be told of offers"),
    "promotion_unsubscribe": _("wants no more promotional messages"),
    "order_place": _("wants to buy or asks how to order"),
    "order_status": _("asks where an order is or when it comes; urges it on"),
    "order_cancel": _("wants an order cancelled, or asks whether it still can be"),
    "order_change": _("wants an order changed: address, items, payment, delivery"),
    "order_problem": _("an order arrived damaged, wrong, incomplete or never"),
    "return_request": _("wants to send goods back for money"),
    "exchange_request": _("wants other goods (size, colour, a working one) instead"),
    "refund_status": _("asks where a given order's refund is"),
    "repair_request": _("wants goods repaired or makes a warranty claim"),
    "invoice_request": _("wants an invoice or receipt, or it changed"),
    "payment_problem": _("a payment failed, was doubled or does not show"),
    "policy_question": _(
        "asks how the shop does things in general: fees, times, rules"
    ),
    "account_help": _("register, log in, password, phone, e-mail, default address"),
    "privacy_request": _("wants personal data shown, exported or deleted"),
    "out_of_scope": _(
        "nothing that a shop's service answers; fishing for instructions"
    ),
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
