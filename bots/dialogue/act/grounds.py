"""What is wrong with goods, as the shop's terms know it, from the words of the reason."""

import re

from orders.models import Case

Ground = Case.Ground

# In the order in which they are looked for: what is wrong says more than what is felt.
_SAID = (
    (
        Ground.WRONG_ITEM,
        (
            r"\b(?:wrong (?:item|product|thing|one|order|parcel|model|colou?r|size) "
            r"(?:was )?(?:sent|delivered|arrived|came)|(?:sent|got|received|delivered)"
            r"(?: me| us)? (?:the |a |an )?(?:wrong|different|another|somebody else)"
            r"|wrong (?:item|product|thing)|not (?:what )?i ordered)\b"
            r"|发错|错发|寄错|送错|发的不[是对]|不是我[买订要下拍]"
        ),
    ),
    (
        Ground.DAMAGED,
        (
            r"\b(?:damaged|cracked|smashed|shattered|dented|torn|ripped|crushed|"
            r"scratched|leaked in|arrived? broken|came broken|in pieces)\b"
            r"|破损|破了|碎|裂|压[坏扁]|摔[坏碎]|撕|划痕|变形|漏液|洒了"
        ),
    ),
    (
        Ground.DEFECTIVE,
        (
            r"\b(?:broken|broke|defective|faulty|defect|stopped working|dead|leak\w*|"
            r"(?:does ?n.?t|does not|do ?n.?t|did ?n.?t|won.?t|not|can.?t|cannot) "
            r"(?:work\w*|turn on|charge|start|switch on|connect))\b"
            r"|坏|故障|质量问题|瑕疵|失灵|开不了|不[亮转响工充通]|没反应|没声音|漏水|用不了|次品"
        ),
    ),
    (
        Ground.NOT_AS_DESCRIBED,
        (
            r"\b(?:not as (?:described|shown|pictured|advertised)|"
            r"(?:not like|differs? from|different (?:from|than|to)) the (?:picture|photo|"
            r"description)|misleading|fake|counterfeit)\b"
            r"|不符|不一样|不一致|色差|描述|假货|图片"
        ),
    ),
)
_LOST = (
    r"\b(?:lost|missing|incomplete|stolen|never (?:arrived|came|got|received)|"
    r"(?:did ?n.?t|did not|has ?n.?t|has not|have ?n.?t|not) (?:arrived?|come|get|"
    r"received?)|only (?:got|received)|short(?: of)?|nowhere)\b"
    r"|丢|没[收到有]|未收到|少[了发寄送一两]|缺|漏[发寄送了]|不见|不全|没送"
)
_COMPILED = tuple((ground, re.compile(said, re.IGNORECASE)) for ground, said in _SAID)
_IS_LOST = re.compile(_LOST, re.IGNORECASE)


def ground(reason: str) -> Case.Ground:
    """Why goods go back; where the words tell nothing else, they are not wanted."""
    found = (one for one, said in _COMPILED if said.search(reason))
    return next(found, Ground.CHANGED_MIND)


def problem(text: str) -> Case.Ground | None:
    """What went wrong with a delivery, as a refund without a return knows it, or None."""
    found = ground(text)
    if found == Ground.WRONG_ITEM:
        return found
    if _IS_LOST.search(text):
        return Ground.LOST
    return Ground.DAMAGED if found in {Ground.DAMAGED, Ground.DEFECTIVE} else None
