"""Text in several languages, kept as `{"zh": "…", "en": "…"}`."""

from typing import TypeAlias

Localized: TypeAlias = dict[str, str]

# Where a shop gives text without saying its language.
UNDETERMINED = "und"


def pick(text: Localized, language: str) -> str:
    """Return the text in `language`, else in English, else in any; "" if empty."""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")


def as_given(text: Localized) -> str | Localized:
    """Return the text as the shop's files have it: plain where no language is said."""
    if not text:
        return ""
    return text[UNDETERMINED] if text.keys() == {UNDETERMINED} else text
