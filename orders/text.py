"""Text in several languages, kept as `{"zh": "…", "en": "…"}`."""

from typing import TypeAlias

Localized: TypeAlias = dict[str, str]


def pick(text: Localized, language: str) -> str:
    """Return the text in `language`, else in English, else in any; "" if empty."""
    return text.get(language) or text.get("en") or next(iter(text.values()), "")
