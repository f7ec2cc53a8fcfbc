"""The private calendar address: whoever holds it reads "Appointment" and when, without a login.

The token is long and random, and kept as a hash. An address that leads nowhere, one that was revoked and one
of somebody locked out answer alike. The log has neither the address nor who asked.
"""

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from iopkit.clinic.office import utc_now
from iopkit.errors import NotFoundError
from iopkit.exchange.calendar_out import feed_file
from iopkit.server.forms import Ours

FEED = r"/calendar/([A-Za-z0-9_-]{20,100})\.ics"


class CalendarFeed(Ours):
    """Answers with a calendar."""

    @allow_unauthenticated
    async def get(self, token: str) -> None:
        """Send the calendar behind a token; 404 where there is none."""
        try:
            made = await self.server.in_store(lambda store: feed_file(store, token, utc_now()))
        except NotFoundError as error:
            raise HTTPError(404) from error
        self.set_header("Content-Type", "text/calendar; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="appointments.ics"')
        self.finish(made)
