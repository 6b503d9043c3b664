"""What the bot asked last, and what the shopper was about when it did."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bots.dialogue.turn import Utterance
from bots.dialogue.understand import plain
from bots.dialogue.understand.labels import IDLE, TASKS
from bots.dialogue.understand.normalise import read

Classify = Callable[[str], tuple[str, float]]

_LOOK_BACK = 8
# A task stays open through more questions in between than that.
_LOOK_BACK_OPEN = 16
_SURE = 0.45
_LONGEST = 240
# An answer looks like a wish sometimes: said after a question, it must be plainer.
_SURE_ANSWER = 0.75
_NUMBER = re.compile(r"#?[A-Za-z]{1,4}\d{5,}|\d{3,}-\d{4,}|(?<!\d)\d{6,10}(?!\d)")

# The first that the bot's question names; more telling words stand first.
_ASKED = (
    ("identity", r"last (?:four|4)|后四位|尾号|verify|身份|核实"),
    (
        "confirm",
        (
            r"shall i|should i|do you want me to|would you like me to|confirm|"
            r"is (?:that|this|it) (?:right|correct|ok|okay)|go ahead\?|are you sure|"
            r"proceed|"
            r"确认|是否|可以吗|对吗|是吗|吗[?？]?$|好吗|要不要|需要我|^(?:did|is|are|was|has) "
        ),
    ),
    (
        "reason",
        r"\bwhy\b|reason|what(?:'s| is| was) wrong|what happened|为什么|原因|怎么了|什么问题",
    ),
    ("email", r"e-?mail|邮箱"),
    ("address", r"address|地址"),
    (
        "order_id",
        r"order (?:number|no|id)|which order|what order|订单号|哪个订单|哪一单|单号|哪笔",
    ),
    ("phone", r"phone|mobile|手机|电话"),
    ("name", r"your name|称呼|姓名|名字"),
    ("quantity", r"how many|quantity|几件|多少件|数量|几个"),
    ("options", r"(?:which|what) (?:size|colou?r)|尺码|颜色|码数|规格"),
    ("payment_method", r"payment|refund(?:ed)? to|支付方式|退到哪|付款方式"),
    ("choice", r"\bwhich\b|哪个|哪款|哪件|哪一|选"),
    ("product", r"what (?:product|item)|商品|产品"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _ASKED)
_QUESTION = re.compile(
    r"[?？]|\bplease\b|请|could you|can you|tell me|let me know|吗|呢"
)
# The offer of a colleague wants a yes or a no; nothing else answers it.
_PERSON = re.compile(
    r"hand you over|(?:talk|speak|chat) (?:to|with) (?:a|an|one|someone|somebody|my|our|the) ?"
    r"(?:colleague|person|human|agent)?|(?:connect|transfer|put) you|"
    r"同事|人工|真人|转接"
)
# What the bot's question calls the task that it belongs to.
_CALLED = (
    ("order_cancel", re.compile(r"\bcancel|取消")),
    ("return_request", re.compile(r"\breturn|退货|要退|退哪")),
)
# An offer of any help leaves no question open.
_OFFER = re.compile(
    r"how (?:can|may) i help|what can i (?:do|help)|anything else|什么可以帮|有什么(?:能|可以)|"
    r"怎么帮|还有(?:什么|其他|别的)|请问有什么"
)


@dataclass(frozen=True, kw_only=True)
class Setting:
    """The question that is open, and the intent it belongs to; both may be ""."""

    expecting: str
    task: str
    # The bot offered help of any kind: yes and no answer it, nothing else does.
    offered: bool = False
    # What the bot asked, folded.
    question: str = ""
    # What the shopper was about before, whether or not a question is open.
    before: str = ""
    # An order was named before.
    of_order: bool = False

    @property
    def confirms(self) -> bool:
        return self.expecting == "confirm"

    @property
    def is_open(self) -> bool:
        return bool(self.expecting or self.offered)


def setting(utterance: Utterance, classify: Classify) -> Setting:
    asked = _last_question(utterance)
    offered = bool(asked and _OFFER.search(asked))
    expecting = utterance.expecting or ("" if offered else _field(asked))
    before = _task(utterance, classify)
    task = ""
    if utterance.expecting:
        task = _open(utterance, classify, asked) or before
    elif expecting:
        task = before
    if not utterance.expecting and _PERSON.search(_asking(asked)):
        expecting, task, offered = "confirm", "", False
    return Setting(
        expecting=expecting,
        task=task,
        offered=offered,
        question=_asking(asked),
        before=before,
        of_order=_of_order(utterance),
    )


def _asking(said: str) -> str:
    """Return the last sentence with a question mark, or all that is said."""
    questions = re.findall(r"[^?？.!。！\n]*[?？]", said)
    return str(questions[-1]) if questions else said


def _of_order(utterance: Utterance) -> bool:
    recent = utterance.history[-_LOOK_BACK:]
    return any(_NUMBER.search(text[:_LONGEST]) for _, text in recent)


def _last_question(utterance: Utterance) -> str:
    if not utterance.history or utterance.history[-1][0] == "shopper":
        return ""
    said = read(utterance.history[-1][1][-_LONGEST:]).folded
    return said if _QUESTION.search(said) else ""


def _field(question: str) -> str:
    """Return the field a question asks for: "choice" where it names none."""
    if not question:
        return ""
    last = question.rstrip("?？ ").split("?")[-1][-120:]
    for text in (last, question):
        for name, known in _COMPILED:
            if known.search(text):
                return name
    return "choice"


def _task(utterance: Utterance, classify: Classify) -> str:
    """Return the latest intent of the shopper that an answer can belong to."""
    wishes = _wishes(utterance.history[-_LOOK_BACK:], classify)
    return next((label for label, _ in wishes), "")


def _open(utterance: Utterance, classify: Classify, asked: str) -> str:
    """Return the task that the open question belongs to, whatever was asked since.

    It is the one that the question names, else the latest that was not merely data.
    """
    said = list(_wishes(utterance.history[-_LOOK_BACK_OPEN:], classify))
    # A bare number is an answer, unless nothing else was said.
    wished = [label for label, is_data in said if not is_data]
    told = wished + [label for label, is_data in said if is_data]
    named = [task for task, known in _CALLED if known.search(asked) and task in told]
    if len(named) == 1:
        return named[0]
    return next((label for kind in TASKS for label in told if label in kind), "")


def _wishes(
    lines: tuple[tuple[str, str], ...], classify: Classify
) -> Iterator[tuple[str, bool]]:
    """Yield each wish of the shopper, the latest first, and whether it was only data."""
    for at in range(len(lines) - 1, -1, -1):
        sender, text = lines[at]
        if sender != "shopper":
            continue
        folded = read(text[:_LONGEST]).folded
        data = plain.bare(folded)
        label, confidence = (data or [classify(folded)])[0]
        answers = (
            at > 0
            and lines[at - 1][0] != "shopper"
            and "?" in lines[at - 1][1].replace("？", "?")
        )
        needed = _SURE_ANSWER if answers and not data else _SURE
        if confidence >= needed and label not in IDLE:
            yield label, bool(data)
