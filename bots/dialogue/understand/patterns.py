"""Messages that need no model: a word or two that can only mean one thing."""

import re

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
    ("promotion_subscribe", r"(?:start|unstop|subscribe|opt[ -]?in)[\s.!。！]*"),
    (
        "ask_bot",
        (
            r"(?:/?help|/?menu|main menu|help menu|commands|options|帮助|菜单|功能|主菜单|帮助菜单|功能菜单|"
            r"使用帮助)[\s.!?。！？]*"
        ),
    ),
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
            r"(?:(?:ok|okay|alright|thanks|好的?|嗯嗯?|那|行)[\s,，。!！]*)?"
            r"(?:bye|bye ?bye|goodbye|good bye|cya|see (?:you|ya)|再见|拜拜|拜|88|"
            r"886)[\s.!~。！]*"
        ),
    ),
    (
        "thank",
        r"(?:🙏|🌹|❤️?)+|(?:(?:好的?|好滴|嗯嗯?|哦|行)[\s,，。!！]*)?(?:多谢|谢谢|谢谢你|谢谢您|谢谢啦|谢啦|谢了|感谢)[\s.!~。！]*",
    ),
    (
        "thank",
        (
            r"(?:ok |okay |great |perfect |cool )?(?:thanks|thank you|thx|ty|cheers|tysm)"
            r"(?: (?:a lot|so much|very much|you|mate))?[\s.!]*"
        ),
    ),
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
