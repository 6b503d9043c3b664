"""The nouns of a conversation."""

from bots.models.campaign import Campaign, CampaignRecipient
from bots.models.channel import Channel
from bots.models.contact import Consent, Contact
from bots.models.conversation import Conversation
from bots.models.correction import Correction
from bots.models.delivery import Delivery
from bots.models.feedback import Feedback
from bots.models.inbound import InboundEvent
from bots.models.message import Message
from bots.models.term import Term
from bots.models.ticket import Ticket, TicketEvent
from bots.models.trace import TurnTrace
from bots.models.trained import TrainedModel
from bots.models.usage import LanguageModelCall

__all__ = [
    "Campaign",
    "CampaignRecipient",
    "Channel",
    "Consent",
    "Contact",
    "Conversation",
    "Correction",
    "Delivery",
    "Feedback",
    "InboundEvent",
    "LanguageModelCall",
    "Message",
    "Term",
    "Ticket",
    "TicketEvent",
    "TrainedModel",
    "TurnTrace",
]
