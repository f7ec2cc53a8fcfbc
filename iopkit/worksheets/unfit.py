"""The one way in which an answer is found not to fit its question."""


class UnfitError(ValueError):
    """An answer that does not fit its question; the message says what would, never what was given."""
