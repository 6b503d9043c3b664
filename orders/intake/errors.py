"""Why an event cannot be taken in; nothing of it is stored then."""


class MalformedError(ValueError):
    """It will never be understood."""


class NotYetError(ValueError):
    """It speaks of what is not known yet: to be sent again later."""
