"""What needs no fact of the shop."""

from bots.dialogue.act.talk import Talk

# Turns in vain, after which a person is offered.
PATIENCE = 3
MENU = ("order_status", "products", "human")


def chat(talk: Talk, topic: str) -> None:
    """Say the topic's wording; feedback is kept, a greeting shows what there is."""
    if topic == "feedback":
        rating = talk.understanding.slots.get("rating")
        talk.rating = (rating, talk.given.text[:2000])
    buttons = {
        "greet": MENU,
        "ask_bot": MENU,
        "empty": MENU,
        "media": ("human",),
    }.get(topic, ())
    if topic == "else" and talk.before.done:
        topic = "already_done"
    talk.say(f"talk/{topic}", buttons=tuple(talk.button(name) for name in buttons))


def unclear(talk: Talk) -> None:
    """Ask in other words; then show what there is; then offer a person."""
    match talk.missed():
        case 1:
            talk.say("talk/unclear")
        case 2:
            talk.say(
                "talk/unclear_again",
                buttons=tuple(talk.button(name) for name in MENU),
            )
        case _:
            talk.say("talk/unclear_third", buttons=(talk.person("stuck"),))


def outside(talk: Talk) -> None:
    """Say that it is none of the shop's business; the third time offer a person."""
    if talk.missed() >= PATIENCE:
        talk.say("talk/out_of_scope_again", buttons=(talk.person("stuck"),))
        return
    talk.say("talk/out_of_scope")


def nothing_found(talk: Talk) -> None:
    """Say that the shop has no such thing; the third time offer a person."""
    if talk.missed() >= PATIENCE:
        talk.say("talk/unclear_third", buttons=(talk.person("stuck"),))
        return
    talk.say("products/none", buttons=(talk.button("human"),))


def cancel(talk: Talk) -> None:
    """Leave the task on top, and only that one."""
    if talk.state.task is None:
        talk.say("talk/nothing_to_cancel")
        return
    talk.state = talk.state.popped()
    talk.say("talk/cancelled")


def wait(talk: Talk) -> None:
    """Give the shopper a moment: what was asked and offered stays open."""
    talk.say("talk/wait")
    talk.keeps_choices = True


def promotions(talk: Talk, *, wanted: bool) -> None:
    talk.promotions = wanted
    talk.say("promotions/on" if wanted else "promotions/off")
