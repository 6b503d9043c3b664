"""Which language a message is in, judged by its letters."""

import re
from functools import cache
from pathlib import Path

from bots.dialogue.understand import lexicon

_CODE = re.compile(r"[@\d]|^https?:|^www\.")
_LATIN = re.compile(r"[a-zà-öø-ÿœß]+(?:'[a-z]+)?", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SCRIPTS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
}
# Small words that no English sentence has; two of them tell the language.
_SMALL = {
    "es": "el los las una por qué como dónde donde está mi pedido quiero tengo hola "
    "gracias cuándo para con devolver puedo necesito es cuánto",
    "fr": "le les une est où mon ma je vous ne pas pour avec commande bonjour merci "
    "quand comment veux puis c'est des retourner livraison",
    "de": "der das ist wo meine mein ich nicht und eine bitte danke wann wie "
    "bestellung möchte kann für zurück hallo mit",
    "pt": "onde está meu minha pedido quero não uma obrigado obrigada olá quando como "
    "para com você posso devolver",
    "it": "il gli dove mio ordine voglio non una grazie ciao quando come per con "
    "posso restituire è",
}
_SMALL_WORDS = {code: frozenset(words.split()) for code, words in _SMALL.items()}
_ENGLISH_WORDS = (
    "the a is are my i you it to of and for do does can where what when how this that "
    "please want need have not in on with order return refund hello thanks"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_PINYIN = Path(__file__).with_name("pinyin.txt")
# Chinese writes about three characters for two English words.
_HAN_A_WORD = 1.5


def detect(text: str, spoken: str = "") -> str:
    """Return the BCP 47 code of the main language of `text`.

    Where there are no words, or a single Latin one, the language `spoken` so far
    stays; without one, wordless text counts as English.
    """
    words = _LATIN.findall(" ".join(map(_without_codes, text.split())))
    han = len(_HAN.findall(text))
    script, letters = _other_script(text)
    if letters and letters >= 0.2 * (letters + han + len(words)):
        return script
    if not han:
        return _latin(words, spoken)
    return "zh" if han / _HAN_A_WORD >= len(words) else _latin(words, spoken)


def _without_codes(word: str) -> str:
    """Return "" for addresses and numbers, but keep what stands unspaced beside."""
    return "".join(c for c in word if ord(c) > 0x24F) if _CODE.search(word) else word


def _other_script(text: str) -> tuple[str, int]:
    counts = {code: len(mark.findall(text)) for code, mark in _SCRIPTS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best, counts[best]


def _latin(words: list[str], spoken: str) -> str:
    if _romanised(words):
        return "zh"
    if len(words) <= 1:
        return spoken or "en"
    lowered = {word.lower() for word in words}
    hits = {code: len(lowered & small) for code, small in _SMALL_WORDS.items()}
    best = max(hits, key=lambda code: hits[code])
    english = len(lowered & _ENGLISH)
    return best if hits[best] >= 2 and hits[best] > english else "en"


def _romanised(words: list[str]) -> bool:
    """Tell whether this is Chinese in Latin letters: "wo yao tuihuo"."""
    text = " " + " ".join(words).lower() + " "
    told = sum(
        word.count(" ") + 1 for word in _pinyin("telling") if f" {word} " in text
    )
    little = sum(word.lower() in _pinyin("little") for word in words)
    return bool(told) and 2 * max(told, little) >= len(words)


@cache
def _pinyin(kind: str) -> frozenset[str]:
    return frozenset(lexicon.entries(_PINYIN)[kind])
