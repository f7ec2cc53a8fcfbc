"""The exception tree. Each message is one sentence a person can act on, without answers, names or free text.

IopkitError
├── WorksheetError   a worksheet file cannot be used (collected problems)
├── AnswerError      answers were refused (collected problems)
├── AccessError      the access policy says no
├── NotFoundError    nothing by that id, as far as this person may know
├── SignInError      who you say you are could not be confirmed
├── StoreError       the database or its key cannot be used, or refused a write
│   └── DatabaseError    the database itself is locked, full, read-only, damaged or away
├── ReportError      a report could not be rendered
└── ServeError       the server could not start
"""

from collections.abc import Sequence


class IopkitError(Exception):
    """Anything that iopkit refuses. The command line prints it as one line and exits with 1."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows instead of a traceback: the sentence alone."""
        return [f"{type(self).__name__}: {self}"]


class WorksheetError(IopkitError):
    """A worksheet file cannot be used; ``problems`` holds one line for each fault found."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class AnswerError(IopkitError):
    """Answers were refused; ``problems`` names the items, never what was answered."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class AccessError(IopkitError):
    """The access policy refuses; the message is the policy's reason."""


class NotFoundError(IopkitError):
    """Nothing by that id, as far as this person may know."""


class SignInError(IopkitError):
    """A user name, password, login or ticket was not accepted."""


class StoreError(IopkitError):
    """The database or its key cannot be used, or a write was not possible. Nothing was half stored."""


class DatabaseError(StoreError):
    """The database itself is locked, full, read-only, damaged or away. Its message names the place of it."""


class ReportError(IopkitError):
    """A report could not be rendered."""


class ServeError(IopkitError):
    """The server could not start."""
