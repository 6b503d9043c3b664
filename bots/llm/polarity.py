"""Whether a wording denies and affirms the same as the facts do."""

import re

from bots.llm.wording import Clause, Wording, closest

# Clauses that share this much of their words say the same or the opposite.
NEARLY_SAME = 0.6

# Whether these are denied must be as in the facts wherever they speak of them.
KEYWORDS = [
    re.compile(keyword)
    for keyword in (
        r"支持|接受|允许",
        r"可以|可(?!能|是|爱|靠)|能(?!量)",
        r"提供",
        r"需要?|须|必须",
        r"包邮|免费|免运费",
        r"收取|收费",
        r"退货|退款|退换|可退",
        r"换货",
        r"取消",
        r"修改|更改",
        r"包含|包括|含",
        r"叠加|同时使用",
        r"在线|营业|上班|\bonline\b|\bopen\b",
        r"有效",
        r"发货|配送|送达",
        r"\bcan(?:not|'t)?\b|\bable\b|\bmay\b|\bpossible\b|\ballow",
        r"\bsupport|\baccept",
        r"\boffer|\bprovid|\bavailab",
        r"\bneed|\brequir|\bmust\b|\bhave to\b",
        r"\bfree\b",
        r"\bcharg|\bcost|\bfee\b",
        r"\breturn",
        r"\brefund",
        r"\bexchang",
        r"\bcancel",
        r"\bchang",
        r"\binclud",
        r"\bcombin|\bstack",
        r"\bvalid|\bexpir",
        r"\bship|\bdeliver|\bdispatch",
    )
]

# Clauses that only say when or whether: what they lead to may be denied.
_SUBORDINATE = re.compile(
    r"\A(?:if|after|once|when|before|until|as soon as)\b|\A(?:如果?|若|一旦)|(?:后|时|的话)\Z"
)


def keywords_alike(said: Wording, known: Wording) -> bool:
    """What the facts only deny, or only affirm, is not spoken of otherwise."""
    return all(
        not (denied := _denials(keyword, known)) or _denials(keyword, said) <= denied
        for keyword in KEYWORDS
    )


def _denials(keyword: re.Pattern[str], wording: Wording) -> set[bool]:
    return {clause.negated for clause in wording.clauses if keyword.search(clause.text)}


def affirms_nothing_denied(said: Wording, known: Wording) -> bool:
    """What the facts only speak of to deny it is not affirmed."""
    affirmed = [clause.words for clause in known.clauses if not clause.negated]
    denied = known.words.difference(*affirmed)
    return all(
        sentence.negated or not sentence.words & denied for sentence in said.sentences
    )


def clauses_alike(said: Wording, known: Wording) -> bool:
    """Each clause denies or affirms as the one of the facts that is most like it."""
    return all(_alike(clause, known.clauses) for clause in said.clauses)


def _alike(clause: Clause, known: list[Clause]) -> bool:
    best, shared = closest(clause, known)
    if shared < 2:
        # Too unlike any: then only a denial is news.
        return not clause.negated or any(other.negated for other in known)
    return any(_denies_alike(clause, other) for other in best)


def _denies_alike(clause: Clause, other: Clause) -> bool:
    both = len(clause.words & other.words) / len(clause.words | other.words)
    if both >= NEARLY_SAME:
        # Nearly the same words with one "not" more or less are the opposite.
        return clause.negations == other.negations
    if _SUBORDINATE.search(clause.text) and not clause.negated:
        return True
    return clause.negated == other.negated
