"""What a message asks for where the bot has asked something."""

import re

from bots.dialogue.understand import clauses, consent, patterns, plain, spoken
from bots.dialogue.understand.classifier import Reading
from bots.dialogue.understand.labels import (
    ANSWERS,
    IDLE,
    MANNERS,
    NOTHING,
    OUT_OF_SCOPE,
    PRODUCT,
    Wish,
)
from bots.dialogue.understand.message import Message, distinct

# A no or a way out that the classifier must be sure of.
_STANDS = 0.6
# A new wish instead of the answer; a question is rarely one, and reasons look like
# other requests themselves.
_WISH = 0.75
_WISH_ASKED = 0.45
_WISH_OVER_REASON = 0.93
_TASK = 0.85
# A yes beside other words: never enough to act upon where a confirmation is open.
_YES_BESIDE = 0.3
_YES_ELSEWHERE = 0.5
_ASKS = re.compile(
    r"[?？]|[吗么呢]\W*$|什么|怎么|多久|多少|哪|几[天号点]|先问|\b(?:what|when|where|why|how|which|"
    r"who|can you|could you|do you|does|is there|is it)\b"
)

# What shops are asked about before something is agreed to or answered.
_TOPIC = re.compile(
    r"\bfees?\b|\bcosts?\b|charge|\bfree\b|money|refund|postage|how (?:long|soon|much)|\bdays\b|"
    r"penalt|full (?:amount|price)|get (?:it |that |this )?(?:all )?back|credit|coupon|voucher|"
    r"points|later|again|warranty|"
    r"手续费|费用|运费|邮费|扣|赔|钱|多久|几天|几号|什么时候|到账|退到|退回|原路|全额|优惠券|积分|违约|红包|谁出|以后|下次"
)
# Tasks that come with questions about how the shop does them.
_ACTS = frozenset(
    {"order_cancel", "return_request", "exchange_request", "order_change"}
)
_POLICY = 0.8
# Words of an answer that says nothing else.
_SHORT = 3
# Asked of these, it is no question about one's own order or payment.
_ASKED_AS = frozenset(
    {
        "refund_status",
        "payment_problem",
        "order_status",
        "account_help",
        "promotion_query",
    }
)
# Why something is sent back or no longer wanted; told, not asked.
_REASON = re.compile(
    r"不(?:想|需|再需)要了|用不[上着]了?|不喜欢|不合[适身]|不满意|不舒服|[不没](?:好[看用吃闻听穿喝]|够|值|准|清楚|太)|"
    r"(?:质量|音质|效果|做工|味道|手感|颜色|材质|面料|款式|尺[码寸]|画质|性能|口感|体验|声音|包装|续航|信号).{0,4}"
    r"(?:不[好行对]|差|一般|问题|烂)|过敏|太[大小长短重轻贵差硬软薄厚吵慢热烫紧松]|"
    r"\b(?:doesn'?t|didn'?t|isn'?t|wasn'?t|aren'?t|don'?t) (?:really |even |quite |actually )?"
    r"(?:fit|like|work|suit|match|look|need|want (?:it|them|this|these) (?:any ?more|now)|"
    r"good|comfortable|right|happy)|\bnot (?:good|very|great|happy|comfortable|as|what|working|the right|"
    r"so|that (?:good|great))|no longer (?:need|want)|no (?:good|use)\b|"
    r"\btoo \w+|quality|allerg"
)
_REASONED = frozenset({"return_request", "order_cancel", "exchange_request"})
# A problem that is told is the reason, where a reason may be given.
_PROBLEMS = frozenset(
    {"order_problem", "feedback", "complaint", "repair_request", "deny", "order_cancel"}
)
_REMEDY = re.compile(r"修|\brepair|\bfix|取消|\bcancel|投诉|complain|经理|manager|赔")
# Without one of these, no words refuse.
_NO_WORD = re.compile(
    r"\b(?:no|nope|nah|never|stop|rather|against|instead|don'?t|do not|not (?:now|yet|today|that|this))\b"
    r"|不(?:了|用|要|必|行|可以|是|退|换|取消|办|提交|确认|同意|想(?!要))|别|算了|甭|免了|没必要|反悔|改主意"
)
_WAITS = re.compile(
    r"(?:(?:h+m+|u+h*m*|er+m*|oh|wait|hold on|hang on|one|a|just|sec|second|moment|minute|please|"
    r"let me|think|a bit|ok|actually|no wait)\b|等一?[下等]|稍等|等会儿?|慢着|先|我|想想|嗯|呃|额|一下|再|\W)+"
)
# Looked for, not named in answer to which one.
_LOOKS = re.compile(
    r"\b(?:do you|have you|looking for|recommend|suggest|show me|find me|sell|buy|under|below|"
    r"between)\b|有没有|推荐|介绍|想买|要买|找|卖|以内|以下"
)
# "No, the other one": which thing is meant, and no wish.
_OTHER = re.compile(
    r"(?:it'?s |i (?:want|meant?) |but )?(?:the |my |an? |this |that )?(?:other|different|second|first|third|last|newer|"
    r"older|earlier|later|latest|wrong)(?: (?:one|order|item|thing|parcel|pair))?"
    r"|.{0,4}(?:另外?|别的|其他|其它|前面|后面|上面|下面|第)[一那这二三四]?.{0,3}[个单件双条台笔]"
)
# What the bare name of a thing looks like.
_NAMES = PRODUCT | {"order_problem"}
_OF_GOODS = frozenset({"items", "item", "choice", "product", "options", "quantity"})


def gives_reason(message: Message) -> bool:
    """Tell whether it is said why, and not that it is not to be done."""
    text, setting = message.folded, message.setting
    if setting.task not in _REASONED or _ASKS.search(text):
        return False
    if "需要" in setting.question and "需要" in text:
        return False
    return bool(_REASON.search(text)) and not consent.refuses(text)


def _policy(message: Message) -> bool:
    """Tell whether it is asked how the shop does what is under way."""
    text, setting = message.folded, message.setting
    if setting.task not in _ACTS or plain.numbered(text):
        return False
    return bool(_ASKS.search(text) and _TOPIC.search(text))


def decide(message: Message) -> list[Wish]:
    """Return the intents of an answer to the open question; none where none is open."""
    setting = message.setting
    if not setting.expecting and not setting.offered:
        return []
    name, end = consent.opening(message.folded)
    if setting.confirms:
        return _at_confirmation(message, name, end)
    if name == "deny":
        return [(name, 0.95), *_beside(message, end)]
    if name:
        return _after_yes(message, end)
    return _to_question(message) if setting.task else []


def _at_confirmation(message: Message, name: str, end: int) -> list[Wish]:
    """Return what is said instead of a plain yes or no."""
    refused = consent.refuses(message.folded)
    if name == "deny" and not refused:
        return [(name, 0.95), *_beside(message, end)]
    if refused:
        others = [wish for wish in _wishes(message) if wish[0] != message.setting.task]
        return distinct([("deny", 0.9), *others])
    rest = message.part(end) if name else message
    # "Yes, no" is neither: it is asked again.
    found = _task(message) if consent.verdict(rest.folded) else _instead(rest)
    return distinct([*found, ("affirm", _YES_BESIDE)]) if name else found


def _instead(message: Message) -> list[Wish]:
    """Return the wish of words that neither agree nor refuse; else the open task."""
    asks = _ASKS.search(message.folded)
    told = asks or plain.numbered(message.folded)
    needed = _WISH_ASKED if told else _WISH
    if _WAITS.fullmatch(message.folded) and not asks:
        return [NOTHING]
    if gives_reason(message):
        return _task(message)
    found = [wish for wish in spoken.decide(message) if wish[0] != "affirm"]
    first, sure = found[0] if found else NOTHING
    if _policy(message) and (
        first in _ASKED_AS | {message.setting.task} or sure < _WISH
    ):
        return [("policy_question", _POLICY)]
    if _tells(message, first):
        return _task(message)
    if first == OUT_OF_SCOPE and asks and sure >= _STANDS and not message.setting.task:
        return found
    if (
        (first in {"deny", "cancel"} and (asks or sure < _STANDS))
        or sure < needed
        or first in (OUT_OF_SCOPE, message.setting.task)
    ):
        found = []
    return found or _task(message)


def _tells(message: Message, label: str) -> bool:
    """Tell whether a label stands for what is wrong, or for a no without a no-word."""
    text = message.folded
    if label == "deny":
        return not _NO_WORD.search(text)
    if label not in _PROBLEMS or message.setting.task not in _REASONED:
        return False
    return not (_ASKS.search(text) or _REMEDY.search(text) or spoken.is_abuse(text))


def _task(message: Message) -> list[Wish]:
    return [(message.setting.task, _TASK)] if message.setting.task else [NOTHING]


def _after_yes(message: Message, end: int) -> list[Wish]:
    """Return what a yes opens where no yes was asked for: the rest says more."""
    rest = message.part(end)
    reading = rest.read()
    # Beside the number of an order, or a question, there is a wish.
    told = plain.numbered(rest.folded) or _ASKS.search(rest.folded)
    needed = _WISH_ASKED if told else _WISH
    if reading.label not in IDLE and reading.confidence >= needed:
        return [(reading.label, reading.confidence), ("affirm", _YES_ELSEWHERE)]
    if message.setting.task:
        return [(message.setting.task, 0.8), ("affirm", _YES_ELSEWHERE)]
    if _ASKS.search(rest.folded) or consent.refuses(rest.folded):
        return [NOTHING, ("affirm", _YES_BESIDE)]
    return [("affirm", _YES_ELSEWHERE)]


def _beside(message: Message, end: int) -> list[Wish]:
    """Return what is said after a no: another wish, or the task itself."""
    rest = message.folded[end:].strip(" ,.!，。！、")
    if not rest or patterns.match(rest) or consent.verdict(rest):
        return []
    reading, task = message.model.read(rest), message.setting.task
    if task and _OTHER.fullmatch(rest):
        return [(task, _TASK)]
    if reading.label not in IDLE and reading.confidence >= _WISH:
        return [(reading.label, reading.confidence)]
    return [(task, 0.8)] if task else []


def _to_question(message: Message) -> list[Wish]:
    whole = message.read()
    if _policy(message) and whole.label in _ASKED_AS | {message.setting.task}:
        return [("policy_question", _POLICY)]
    if _replaces(message, whole) and _leads(message, whole):
        return []
    answer = whole.label if _stands(whole) else message.setting.task
    return distinct([(answer, _TASK), *_wishes(message, skip=1)])


def _stands(reading: Reading) -> bool:
    """Tell whether this is said instead of an answer: a no, a way out."""
    outs = {"deny", "cancel", "human_agent"}
    return reading.label in outs and reading.confidence >= _STANDS


def _replaces(message: Message, reading: Reading) -> bool:
    expecting = message.setting.expecting
    if expecting == "payment_method" and len(message.folded.split()) <= _SHORT:
        # The name of a way to pay is no trouble with it.
        return reading.label not in {"payment_problem", "policy_question"}
    if expecting in _OF_GOODS and reading.label in _NAMES and message.setting.task:
        # The name of a thing is the answer, not a wish for one.
        text = message.folded
        if not _ASKS.search(text) and not _LOOKS.search(text):
            return False
    reasons = expecting == "reason"
    needed = _WISH_OVER_REASON if reasons else _WISH
    if _ASKS.search(message.folded) and not reasons:
        needed = _WISH_ASKED
    settled = ANSWERS | {OUT_OF_SCOPE, message.setting.task}
    if reading.label in settled or _stands(reading):
        return False
    return reading.confidence >= needed


def _leads(message: Message, whole: Reading) -> bool:
    """Tell whether a wish is said from the start, and not after an answer."""
    for start, end in clauses.split(message.folded):
        if patterns.match(message.folded[start:end]) not in MANNERS:
            first = message.read(start, end)
            return first.label == whole.label or first.confidence >= _WISH
    return True


def _wishes(message: Message, skip: int = 0) -> list[Wish]:
    """Return the wishes that clauses after the first `skip` plainly have."""
    parts = clauses.split(message.folded)[skip:]
    readings = [
        message.read(start, end)
        for start, end in parts
        if not consent.refuses(message.folded[start:end])
    ]
    no_wish = IDLE - {"human_agent", "complaint"}
    if message.setting.expecting == "reason" and not _ASKS.search(message.folded):
        # What the goods are like is told, not asked.
        no_wish |= PRODUCT
    return [
        (r.label, r.confidence)
        for r in readings
        if r.label not in no_wish and r.confidence >= _WISH
    ]
