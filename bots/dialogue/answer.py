"""The words: templates for what is fact or promise, in the shopper's language."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from bots.messages import Button

LOCALES = {"zh": "zh-hans", "en": "en"}

SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}

LABELS = {
    "yes": gettext_noop("Yes, please"),
    "no": gettext_noop("No"),
    "human": gettext_noop("Talk to a person"),
    "order_status": gettext_noop("Where is my order?"),
    "return_order": gettext_noop("Open a return"),
    "cancel_order": gettext_noop("Cancel the order"),
    "change_address": gettext_noop("Change the address"),
    "change_payment": gettext_noop("Change the payment"),
    "change_items": gettext_noop("Change items"),
    "change_delivery": gettext_noop("Change the delivery"),
    "exchange_order": gettext_noop("Exchange items"),
    "repair_order": gettext_noop("Have it repaired"),
    "report_problem": gettext_noop("Something is wrong with it"),
    "products": gettext_noop("Find a product"),
    "everything": gettext_noop("All items"),
    "cancel": gettext_noop("Never mind"),
}


def say(wording: str, language: str, **facts: Any) -> str:
    """Render `bots/replies/<wording>.txt` in the language; "" is never returned."""
    with translation.override(LOCALES[language]):
        text = render_to_string(f"{wording}.txt", facts, using="replies")
    return "\n".join(line.strip() for line in text.strip().splitlines() if line.strip())


def in_language(text: Callable[[], str], language: str) -> str:
    """Evaluate a translated text in the language."""
    with translation.override(LOCALES[language]):
        return str(text())


def button(name: str, language: str, value: str = "") -> Button:
    """A button of the register above; it sends its own name unless told otherwise."""
    with translation.override(LOCALES[language]):
        return Button(label=gettext(LABELS[name]), value=value or name)


def money(amount: Decimal, currency: str) -> str:
    """¥1,299.00; a currency without a sign here is written out: 12.00 CHF."""
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{amount:,.2f}" if symbol else f"{amount:,.2f} {currency}"


def day(value: date | datetime, language: str) -> str:
    """A day as people of the language write it."""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    with translation.override(LOCALES[language]):
        return date_format(value, "DATE_FORMAT")


def moment(value: datetime, language: str) -> str:
    """A day and an hour, in the shop's time zone."""
    local = timezone.localtime(value)
    return f"{day(local, language)} {local:%H:%M}"
