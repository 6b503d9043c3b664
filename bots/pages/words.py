"""What the scripts of the pages say, in the reader's language."""

from django.utils.translation import gettext as _


def chat() -> dict[str, str]:
    return {
        "you": _("You"),
        "assistant": _("Assistant"),
        "agent": _("Customer service"),
        "system": _("Notice"),
        "sending": _("Sending…"),
        "queued": _("Waiting for a connection"),
        "failed": _("Not sent."),
        "retry": _("Try again"),
        "tooLong": _("This message is too long."),
        "slowDown": _("That was a lot at once. Sending in a moment…"),
        "closed": _("The chat is closed at the moment."),
        "offline": _(
            "You are offline. Your messages are sent as soon as you are back."
        ),
        "reconnecting": _("Connecting again…"),
        "typing": _("An answer is being written…"),
        "bot": _("Assistant · answers at once"),
        "waiting": _("A colleague takes care of you"),
        "person": _("{name} is with you"),
        "choices": _("Choose an answer"),
        "today": _("Today"),
        "yesterday": _("Yesterday"),
        "newMessages": _("New messages"),
        "picture": _("Picture of {title}"),
    }


def desk() -> dict[str, str]:
    return {
        "closed": _("This ticket has been closed meanwhile. Nothing was sent."),
        "gone": _("This is not here any more."),
        "refused": _("You may not do this."),
        "invalid": _("Please write something first."),
        "failed": _("That did not work. Please try again."),
        "offline": _("No connection. Trying again…"),
        "typing": _("The shopper is typing…"),
    }


def launcher() -> dict[str, str]:
    return {
        "open": _("Chat with us"),
        "close": _("Close the chat"),
        "unread": _("Chat with us, {count} unread"),
    }
