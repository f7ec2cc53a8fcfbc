"""The part of a desk about the calendar: appointments, busy times, the private address, reminders."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from iopkit.clinic import appointments, booking, busy, feed, program, reminders
from iopkit.clinic.record_calendar import (
    Attendance,
    Booking,
    BusyKind,
    BusyTime,
    Clash,
    Feed,
    Meeting,
    ReminderChoice,
)
from iopkit.clinic.seat import Seat
from iopkit.measures.appointments import Span


class DeskCalendar:
    """What ``Desk`` can do with the calendar. Each call asks the access policy anew."""

    _seat: Seat

    def meetings(self, since: datetime, until: datetime, *, client_id: str | None = None) -> list[Meeting]:
        """Return what happens between two instants, soonest first: one's own, or one client's."""
        return appointments.meetings(self._seat, since=since, until=until, client_id=client_id)

    def next_appointments(self, client_ids: Iterable[str]) -> dict[str, Span]:
        """Return the next appointment of each of these clients; a clinician gets those with themself."""
        return appointments.next_spans(self._seat, client_ids)

    def clashes(self, wanted: Booking) -> list[Clash]:
        """Return what an appointment would collide with, before it is booked."""
        return booking.clashes(self._seat, wanted)

    def book(self, wanted: Booking) -> str:
        """Return the id of a new appointment."""
        return booking.book(self._seat, wanted)

    def mark_attendance(
        self, appointment_id: str, client_id: str, began: datetime, state: Attendance | None
    ) -> None:
        """Note whether a client came to one occurrence; None takes that back."""
        booking.mark(self._seat, appointment_id, client_id, began, state)

    def call_off(self, appointment_id: str, began: datetime, *, undo: bool = False) -> None:
        """Call one occurrence off for everybody who comes, or let it happen after all."""
        booking.call_off(self._seat, appointment_id, began, undo=undo)

    def stop_appointment(self, appointment_id: str, at: datetime) -> None:
        """Let nothing of an appointment begin from an instant on."""
        booking.stop(self._seat, appointment_id, at)

    def busy_times(self, client_id: str) -> list[BusyTime]:
        """Return when a client cannot come."""
        return busy.times(self._seat, client_id)

    def add_busy_time(self, kind: BusyKind, first: Span, rrule: str = "") -> str:
        """Return the id of a new block of one's own."""
        return busy.add(self._seat, kind, first, rrule)

    def remove_busy_time(self, time_id: str) -> None:
        """Remove a block of one's own."""
        busy.remove(self._seat, time_id)

    def take_over_busy_times(self, spans: Sequence[Span]) -> int:
        """Return how many busy times of a calendar file are kept, in place of those of the file before."""
        return busy.take_over(self._seat, spans)

    def week_rules(self) -> tuple[float, int]:
        """Return the program's hours of a week, and the minutes it takes from one thing to the next."""
        with self._seat.reading() as session:
            rules = program.settings(session)
        return float(rules["weekly-hours"]), int(rules["transition-minutes"])

    def make_feed(self) -> str:
        """Return the token of a new private calendar address; the one before no longer works."""
        return feed.make(self._seat)

    def revoke_feed(self) -> None:
        """Let one's private calendar address lead nowhere."""
        feed.revoke(self._seat)

    def feed(self) -> Feed | None:
        """Return what is known of one's private calendar address; None without one."""
        return feed.look(self._seat)

    def reminder_choice(self) -> ReminderChoice:
        """Return what one chose about reminders."""
        return reminders.choice(self._seat)

    def choose_reminders(self, chosen: ReminderChoice) -> None:
        """Keep what one chose about reminders."""
        reminders.choose(self._seat, chosen)
