"""Where a reason seems to stand: a cue for the learnt pointer."""

import re

from bots.dialogue.understand import clauses
from bots.dialogue.understand.normalise import Said
from bots.dialogue.understand.slots.found import Found

_BECAUSE = re.compile(
    r"\b(?:because(?: of)?|bcoz|bcz|coz|cos|cuz|'cause|since|due to|the reason (?:is|"
    r"being)(?: that)?|reason ?(?:is|:)|as (?=it|i|they|the|my|we))\s*[:,]?\s*"
    r"|(?:因为|由于|原因(?:是|为|[:：])|理由(?:是|[:：]))\s*[:：,，]?\s*"
)
_END = re.compile(
    r"[.!?。！？;；\n]|\b(?:so (?:please|can|could|i|pls)|can you|could you|please|"
    r"pls|would you|how (?:do|can)|what)\b|, (?=would|could|can|will|do|is|any|i'd|i want)"
    r"|(?:所以|麻烦|请|帮我|能不能|可以退)|[,，\s]\s*(?=我[想要]|想|要|能|可以|给我|申请)"
)
_SYMPTOM = re.compile(
    r"too \w+|^(?:damaged|broken|faulty|defective|torn|cracked|scratched|smashed|fake|used|dirty|expired|rotten)$|"
    r"\b(?:doesn'?t|does not|don'?t|do not|didn'?t|did not|isn'?t|is not|"
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
    r"两样|不同|差(?:太)?[多远]|充不[进上]|没[声电反]|有(?:股|点)?[怪异]?味|送了我|不小心|多买|"
    r"坏了|破了|碎了|裂了|漏了|掉色|起球|挤脚|磨脚|偏[大小]|[大小紧松]了|不符|不一样|等不及|没人|不回|态度|别处更便宜|别家|降价了|不响|"
    r"不亮|不转|开不了|没反应|没声音|手滑"
)
_REQUEST = re.compile(
    r"\b(?:i (?:want|need|'d like|would like|wanna)|can i|could i|how (?:do|can)|"
    r"please|pls|want to|id like) ?(?:to )?(?:return|exchange|cancel|refund|swap|"
    r"send|change|complain)\b"
    r"|^(?:我?(?:想|要|想要|申请|请|帮我|给我)*(?:退货|退款|退|换货|换|取消|投诉)(?:了|掉|一下)?)"
)
_ASKS = re.compile(
    r"(?:我|就|那|能不能|可不可以|可以|可否|麻烦|请)?(?:想|要|申请|帮我|给我|能|可以|麻烦|请){1,2}(?:把.{1,6})?(?:给我)?"
    r"(?:退|换|取消|撤)|(?<=[了的])(?:退|换)(?:货|款|一|个|掉|吧|了)|(?<=[了点])[,，]?换(?=\d|[smlx]|[大小成件双条台新码])|(?<=[了的])(?:退(?=$)|取消)|\b(?:so |and |then )*(?:i want|i'd like|i would like|"
    r"can i|could i|can you|could you|please|pls|want to|need to|how do i) .{0,12}"
    r"(?:return|refund|cancel|exchange|swap|replace|change|send|have|get)\b|\bget rid of\b|(?<=\w )(?:pls|please|can (?:i|you|u))\b"
)
# What is told of the goods or the order, without being the reason.
_NO_REASON = re.compile(
    r"[?？]|[吗么呢没]$|[以行好能]不$|^(?:帮|给|麻烦|请|把|查|看)|我(?:想|要)(?!不)|money|(?<!longer )(?<!don't )(?<!dont )(?<!not )\b(?:need|want) (?:a|an|the|it|one)\b|^(?:if|when|how|what|where|can|could|would|will|(?:is|are|do|does)(?! (?:not|too))|please|pls|and then|hi|hello|hey|"
    r"thanks|thank you|order|my order|ok|yes|no (?!longer))\b|^don'?t (?:bother|ship|send)|^如果|^要是|怎么|什么|多久|哪|"
    r"(?:没|未|尚未|还没有?)(?:发货|发|出库|拆|穿|用|付|到|开封|动)|刚(?:刚)?(?:下|拍|买|付)|已经?(?:付|下单|收到|签收|寄|申请)|"
    r"收到货|吊牌|全新|完好|标签|运费|谢谢|你好|您好|在吗|(?:天|周|月|年)前|昨[天晚]|今天|上周|照发|不想?要了?(?!的)|留着?|退款|退货|退钱|"
    r"撤了?(?:吧|掉)|取消|^(?:太|真是?太?)(?:离谱|过分|差劲?|烂|坑|失望|垃圾|气人|无语)(?:了|啦)?(?:你们)?$|再也不|^什么破|"
    r"^(?:this|that|it'?s?|you)(?: is|'s| are)? (?:just |so |really )*(?:an? )?(?:absolute |total |complete )?(?:ridiculous|joke|disgrace\w*|unacceptable|disgusting|awful|outrageous)\b|"
    r"still (?:has|have|got|in|sealed|boxed|unopened)|tags? (?:on|still)|never (?:worn|used|opened)|unopened|unworn|"
    r"(?:hasn't|hasnt|not|haven't) (?:shipped|left|been (?:shipped|opened|used))|"
    r"^(?:i |we )?(?:just )?(?:ordered|bought|paid|placed|received|got)\b(?! (?:the wrong|it twice|twice|the same|double|two|a |an |one|by))|"
    r"\bemail\b|\bnumber\b|\brefund|money back|(?:don'?t|do not|no longer) want|\breturn|\bcancel|\bexchange|\breplace"
)
_STATE = re.compile(
    r"[了不没太错坏破掉烂差旧脏漏松紧歪瘪裂碎疼痛痒卡吵慢烫贵硬刺丑臭]|[大小长短厚薄重轻]$|有(?:点|问题|异味|色差|划痕|洞|虫|毛病)|"
    r"^(?:it|they|these|this|both|the|my|one|some|its|theyre)\b \w+|"
    r"\b(?:is|are|was|were|isn'?t|aren'?t|wasn'?t|doesn'?t|don'?t|didn'?t|won'?t|can'?t|too|wrong|already|changed|found|"
    r"hates?|has|have|had|needs?|came|arrived|broke|stopped|keeps?|looks?|feels?|fits?|smells?)\b|'(?:s|m|re)\b"
)
_VAGUE = re.compile(r"不需要|(?:don'?t|no longer|do not) need")
_LEAD = re.compile(
    r"^(?:#?[a-z]*\d{4,}\W+)?(?:(?:and|but|so|it's just|that|也|就是|而且|的|了|这个?|那个?)\s+|[,，、:：]\s*)+"
)
# Told after the wish without a stop between: "return the boots they hurt".
_RUN_ON = re.compile(
    r"(?<=\w )(?:changed my mind|(?:bought|ordered) (?:it |them )?(?:by mistake|by accident|twice|the wrong)\b"
    r"|(?:it|they|these|it's|its|they're|theyre|this one|both)(?: \w+)? (?:is|are|was|were|hurts?|broke|stopped|leaks?|keeps?|looks?|"
    r"feels?|smells?|came|arrived|doesn'?t|don'?t|didn'?t|won'?t|isn'?t|too)\b"
    r"|(?:it|they) (?:hurts?|broke|leaks?|itch(?:es)?|smells?|pinch(?:es)?|shrank|ripped)\b"
    r"|(?:it's|its|they're|theyre) (?:too|so|not|broken|faulty|rubbish|crap|damaged|all|a bit|way)\b"
    r"|(?<=complain )(?:he|she|they|nobody|no one|it) \w+|(?:he|she|they|nobody|no one) (?:threw|left|was|were|never|did\w*|"
    r"has|have|kept|broke|lost|hung|told|said|shouted|refused|just)\b"
    r"|(?<=(?:pls|you|ply|ase) )the \w+ (?:is|are|was)\b).*$"
)
_WISHES = re.compile(
    r"\b(?:complain\w*|returns?|returning|refunds?|cancel\w*|exchange|swap|replace|money back|send\w* .{0,20}back)\b"
)
_WISHED = re.compile(
    r"退|换|取消|撤|不要|不想要|投诉|\b(?:returns?|returning|refund|cancel\w*|exchange|swap|replace|scrap|send|another|"
    r"money back|complain\w*|chang\w*|call off)\b"
)
# Enough words to tell something, and not a number or a word of manners.
_TELLS = re.compile(
    r"[\u4e00-\u9fff]{4}|^(?!(?:hi|hello|hey|thanks|thank|please|ok|order)\b)[a-z']+ [a-z']+"
)
_STATED = re.compile(
    r"^(?:昨天|今天|前天|上周.?|刚)?(?:买|拍|下单|收到|到)的(?=[\u4e00-\u9fff]{2})"
)
_HAN_SPACE = re.compile(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])")
_EDGES = " ,，.。!！?？~～"
_SHORTEST = 2
_LONGEST_WHY = 40

Place = tuple[int, int]


def find(said: Said) -> Found[str] | None:
    """Return why, where it is told in words that are known for it."""
    text = said.folded
    start, end = named(text) or _told(text)
    return Found(value=said.span(start, end), start=start, end=end) if end else None


def parts(text: str) -> list[Place]:
    """Return where the clauses are; a space beside Chinese parts them too."""
    found = []
    for start, end in clauses.split(text):
        at = start
        for space in _HAN_SPACE.finditer(text, start, end):
            found.append((at, space.start()))
            at = space.end()
        found.append((at, end))
    return found


def named(text: str) -> Place | None:
    """Return what stands after "because"."""
    because = _BECAUSE.search(text)
    if not because:
        return None
    stop = _END.search(text, because.end())
    start, end = _trimmed(text, because.end(), stop.start() if stop else len(text))
    return (start, end) if end - start >= _SHORTEST else None


def _told(text: str) -> Place:
    """Return the clause that tells what is wrong, beside the one that asks."""
    cut = [part for whole in parts(text) for part in _cut(text, *whole)]
    told = [part for part in cut if _is_why(text[slice(*part)], len(cut))]
    # "Not wanted" says less than any other reason beside it.
    better = [part for part in told if not _VAGUE.search(text[slice(*part)])]
    start, end = next(iter(better or told), None) or _other(text)
    for lead in (_LEAD, _STATED):
        found = lead.match(text[start:end])
        start += found.end() if found else 0
    return _trimmed(text, start, end)


def _other(text: str) -> Place:
    """Return the one clause beside a wish that asks for nothing itself."""
    cut = parts(text)
    words = [text[slice(*part)] for part in cut]
    wishes = [bool(_WISHED.search(clause)) for clause in words]
    left = [
        part
        for part, clause, wished in zip(cut, words, wishes, strict=True)
        if not wished and not _NO_REASON.search(clause) and _TELLS.search(clause)
    ]
    return left[0] if any(wishes) and len(left) == 1 else (0, 0)


def _cut(text: str, start: int, end: int) -> list[Place]:
    """Return a clause in two where it goes on to ask: "太大了想换小一码"."""
    after = _RUN_ON.search(text, start, end)
    if after and _WISHES.search(text, start, after.start()):
        return [(start, after.start()), (after.start(), end)]
    asked = _ASKS.search(text, start, end)
    if not asked or not _SHORTEST <= asked.start() - start <= _LONGEST_WHY:
        return [(start, end)]
    return [(start, asked.start()), (asked.start(), end)]


def _is_why(clause: str, count: int) -> bool:
    clause = _STATED.sub("", clause)
    if _REQUEST.search(clause) or _NO_REASON.search(clause):
        return False
    # Beside a request, any statement about a state of things is a reason.
    return bool(_SYMPTOM.search(clause) or (count > 1 and _STATE.search(clause)))


def _trimmed(text: str, start: int, end: int) -> Place:
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    return (start, end) if start < end else (0, 0)
