"""Characters as Telegram counts them, and without those that cannot travel."""


def units(text: str) -> int:
    """Count as Telegram does, in UTF-16: most emoji are two."""
    return len(text) + sum(character > "\uffff" for character in text)


def clean(text: str) -> str:
    """Replace half emoji and drop NUL: neither UTF-8 nor PostgreSQL takes them."""
    pairs = text.encode("utf-16-le", "surrogatepass")
    return pairs.decode("utf-16-le", "replace").replace("\0", "")
