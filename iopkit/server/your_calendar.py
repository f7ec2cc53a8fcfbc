"""The page on which a client makes or revokes their calendar address, and chooses reminders by e-mail."""

import os
from collections.abc import Awaitable, Callable
from datetime import time
from typing import TypeVar

from tornado.web import HTTPError, authenticated

from iopkit.apps.words import moment
from iopkit.clinic.desk import Desk
from iopkit.clinic.office import utc_now
from iopkit.clinic.record_calendar import ReminderChoice
from iopkit.clinic.settings import public_address
from iopkit.errors import AnswerError
from iopkit.server.forms import Form
from iopkit.words import say, sentence

Answer = TypeVar("Answer")
HOURS = sentence("Choose from when to when it has to be quiet.")


class CalendarPage(Form):
    """A private address for a calendar program, and reminders by e-mail: both off until a client says so."""

    @authenticated
    async def get(self) -> None:
        """Show the page to a client."""
        self.not_by_pin()
        await self._page()

    @authenticated
    async def post(self) -> None:
        """Do one thing, then show the page with what came of it."""
        self.not_by_pin()
        self._check()
        does = self._does.get(self.text("do", 40))
        if does is None:
            raise HTTPError(404)
        try:
            await does()
        except AnswerError as error:
            self.set_status(400)
            await self._page(problem=" ".join(say(one, self.language) for one in error.problems))

    @property
    def _does(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {"make": self._make, "revoke": self._revoke, "remind": self._remind}

    async def _make(self) -> None:
        token = await self._desk(lambda desk: desk.make_feed())
        request = self.request
        here = (
            public_address() if os.environ.get("IOPKIT_ADDRESS") else f"{request.protocol}://{request.host}/"
        )
        await self._page(address=f"{here}calendar/{token}.ics")

    async def _revoke(self) -> None:
        await self._desk(lambda desk: desk.revoke_feed())
        await self._page(said=sentence("The address leads nowhere from now on."))

    async def _remind(self) -> None:
        try:
            begins, ends = (time.fromisoformat(self.text(name, 5)) for name in ("from", "until"))
        except ValueError as error:
            raise AnswerError([HOURS]) from error
        chosen = ReminderChoice(self.text("wanted", 3) == "yes", self.text("email", 300), begins, ends)
        await self._desk(lambda desk: desk.choose_reminders(chosen))
        told = (
            sentence("Saved. Reminders are on.") if chosen.wanted else sentence("Saved. Reminders are off.")
        )
        await self._page(said=told)

    async def _page(self, *, problem: str = "", said: str = "", address: str = "") -> None:
        self._check()
        feed = await self._desk(lambda desk: desk.feed())
        choice = await self._desk(lambda desk: desk.reminder_choice())
        zone = await self._desk(lambda desk: desk.person.zone)
        now = utc_now()
        self.show(
            "your-calendar",
            made="" if feed is None else moment(feed.made_at, now, zone, self.language),
            fetched=""
            if feed is None or feed.fetched_at is None
            else moment(feed.fetched_at, now, zone, self.language),
            address=address,
            choice=choice,
            quiet=(choice.quiet_from.strftime("%H:%M"), choice.quiet_until.strftime("%H:%M")),
            problem=problem,
            said=said,
        )

    def _check(self) -> None:
        """Answer as if nothing were here to anybody but clients: this is their calendar."""
        if self.login is None or self.login.kind != "client":
            raise HTTPError(404)

    async def _desk(self, ask: Callable[[Desk], Answer]) -> Answer:
        login = self.login
        assert login is not None  # noqa: S101  # `_check` has answered everybody else
        found: Answer = await self.server.in_store(lambda store: ask(store.desk_of(login.login_id)))
        return found
