"""Words of a text in a form that can be compared: one spelling, one stem, one meaning."""

import logging
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

# A question is read up to here: what matters is said first, and time stays bounded.
LIMIT = 400

# Scripts written without spaces between words: kana, Chinese, Hangul.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_RUN = re.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|(?P<word>[^\W_{_UNSPACED}]+)")
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019`](?=\w)")

# Letters in which shoppers from Hong Kong and Taiwan write the words of this trade.
_TRADITIONAL = str.maketrans(
    "運費郵寄貨單號碼買賣錢幣價優惠券動積點員級號註冊賬帳戶電話訂購換維壞損傷誤錯漏補發"
    "開關閉時間幾個們嗎麼樣為從來這哪裡裏邊還沒會過現實體門業營務務員聯絡絡繫繼續請問説說"
    "誰給讓對應該資料隱私導檔數據紅藍綠黃銀灣國際澳門臺台稅關進鞋襪襯褲裝圍絲綿熱遠近遞"
    "達輸載連結網頁聽讀寫簽歡禮聖誕節慶賀壽歲歲區縣鄉鎮樓層廠專櫃條紙張盒環保險額餘額賠償"
    "證驗視頻圖檢測試選擇評論議題顏長寬窄緊鬆線鐘鍾週隨機車庫複雜難題種類顧傳真視訊語錄",
    "运费邮寄货单号码买卖钱币价优惠券动积点员级号注册账账户电话订购换维坏损伤误错漏补发"
    "开关闭时间几个们吗么样为从来这哪里里边还没会过现实体门业营务务员联络络系继续请问说说"
    "谁给让对应该资料隐私导档数据红蓝绿黄银湾国际澳门台台税关进鞋袜衬裤装围丝绵热远近递"
    "达输载连结网页听读写签欢礼圣诞节庆贺寿岁岁区县乡镇楼层厂专柜条纸张盒环保险额余额赔偿"
    "证验视频图检测试选择评论议题颜长宽窄紧松线钟钟周随机车库复杂难题种类顾传真视讯语录",
)

# What the words of common.txt count: they say little of what is asked.
COMMON_WEIGHT = 0.15

# Asks about the shopper's own case, or for a deed, not how the shop does things.
_PARTICULAR = re.compile(
    r"""
    \d{6,} | \w@\w
    | ^(?:帮我|给我|替我|我要|我想要|把|查下|查一下|催|转)
    | 我(?:那|昨天|上周|上个?月|上次|前天|刚买|是什么)
    | 怎么还没 | 还没[到发收] | 为什么还没 | 我的.*(?:了吗|没有|还[有剩没]|多少|几[张个])
    | ^(?:please|pls|cancel|check|change|send|give|delete|hurry|recommend|show|find
        |tell|track|raise|let|refund(?!\ (?:policy|time|rule))|get)\b
    | \bi(?:d\ like|\ want|\ need)\ to\b
    | \b(?:yesterday|last\ week|right\ now|order\ please)\b
    | \bstill\ (?:hasnt|havent|not)\b | \b(?:have|havent|am|did)\ i\b
    | \b(?:has|hasnt|have|where\ is|wheres|why\ is)\ my\b | \bmy\ .*\bhas(?:nt|\ not)\b
    | \b(?:in|on)\ my\ (?:account|card)\b
    """,
    re.VERBOSE,
)

# A wish to be told how things are, in front of a question, is not about a case.
_ASKING = re.compile(
    r"""
    ^(?:(?:please|pls|can\ you|could\ you|just)\ )*
    (?:(?:tell|show|let)\ me\ (?:know\ )? | explain\ (?:to\ me\ )?
        | i(?:d\ like|\ would\ like|\ want|\ need)\ to\ know\ )
    (?=how|what|when|where|which|who|why|whether|if|about)
    """,
    re.VERBOSE,
)

# The meanings in synonyms.txt that ask, but not about what.
ASKING = frozenset(
    {"=howlong", "=howmuch", "=howmany", "=howto", "=why", "=where", "=can", "=meaning"}
)

# Among the most frequent words of the segmenter, so that a phrase of ours is found where
# a common word overlaps it: invoice, 发票, in 开发票, where 开发 is a word too.
FREQUENT = 30_000

_HERE = Path(__file__).parent


def normalise(text: str, limit: int = LIMIT) -> str:
    """One width, one case, one script, no apostrophes; at most `limit` characters."""
    text = unicodedata.normalize("NFKC", text[:limit]).lower()[:limit]
    return _APOSTROPHE.sub("", text).translate(_TRADITIONAL)


def is_unspaced(text: str) -> bool:
    return any(match["unspaced"] for match in _RUN.finditer(text))


def particular(text: str) -> bool:
    return _PARTICULAR.search(_ASKING.sub("", text)) is not None


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A light English stem: plural, -ed, -ing, -ly and final e fall away."""
    if len(word) <= 3 or word in _WHOLE or not word.isascii() or not word.isalpha():
        return word
    for ending, put in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + put
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == "e" else word


# Not the plural of another word.
_WHOLE = frozenset({"customs", "goods", "news", "texts"})
_ENDINGS = (
    ("sses", "ss"),
    ("ies", "y"),
    ("ied", "y"),
    ("ings", ""),
    ("ing", ""),
    ("edly", ""),
    ("ed", ""),
    ("ss", "ss"),
    ("us", "us"),
    ("ly", ""),
    ("es", "e"),
    ("s", ""),
)


@cache
def _meanings() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Phrase, as stems or as one unspaced word, to the names of its meanings."""
    found: dict[tuple[str, ...], list[str]] = {}
    for line in (_HERE / "synonyms.txt").read_text("utf-8").splitlines():
        name, colon, phrases = line.partition(":")
        if not colon or line.startswith("#"):
            continue
        for phrase in phrases.split(","):
            key = tuple(stem(match[0]) for match in _RUN.finditer(normalise(phrase)))
            meanings = found.setdefault(key, [])
            if f"={name}" not in meanings:
                meanings.append(f"={name}")
    return {key: tuple(names) for key, names in found.items()}


@cache
def _common() -> frozenset[str]:
    words = (_HERE / "common.txt").read_text("utf-8").split()
    return frozenset(map(stem, words))


@cache
def _segmenter() -> Any:
    # It talks on standard error, and keeps its dictionary in a shared folder.
    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    settings.MODELS_DIR.mkdir(parents=True, exist_ok=True)
    tokenizer.tmp_dir = str(settings.MODELS_DIR)
    tokenizer.initialize()
    for phrase in _meanings():
        if len(phrase) == 1 and len(phrase[0]) > 1 and is_unspaced(phrase[0]):
            tokenizer.add_word(phrase[0], FREQUENT)
    return tokenizer


def _raw(text: str) -> Iterator[str]:
    meanings, common = _meanings(), _common()
    for match in _RUN.finditer(text):
        if match["word"]:
            yield stem(match[0])
            continue
        for word in _segmenter().cut(match[0], HMM=False):
            # A compound that means nothing here may hold a word that does.
            known = (word,) in meanings or word in common
            if not known and any((letter,) in meanings for letter in word):
                yield from word
            else:
                yield word


def terms(text: str) -> list[tuple[str, float]]:
    """The terms of a normalised text in order, each a meaning or a stem, with weight.

    The longest phrase that has a meaning stands for it; a phrase of several meanings
    shares its weight among them.
    """
    raw, meanings = list(_raw(text)), _meanings()
    found: list[tuple[str, float]] = []
    at = 0
    while at < len(raw):
        for length in range(min(5, len(raw) - at), 0, -1):
            names = meanings.get(tuple(raw[at : at + length]))
            if names:
                found.extend((name, 1 / len(names)) for name in names)
                break
        else:
            length = 1
            found.append((raw[at], COMMON_WEIGHT if raw[at] in _common() else 1.0))
        at += length
    return found


def grams(text: str) -> Iterator[str]:
    """Runs of letters: 1 to 3 of an unspaced script, 2 to 5 of a word with its edges."""
    for match in _RUN.finditer(text):
        run, sizes = match[0], range(1, 4)
        if match["word"]:
            run, sizes = f" {run} ", range(2, 6)
        for size in sizes:
            yield from (run[i : i + size] for i in range(len(run) - size + 1))
