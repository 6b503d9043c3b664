"""Messages that need no model: a word or two that can only mean one thing."""

import re

_YES = (
    r"(?:y|ya|yh|yes|yess|yea|yeah|yeh|yep|yup|yh+|ye|aye|sure|ok|okay|oki|okey|okie|"
    r"okk|k|kk|"
    r"correct|right|exactly|absolutely|definitely|certainly|indeed|affirmative|agreed|"
    r"confirm|confirmed|i confirm|go ahead|go for it|do it|do that|please do|"
    r"of course|fine|alright|all right|sounds good|sounds great|works for me|"
    r"that works|"
    r"that's it|thats it|that's right|thats right|that's correct|thats correct|it is|"
    r"it's correct|proceed|perfect|yes please|uh huh|mhm|true|sure thing|you bet|"
    r"no problem|good|great|then|now|please|pls|plz|thanks|thx|i do|i am|that one|"
    r"just do it|by all means|why not|very well)"
)
_YES_ZH = (
    r"(?:是|是的|是滴|是呀|是啊|对|对的|对对|对呀|对啊|好|好的|好滴|好哒|好呀|好啊|好吧|好嘞|"
    r"好勒|好了|行|行吧|行的|行啊|可以|可以的|可以呀|没错|没问题|没毛病|嗯|嗯嗯|嗯呢|嗯好|恩|恩恩|"
    r"确认|确定|同意|正确|就这个|就是它|就它|必须的|当然|成|妥|中|听你的|就这样|麻烦了|"
    r"谢谢|ok|yes|的|呢|啊|呀|了|吧|哈|请|办吧|继续|提交吧|提交|需要|要的|我确认|我同意|我确定)"
)
_NO = (
    r"(?:n|no|nope|nah|nay|naw|not|nooo?|don't|dont|do not|not really|not now|not yet|"
    r"not at all|absolutely not|definitely not|of course not|i don't|i dont|wrong|"
    r"incorrect|that's wrong|thats wrong|no way|no thanks|no thank you|thanks|"
    r"thank you|"
    r"please|pls|thx|never|i disagree|it isn't|it's not|its not|"
    r"that's not right|thats not right|that's not it|thats not it|please don't|"
    r"please dont)"
)
_NO_ZH = (
    r"(?:不|不是|不是的|不对|不行|不可以|不用|不用了|不必|不必了|不要|不要了|不需要|不了|先不|先不要|"
    r"先别|别|否|没有|没|不同意|不好|错了|不确认|不确定|暂时不|谢谢|no|的|呢|啊|呀|吧|哈|不想|不提交)"
)
_GAP = r"[\s,.!;~，。！、…-]*"


def _only(words: str) -> str:
    return rf"{_GAP}{words}(?:{_GAP}{words}){{0,4}}{_GAP}"


# The first that matches the whole message counts; the order matters for "好的 谢谢".
PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "promotion_unsubscribe",
        (
            r"(?:stop|unsubscribe|unsub|opt[ -]?out|td|t|tuiding|退订|回复?td|取消订阅)"
            r"(?: (?:all|me|promo|promotions?|emails?|texts?|messages?|sms))?[\s.!。！]*"
        ),
    ),
    (
        "human_agent",
        (
            r"(?:请|麻烦|帮我|给我|我要|快)?(?:转|接|找|叫|换)?(?:下|个|一下)?"
            r"(?:人工|真人|人工客服|真人客服|人工服务|在线客服|活人)(?:客服)?[\s.!?。！？]*"
            r"|(?:human|agent|representative|rep|operator|real person|live agent|live chat|"
            r"(?:talk|speak) to (?:a |an )?(?:human|agent|person|someone|real person))"
            r"(?: please| pls| now)?[\s.!?]*"
        ),
    ),
    ("greet", r"/start(?: \S{0,64})?|👋+"),
    (
        "greet",
        (
            r"(?:hi|hii+|hello|helo|hey|heya|hiya|hallo|good (?:morning|afternoon|evening)|"
            r"你好|您好|你好呀|哈喽|哈啰|嗨|在吗|在么|在不在|亲在吗|早上好|下午好|晚上好|中午好|早)"
            r"(?: there| all| bot)?[\s,.!?~，。！？]*"
        ),
    ),
    (
        "goodbye",
        (
            r"(?:bye|bye ?bye|goodbye|good bye|cya|see (?:you|ya)|再见|拜拜|拜|88|"
            r"886)[\s.!~。！]*"
        ),
    ),
    (
        "thank",
        r"(?:🙏|🌹|❤️?)+|(?:多谢|谢谢|谢谢你|谢谢您|谢谢啦|谢啦|谢了|感谢)[\s.!~。！]*",
    ),
    (
        "thank",
        (
            r"(?:ok |okay |great |perfect |cool )?(?:thanks|thank you|thx|ty|cheers|tysm)"
            r"(?: (?:a lot|so much|very much|you|mate))?[\s.!]*"
        ),
    ),
    ("affirm", r"[👍👌✅💯]+|" + _only(_YES) + "|" + _only(_YES_ZH)),
    ("deny", r"[👎❌🙅]+|" + _only(_NO) + "|" + _only(_NO_ZH)),
    (
        "cancel",
        (
            r"(?:never ?mind|nvm|forget it|forget about it|forget that|start over|"
            r"/cancel|/stop|"
            r"算了|算了吧|算了算了|当我没说|不弄了|不办了|不问了|不查了|退出|返回|重新开始)[\s.!。！]*"
        ),
    ),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in PATTERNS)
_BARE = re.compile(r"[\W\d_]*", re.UNICODE)
# Longer messages are never a word or two.
_LONGEST = 60


def match(folded: str) -> str:
    """Return the intent that the whole message can only have, else ""."""
    text = folded.strip()
    if not text or len(text) > _LONGEST:
        return ""
    return next((name for name, known in _COMPILED if known.fullmatch(text)), "")


def wordless(folded: str) -> bool:
    """Tell whether there is nothing but digits, marks and pictures."""
    return bool(_BARE.fullmatch(folded))


_OPENING = {
    "affirm": re.compile(
        rf"{_YES}(?![\w'])|(?:是的|对的|好的|没错|可以|嗯|行|对|好)(?=[\s,，。!！、])"
    ),
    "deny": re.compile(
        r"(?:no|nope|nah|not that|not this)(?![\w'])(?! problem)"
        r"|(?:不是|不对|不行|不用|不要|不|错了)(?=[\s,，。!！、])"
    ),
}


def opening(folded: str) -> tuple[str, int]:
    """Return the yes or no that a longer message opens with, and where it ends."""
    for name, known in _OPENING.items():
        found = known.match(folded)
        if found:
            return name, found.end()
    return "", 0
