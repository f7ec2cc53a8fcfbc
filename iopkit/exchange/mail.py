"""Mail through the site's own server (``IOPKIT_SMTP_URL``): whether it was taken, waits, or is lost.

A message counts as sent once the server has taken it. Where it is not known whether it did (the line broke in
the middle), it is not sent again: a note too few is better than two.
"""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Literal
from urllib.parse import SplitResult, unquote, urlsplit

from iopkit.clinic.reminders import is_address
from iopkit.errors import StoreError

Outcome = Literal["sent", "queued", "refused", "unsure"]
URL = (
    "IOPKIT_SMTP_URL is the mail server's address, such as smtps://mail.example.org or "
    "smtp://mail.example.org:587, with a name and password before the host where it asks for them."
)
FROM = "IOPKIT_MAIL_FROM is the e-mail address that reminders come from, such as notes@example.org."
SECONDS = 20
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Mailer:
    """The site's mail server and the address that mail comes from."""

    url: SplitResult = field(repr=False)
    sender: str

    @contextmanager
    def open(self) -> Iterator["Line"]:
        """Open one connection for several messages; a server that is down makes a line that queues them."""
        try:
            connection = self._connect()
        except (OSError, smtplib.SMTPException):
            yield Line(None, self.sender)
            return
        try:
            yield Line(connection, self.sender)
        finally:
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        host, secure = self.url.hostname or "", self.url.scheme == "smtps"
        context = ssl.create_default_context()
        port = self.url.port or (465 if secure else 587)
        made: smtplib.SMTP
        if secure:
            made = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
        else:
            made = smtplib.SMTP(host, port, timeout=SECONDS)
        try:
            if not secure and host not in LOCAL:
                made.starttls(context=context)
            if self.url.username:
                made.login(unquote(self.url.username), unquote(self.url.password or ""))
        except BaseException:
            made.close()
            raise
        return made


@dataclass(frozen=True)
class Line:
    """An open connection to the mail server, or none."""

    connection: smtplib.SMTP | None
    sender: str

    def send(self, to: str, subject: str, text: str, at: datetime) -> Outcome:
        """Return what became of one message."""
        if self.connection is None:
            return "queued"
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message["Date"] = format_datetime(at)
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        try:
            self.connection.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            return _outcome([code for code, _ in error.recipients.values()])
        except smtplib.SMTPResponseException as error:
            return _outcome([error.smtp_code])
        except (OSError, smtplib.SMTPException):
            return "unsure"
        return "sent"


def _outcome(codes: list[int]) -> Outcome:
    """Return what a refusal means: 4xx is for now, 5xx for good."""
    return "queued" if all(400 <= code < 500 for code in codes) else "refused"


def mailer() -> Mailer:
    """Return the site's mail server by ``IOPKIT_SMTP_URL`` and ``IOPKIT_MAIL_FROM``; StoreError without."""
    try:
        url = urlsplit(os.environ.get("IOPKIT_SMTP_URL", ""))
        _ = url.port
    except ValueError as error:
        raise StoreError(URL) from error
    if url.scheme not in ("smtp", "smtps") or not url.hostname or url.path.strip("/"):
        raise StoreError(URL)
    sender = os.environ.get("IOPKIT_MAIL_FROM", "")
    if not is_address(sender):
        raise StoreError(FROM)
    return Mailer(url, sender)
