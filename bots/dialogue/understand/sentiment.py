"""How the shopper feels: negative, neutral or positive."""

import re

from bots.dialogue.understand.normalise import squeeze

NEGATIVE, NEUTRAL, POSITIVE = "negative", "neutral", "positive"


def judge(folded: str, intents: frozenset[str]) -> str:
    """Weigh the feeling words; what is only asked or reported is neutral."""
    text = squeeze(folded)
    bad, good = _weigh(text)
    if "complaint" in intents:
        bad += 1.5
    if "feedback" in intents and bad == 0 and not _LUKEWARM.search(text):
        good += 1
    # Thanks beside a request are manners.
    if "thank" in intents and bad == 0 and intents <= _PLEASANT:
        good += 1
    if bad >= 1 and bad >= good:
        return NEGATIVE
    return POSITIVE if good >= 1 and good > bad else NEUTRAL


_PLEASANT = frozenset({"thank", "greet", "goodbye", "feedback", "affirm"})
# Suggestions and middling marks praise nothing.
_LUKEWARM = re.compile(
    r"would be|could you|could use|maybe|wish|should|suggest|please add|offer|average|"
    r"\bok\b|okay|\b[123] ?stars?|\b(?:[123]|one|two|three) ?(?:out of|/) ?(?:5|five)\b|(?:two|three) stars|how do i|where can i|"
    r"建议|希望|要是|能不能|最好|可以出|出个|一般|还行|中规中矩|[三二两23]颗?星|[123]分|怎么评|"
    r"在哪"
)
_ANGER = re.compile(
    r"terribl|awful|horribl|\bworst\b|rubbish|useless|disgust|disgrac|ridicul|"
    r"unacceptable|pathetic|appalling|shocking|shame|\bscam|fraud|liars?\b|\blying\b|"
    r"cheat(?:ed|s|ing)?\b|"
    r"angry|furious|fed up|sick of|disappoint|frustrat|annoy|\brude\b|never again|"
    r"never (?:shop|buy|order)|waste of|wasted|incompetent|\bcrap|garbage|\bshit|"
    r"\bwtf\b|\bffs\b|"
    r"\bfuck|bloody|\bhate\b|nightmare|(?:is|are|was|what|such|this|total|complete|absolute|sick|bad)"
    r"(?: a| an| all a)?(?: \w+)? joke\b|dreadful|unprofessional|"
    r"sucks?\b|upset|unhappy|not happy|not good enough|had enough|ripped? off|"
    r"let down|"
    r"stupid|idiot|ruined|hopeless|mess\b|so bad|very bad|too bad|bad (?:service|"
    r"quality|experience|company)|poor (?:service|quality|show)|cheap rubbish|"
    r"zero stars|0 stars|[12] stars?\b|(?:one|two) stars?\b|"
    r"(?<![\d.])(?:[012]|zero|one|two) ?(?:out of|/) ?(?:5|five)\b|[12一二两]颗星|[二两12]星|"
    r"how (?:hard|difficult) can it be|how dare|no one (?:replies|answers|cares|"
    r"helps)|nobody (?:replies|answers|cares|helps)|ignor(?:ed|ing) me|"
    r"still no (?:reply|answer|refund|response)|"
    r"third time|3rd time|fourth time|how many times|keep (?:lying|ignoring)|"
    r"taking the (?:piss|mick)|"
    r"不满意|垃圾|太差|差劲|差评|失望|生气|气死|火大|骗子|骗人|坑人|黑店|恶心|敷衍|推卸|踢皮球|糊弄|忽悠|欺骗|消协|12315|曝光|受够|再也不|"
    r"什么破|什么玩意|什么态度|态度(?:很|太|真|这么|也)?(?:差|恶劣|不好)|"
    r"好烂|真烂|太烂|烂透|烂死|无语|寒心|过分|离谱|不负责任|没人管|没人理|不理人|已读不回|耍我|欺负|气人|心累|受不了|烦死|烦人|坑爹|坑死|"
    r"太坑|真坑|滚|妈的|他妈|tmd|傻|脑残|废物|狗屁|"
    r"投诉|举报你们|太慢了|慢死|等了(?:一个|半个|好几|这么|那么|快)|搞什么|怎么搞的|到底(?:还|要|管|什么时候|想|怎么)|有完没完|忍无可忍|"
    r"服了你|呵呵|太让人|糟糕|太糟|很差|非常差|差死|真差|差得|没用的|难用|难吃|难看死|"
    r"第[三四五六]次了|催了[几三四五六]|说话不算|假一赔|后悔买|别买|不会再(?:买|来)|一星"
)
_JOY = re.compile(
    r"\blove[ds]?\b|ador(?:e|es|ed)|excellent|amazing|awesome|brilliant|fantastic|"
    r"perfect|wonderful|superb|lovely|\bhappy with|very happy|so happy|pleased|"
    r"satisfied|impressed|delighted|"
    r"\bgreat\b(?! deal)|good (?:job|quality|service|value)|well done|top notch|(?:5|"
    r"five)[ -]stars?|very good|so good|really good|works great|best (?:shop|store|"
    r"service|online|purchase)|"
    r"keep it up|chuffed|appreciate|"
    r"you(?:'re| are) (?:the best|a star|so kind|very kind|helpful)|very helpful|"
    r"so helpful|super (?:fast|helpful|quick)|"
    r"好评|很好|真好|太好了|好喜欢|很喜欢|喜欢|满意|点赞|给力|好用|好吃|好看|好穿|漂亮|舒服|超值|物美价廉|性价比(?:很|超|真)?高|五星|"
    r"5星|表扬|棒|靠谱|完美|惊喜|绝绝子|yyds|爱了|太赞|超赞|不错|贴心|耐心|👍|❤|🌹|😊|😍|🥰"
)
_MOOD = re.compile(r"[😡🤬😤💢👎😠🙄]")
_NOT_ENGLISH = re.compile(
    r"(?:\bnot|n't|\bnever|\bno|\bwithout|hardly|isnt|wasnt|dont|didnt|doesnt|arent|"
    r"cant)(?: \w+){0,2} ?$"
)
_NOT_CHINESE = re.compile(
    r"(?:不|没|没有|不太|不是很|不怎么|不够|别|一点都不|一点也不|无)$"
)
# A wish for good things, or a question about them, is no praise.
_ASKED = re.compile(
    r"吗|么|[?？]|有没有|哪|推荐|怎么|\b(?:is|are|does|do|which|what|how|would|could|any|"
    r"looking|want|recommend|need|best)\b"
)
_ASKABLE = re.compile(
    r"好用|好吃|好看|好穿|舒服|漂亮|喜欢|不错|靠谱|perfect|great|good|love|best|nice|happy|happ|lovely|"
    r"棒|满意|很好|真好|给力"
)


def _weigh(text: str) -> tuple[float, float]:
    bad = good = 0.0
    for match in _ANGER.finditer(text):
        if _negated(text, match.start()) and "not" not in match[0]:
            good += 0.5
        else:
            bad += 1
    asks = bool(_ASKED.search(text))
    for match in _JOY.finditer(text):
        if _negated(text, match.start()):
            bad += 0.0 if asks else 0.5
        elif not (asks and _ASKABLE.search(match[0])):
            good += 1
    return bad + len(_MOOD.findall(text)) + _shouting(text), good


def _negated(text: str, at: int) -> bool:
    before = text[max(0, at - 20) : at]
    return bool(_NOT_ENGLISH.search(before) or _NOT_CHINESE.search(before))


def _shouting(text: str) -> float:
    return 0.5 if re.search(r"[!！?？]{2,}", text) else 0.0
