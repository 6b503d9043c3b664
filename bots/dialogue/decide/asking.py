"""Whether words ask for something to be told, or for something to be done."""

import re

_MARK = re.compile(r"[?？]")
_QUESTION = re.compile(
    r"[吗么]\W*$|怎么|怎样|如何|多久|几天|多少|什么|哪|谁|为何|能不能|可不可以|能否|是否"
    r"|\b(?:how|what|when|where|who|why|which|can i|could i|may i|do i|is there|"
    r"are there|does|will i)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:can|could|would|will) you\b|\bplease\b|\bpls\b|\bi (?:want|need) (?:you )?to\b"
    r"|帮我|帮忙|麻烦|给我|我要|替我",
    re.IGNORECASE,
)
# What a rule of the shop says, whoever asks.
_GENERAL = re.compile(
    r"多久|几天|什么时候能|手续费|运费|邮费|谁[出付]"
    r"|\bhow (?:long|many days|soon)\b|\bfees?\b|\bpostage\b|\bwho pays\b",
    re.IGNORECASE,
)
_SHOPPING = re.compile(
    r"买|推荐|有没有|\bbuy\b|\blook(?:ing)? for\b|\brecommend|\bshow me\b|\bdo you\b",
    re.IGNORECASE,
)


def is_question(text: str) -> bool:
    return bool(_MARK.search(text) or _QUESTION.search(text))


def is_request(text: str) -> bool:
    """Whether something is to be done, however politely it is put."""
    return bool(_REQUEST.search(text))


def is_general(text: str) -> bool:
    """Whether it is asked how the shop does it, rather than for one order."""
    return is_question(text) and bool(_GENERAL.search(text))


def is_own_wish(text: str) -> bool:
    """Whether the words ask or look for something, so that they answer nothing.

    A bare name with a question mark is still an answer.
    """
    return bool(_QUESTION.search(text) or _SHOPPING.search(text))
