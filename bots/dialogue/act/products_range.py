"""What the shop sells at all: its categories, with an example of each."""

from bots.dialogue import answer
from bots.dialogue.act import browsing, labels
from bots.dialogue.act.talk import Talk
from bots.messages import Button
from orders import catalogue
from orders.text import pick


def tell(talk: Talk) -> bool:
    """Answer who asks what the shop sells; whether that was asked."""
    if not catalogue.asks_for_range(talk.given.text):
        return False
    hits = talk.call(catalogue.examples, language=talk.language)
    if not hits:
        return False
    joint = "：" if talk.language == "zh" else ": "
    lines = [answer.say("products/found", talk.language)]
    buttons = []
    for product in (hit.product for hit in hits):
        name = pick(product.name, talk.language)
        kind = labels.category(product.category, talk.language)
        example = f"{name} — {browsing.price(talk, product)}"
        lines.append(f"{kind}{joint}{example}" if kind else example)
        buttons.append(Button(label=name, value=f"product:{product.ref}"))
    talk.reply("\n".join(lines), source="products/found", buttons=tuple(buttons))
    return True
