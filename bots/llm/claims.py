"""What a wording may not add: promises, commitments, deeds, and traces of a prompt."""

import re

from bots.llm.wording import Wording

# A wording names one of these only where the facts do, in either language.
TOPICS = {
    "free": r"免费|包邮|免运费|免邮|\bfree\b|no charge|complimentary",
    "refund": r"退款|退钱|退还|退回.{0,4}(?:款|钱)|\brefund|money back",
    "full": r"全额|全款|\bfull(?:y)? (?:refund|amount|price)|\bin full\b",
    "return": r"退货|可退|能退|\breturn(?!s? to normal)",
    "exchange": r"换货|更换|调换|\bexchang|\breplac|\bswap",
    "repair": r"维修|修理|\brepair",
    "warranty": r"保修|质保|\bwarrant",
    "insurance": r"保险|运费险|\binsur",
    "payout": r"赔|补偿|\bcompensat|\breimburs",
    "gift": r"赠|礼物|礼品|\bgift",
    "discount": r"优惠|折扣|打折|降价|\bdiscount|\bsale\b|\boff\b|\bcheaper",
    "coupon": r"券|\bcoupon|\bvoucher|promo(?:tion)? code",
    "priceprotect": r"价保|保价|price (?:match|protect|adjust)",
    "instalment": r"分期|\binstal?lment",
    "invoice": r"发票|开票|\binvoice|\breceipt",
    "cod": r"货到付款|cash on delivery|pay on delivery",
    "expedite": r"加急|优先|\bexpress\b|\bexpedit|\bpriorit|\brush\b",
    "pickup": r"自提|上门|取件|\bpick[ -]?up\b|\bcollect(?:ed|ion)?\b",
    "lifetime": r"永久|终身|终生|永远|\blifetime|\bforever|\bpermanent",
    "unlimited": r"无限|不限|\bunlimited|no limit|as m\w+ as you",
    "atonce": r"立即|立刻|马上|即刻|秒(?:退|到)|\bimmediate|\binstant|right away|at once",
    "anytime": r"随时|任何时候|\bany ?time|\bwhenever",
    "any": r"任何|任意|所有|全部|一切|\bany\b(?! (?:other|more|further) question)|\ball\b"
    r"|\bevery(?:thing|where|one)?\b",
    "always": r"总是|始终|一律|\balways",
    "only": r"仅|只(?![件是])|\bonly\b",
    "noreason": r"无理由|no[ -]questions|no reason|without (?:giving )?a?n?y? ?reason",
    "few": r"几个?(?:天|日|周|小时|分钟|月)|数(?:天|日|周|月)|\ba few\b|\bseveral\b"
    r"|\bcouple\b|\bsome (?:days|hours|weeks)",
    "half": r"半|对折|\bhalf\b",
    "twice": r"双倍|加倍|\btwice\b|\bdouble|\btriple",
    "today": r"今天|今日|当[天日]|\btoday\b|same[ -]day",
    "tomorrow": r"明天|明日|次日|隔[天日]|后天|\btomorrow\b|next[ -](?:business |working )?day",
    "soon": r"尽快|很快|\bsoon\b|\bshortly\b|\bquickly\b|\bfast\b",
    "weekend": r"周末|双休|\bweekend",
    "holiday": r"节假日|假期|春节|国庆|\bholiday",
    "monday": r"(?:周|星期|礼拜)一|\bmonday",
    "tuesday": r"(?:周|星期|礼拜)二|\btuesday",
    "wednesday": r"(?:周|星期|礼拜)三|\bwednesday",
    "thursday": r"(?:周|星期|礼拜)四|\bthursday",
    "friday": r"(?:周|星期|礼拜)五|\bfriday",
    "saturday": r"(?:周|星期|礼拜)六|\bsaturday",
    "sunday": r"(?:周|星期|礼拜)[日天]|\bsunday",
    "secret": r"密码|验证码|口令|卡号|身份证|\bpassword|\bpin\b|\bcvv\b|verification code"
    r"|card number",
    "lure": r"点击|链接|加微信|扫码|二维码|\bclick|\blink\b|\bqr\b|\bwhatsapp",
    "carrier": r"顺丰|圆通|中通|申通|韵达|京东|极兔|邮政|\bcourier",
    "alipay": r"支付宝|花呗|\balipay",
    "wechat": r"微信|\bwechat",
    "unionpay": r"银联|\bunionpay",
    "card": r"信用卡|银行卡|储蓄卡|credit card|debit card|bank card",
    "transfer": r"银行转账|汇款|bank transfer|wire transfer",
    "hongkong": r"香港|hong kong",
    "macao": r"澳门|maca[ou]\b",
    "taiwan": r"台湾|taiwan",
    "america": r"美国|united states|\bu\.?s\.?a\b",
    "britain": r"英国|united kingdom|britain",
    "japan": r"日本|\bjapan\b",
    "korea": r"韩国|\bkorea\b",
    "abroad": r"海外|国外|国际|境外|全球|\boverseas|\babroad|\binternational|\bworldwide",
    "material": r"纯棉|真皮|羊毛|蚕丝|纯银|纯金|\bcotton\b|\bleather\b|\bwool\b|\bsilk\b",
    "waterproof": r"防水|\bwater ?proof",
    "health": r"过敏|治疗|治愈|安全无|\ballerg|\bcure|\bmedical",
}
# Allowed only where the facts have the very same words.
PROMISES = [
    (
        r"\bguarante\w+|\bpromis\w+|\bassur\w+|\bdefinite\w+|\bcertain(?:ly|ty)|\babsolute\w+"
        r"|\bwithout fail|\b100%|\bsurely\b|\brest assured"
    ),
    r"保证|承诺|担保|一定(?!的|程度)|肯定|绝对|必定|必然|务必会|百分百|100%|包您|请?放心",
    (
        r"\bi(?: have|'ve| had|'d| am|'m| will|'ll| can| just| already| did|'ve just)\b"
        r"(?: \w+){1,2}"
    ),
    r"\b(?:let me|i) (?:go ahead|cancel|refund|arrang|process|chang|updat|send|check)\w*",
    r"\bwe(?: have|'ve| just| already)(?: \w+){1,2}|\bwe(?: will|'ll)(?: \w+){1,2}",
    r"\byour \w+(?: \w+)? (?:has|have|had|was|were|is being|will be|is now)(?: \w+){1,2}",
    r"(?:已经?|刚刚?|马上|这就|现在|即将|将|会)?(?:为|帮|给|替)(?:您|你)\w{1,4}",
    r"(?<!们)我(?:已|刚|这就|马上|会|将|来|可以|帮|给|替)\w{1,4}",
    (
        r"\b(?:we|you|seller|buyer)(?:'ll| will| have to| must| need to| should)? "
        r"(?:pay|cover|bear)\b|\bpaid by \w+(?: \w+)?"
    ),
    (
        r"由\w{1,4}?(?:承担|支付|负担|出)|(?:我们|卖家|商家|您|你|买家)(?:来|需|要|自行)?"
        r"(?:承担|支付|负担|付)"
    ),
    r"我们(?:已|刚|这就|马上|会|将)\w{1,4}",
    r"(?:您|你)的?(?:订单|包裹|退款|款项|快递|申请)\w{0,4}(?:已|被|正在|刚|会|将)\w{1,4}",
]
_LEFTOVERS = re.compile(
    r"<\|?[^>\s]*\|?>|<\||\|>|\[/?inst\]|\[/?sys|```|\*\*|^\s*#|[{}\ufffd]"
    r"|(?:^|\n)\s*(?:assistant|user|system|human|ai|助手|用户|系统|客服)\s*:"
    r"|\bas an ai\b|\blanguage model\b|作为.{0,4}(?:ai|人工智能|语言模型)|\bprompt\b|提示词"
    r"|\b(?:the|these|given|provided) facts?\b|(?:以上|上述|提供的|根据)(?:资料|事实|信息)",
    re.IGNORECASE,
)
# Commitments that come with a condition more often than not.
CONDITIONAL = frozenset({"free", "discount", "gift", "payout", "coupon"})

_TOPICS = {name: re.compile(pattern) for name, pattern in TOPICS.items()}
_PROMISES = [re.compile(pattern) for pattern in PROMISES]


def topics(text: str) -> set[str]:
    """Which a canonical text names."""
    return {name for name, form in _TOPICS.items() if form.search(text)}


def promises(wording: Wording) -> set[str]:
    return {
        found.group()
        for pattern in _PROMISES
        for found in pattern.finditer(wording.canonical)
    }


def leftovers(wording: Wording) -> bool:
    """Whether marks of a template, a role or the prompt itself are left in it."""
    return _LEFTOVERS.search(wording.normal) is not None
