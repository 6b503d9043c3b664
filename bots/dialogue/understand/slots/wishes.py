"""Why something is asked for, and what of an order is to change."""

import re

from bots.dialogue.understand import clauses, lexicon
from bots.dialogue.understand.normalise import Said

_BECAUSE = re.compile(
    r"\b(?:because(?: of)?|bcoz|bcz|coz|cos|cuz|'cause|since|due to|the reason (?:is|"
    r"being)(?: that)?|reason ?(?:is|:)|as (?=it|i|they|the|my|we))\s*[:,]?\s*"
    r"|(?:因为|由于|原因(?:是|为|[:：])|理由(?:是|[:：]))\s*[:：,，]?\s*"
)
_END = re.compile(
    r"[.!?。！？;；\n]|\b(?:so (?:please|can|could|i|pls)|can you|could you|please|"
    r"pls)\b|(?:所以|麻烦|请|帮我|能不能|可以退)|[,，]\s*(?=我|想|要|能|可以|给|申请)"
)
_SYMPTOM = re.compile(
    r"too \w+|\b(?:doesn'?t|does not|don'?t|do not|didn'?t|did not|isn'?t|is not|"
    r"wasn'?t|aren'?t|won'?t|can'?t) (?!want (?:to|it)|ship|send|know)\w+|"
    r"changed my mind|"
    r"change of mind|by mistake|by accident|accidentally|wrong (?:size|colou?r|item|"
    r"one|model)|no longer (?:need|want)|found (?:it|one) cheaper|"
    r"(?:is|are|was|were|arrived|came|got|it's) (?:all |completely |already |a bit |"
    r"so )?(?:broken|damaged|faulty|defective|cracked|scratched|torn|smashed|leaking|"
    r"dirty|late|small|big|"
    r"tight|loose|short|long|uncomfortable|used|stained|ripped|dead)|stopped working|"
    r"not (?:as described|what i|the right|working|happy)|hurts?\b|pinch\w*|"
    r"poor quality|not (?:good|great|comfortable)|"
    r"(?:质量|音质|效果|做工|味道|手感|颜色|材质|面料|款式|画质|性能|口感|包装|续航|信号).{0,3}(?:不[好行对]|一般|烂)|"
    r"不好[看用吃闻听穿喝]|过敏|"
    r"(?:ordered|bought) (?:it |them )?twice|(?:taking|takes|took) too long|waited|"
    r"nobody|no one|never (?:arrived|came|answer\w*|repl\w*)|rude|broke\b|fell apart|"
    r"太[^,，。!！\s]{1,6}|不合适|不合身|不喜欢|穿不下|买错|拍错|点错|下错|选错|发错|买重|重复|不需要|不想要|用不上|后悔|质量(?:差|"
    r"问题|不好)|有(?:问题|瑕疵|破损|异味|色差|划痕|洞)|"
    r"坏了|破了|碎了|裂了|漏了|掉色|起球|挤脚|磨脚|偏[大小]|[大小紧松]了|不符|不一样|等不及|没人|不回|态度|别处更便宜|别家|降价了|不响|"
    r"不亮|不转|开不了|没反应|没声音|手滑"
)
_REQUEST = re.compile(
    r"\b(?:i (?:want|need|'d like|would like|wanna)|can i|could i|how (?:do|can)|"
    r"please|pls|want to|id like) ?(?:to )?(?:return|exchange|cancel|refund|swap|"
    r"send|change|complain)\b"
    r"|^(?:我?(?:想|要|想要|申请|请|帮我|给我)*(?:退货|退款|退|换货|换|取消|投诉)(?:了|掉|一下)?)"
)
_VAGUE = re.compile(r"不想要|不需要|不要了|(?:don'?t|no longer|do not) (?:need|want)")
_LEAD = re.compile(
    r"^(?:(?:and|but|so|it's just|that|也|就是|而且|的|了|这个?|那个?)\s+|[,，、:：]\s*)+"
)
_SHORTEST = 2

_CHANGES = (
    (
        "address",
        (
            r"add?ress?\b|address|postcode|zip|pincode|pin code|street|house number|flat|"
            r"deliver(?:ed)? to|ship(?:ped)? (?:it )?to|send it to|sent to|redirect|"
            r"recipient|"
            r"receiver|contact number|phone number|地址|收货人|收件人|寄到|送到|送去|邮编|门牌|改寄|联系电话|电话|"
            r"手机号|dizhi"
        ),
    ),
    (
        "payment",
        r"pay(?:ment|ing)?\b|paypal|card|cash on delivery|\bcod\b|付款|支付|货到付款|花呗|分期",
    ),
    (
        "delivery",
        (
            r"express|courier|delivery (?:date|time|slot|method|day|option)|"
            r"shipping (?:method|option|speed)|reschedule|postpone|hold|pick ?up|"
            r"collect\w*|deliver (?:it )?(?:on|later|after|before|in)|"
            r"one parcel|two parcels|together|split|leave (?:it )?(?:with|at)|safe place|"
            r"evening|later|earlier|delivery to|faster|next day|gift wrap|gift message|"
            r"快递公司|顺丰|晚点|晚.天|推迟|延后|提前|加急|自提|拆|合并|一起发|分开发|配送时间|送货时间|发货时间|周[一二三四五六日末]送|驿站|"
            r"送货上门|备注"
        ),
    ),
)
_COMPILED_CHANGES = tuple((name, re.compile(pattern)) for name, pattern in _CHANGES)


def reason(said: Said) -> str:
    """Return why, as said; "" where nothing is given."""
    found = _BECAUSE.search(said.folded)
    if found:
        end = _END.search(said.folded, found.end())
        because = said.span(found.end(), end.start() if end else len(said.folded))
        if len(because) >= _SHORTEST:
            return because.rstrip(" ,，.。!！")
    return _symptom(said)


def _symptom(said: Said) -> str:
    parts = [
        (said.folded[start:end], said.span(start, end))
        for start, end in clauses.split(said.folded)
    ]
    why = [p for p in parts if _SYMPTOM.search(p[0]) and not _REQUEST.search(p[0])]
    # "Not wanted" says less than any other reason beside it.
    told = [spoken for part, spoken in why if not _VAGUE.search(part)]
    best = next(iter(told or [spoken for _, spoken in why]), "")
    return _LEAD.sub("", best).strip(" ,，.。!！?？")


def change(said: Said) -> str:
    """Return what of an order is to change; items, where nothing else is named."""
    for name, known in _COMPILED_CHANGES:
        if known.search(said.folded):
            return name
    return "items" if _names_items(said.folded) else ""


def _names_items(text: str) -> bool:
    names = {n for names in lexicon.concepts(lexicon.tokens(text)) for n in names}
    things = {"product", "colour", "sizeword", "quantity", "spec", "exchange"}
    return bool(names & things) or bool(
        re.search(r"\d|item|quantity|add|remove|换|改|加|减|款|件", text)
    )
