"""Every skill there is."""

from bots.dialogue.act.cancel_order import CancelOrder
from bots.dialogue.act.order_status import OrderStatus
from bots.dialogue.act.refund_status import RefundStatus
from bots.dialogue.act.return_order import ReturnOrder
from bots.dialogue.act.skill import Skill

SKILLS: dict[str, Skill] = {
    skill.name: skill
    for skill in (OrderStatus(), CancelOrder(), ReturnOrder(), RefundStatus())
}
