"""What can be wrong with a line."""


class LineError(ValueError):
    """The line cannot be taken in; the text says why, for the shop's staff."""

    def __init__(self, reason: str, *, field: str = "") -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
