"""Why something goes back or is called off, said in a few words."""

import re

_REASON = re.compile(
    r"质量|音质|效果|手感|不好[看用吃闻]|不好$|太[差大小长短硬软吵重薄]|不合[适身脚]|不适合"
    r"|不需要|用不[上着到]|不想要|不喜欢|过敏|坏了?$|瑕疵|破损|色差|买[错多重]|拍错"
    r"|\b(?:too (?:big|small|large|tight|loose|long|short|heavy|loud|hard|soft)|"
    r"(?:poor|bad) quality|does ?n.t (?:fit|work|suit)|didn.t (?:fit|like|work)|"
    r"don.t (?:like|need|want) (?:it|them|this)|no longer need\w*|not (?:good|"
    r"what i expected)|broken|defective|damaged|faulty|allergic|rash|wrong (?:size|"
    r"colou?r|item)|changed my mind)\b",
    re.IGNORECASE,
)
# What is plainly a no, whatever reason stands beside it.
_NO = re.compile(
    r"^\W*(?:no|nope|nah|cancel|stop)\b|\b(?:don.t|do not) (?:return|cancel|open|do)\b"
    r"|^(?:不用|不了|不是|不对|别|算了|不[退要取])|[不别](?:退|取消|办)",
    re.IGNORECASE,
)
_LONGEST = 60


def is_reason(text: str) -> bool:
    """Whether the words say why, and say neither no nor ask."""
    plain = text.strip(" 。.!！~,，")
    return (
        len(plain) <= _LONGEST
        and bool(_REASON.search(plain))
        and not _NO.search(plain)
        and "?" not in plain
        and "？" not in plain
    )
