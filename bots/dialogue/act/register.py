"""Every skill there is."""

from bots.dialogue.act.cancel_order import CancelOrder
from bots.dialogue.act.change_address import ChangeAddress
from bots.dialogue.act.change_delivery import ChangeDelivery
from bots.dialogue.act.change_items import ChangeItems
from bots.dialogue.act.change_payment import ChangePayment
from bots.dialogue.act.exchange_order import ExchangeOrder
from bots.dialogue.act.order_status import OrderStatus
from bots.dialogue.act.refund_status import RefundStatus
from bots.dialogue.act.repair_order import RepairOrder
from bots.dialogue.act.report_problem import ReportProblem
from bots.dialogue.act.return_order import ReturnOrder
from bots.dialogue.act.skill import Skill
from bots.dialogue.act.withdraw_case import WithdrawCase

SKILLS: dict[str, Skill] = {
    skill.name: skill
    for skill in (
        OrderStatus(),
        RefundStatus(),
        CancelOrder(),
        ChangeAddress(),
        ChangePayment(),
        ChangeItems(),
        ChangeDelivery(),
        ReturnOrder(),
        ExchangeOrder(),
        RepairOrder(),
        ReportProblem(),
        WithdrawCase(),
    )
}
