"""The part of a desk about homework under way: another rhythm, a pause, what was put off and why."""

from collections.abc import Iterable
from datetime import date, datetime, time

from iopkit.clinic import appointments, overview, pathways, patterns, rhythms, setting_aside
from iopkit.clinic.overview import Overview, Wanted
from iopkit.clinic.pathways import Decision, Walk
from iopkit.clinic.record import Entry, SetAside
from iopkit.clinic.seat import Seat
from iopkit.clinic.setting_aside import Kind
from iopkit.worksheets.pathway import Pathway


class DeskHomework:
    """What ``Desk`` can do about assignments that run. Each call asks the access policy anew."""

    _seat: Seat

    def change_rhythm(
        self,
        assignment_id: str,
        *,
        rrule: str = "",
        due: time,
        starts: date,
        ends: date | None = None,
        grace: int = 0,
    ) -> None:
        """Give an assignment another rhythm from the client's today on; what was done stays done."""
        rhythms.change(self._seat, assignment_id, rrule, due=due, starts=starts, ends=ends, grace=grace)

    def pause_assignment(self, assignment_id: str, until: date | None = None) -> None:
        """Let nothing be due from an assignment until a day, or until it goes on."""
        rhythms.pause(self._seat, assignment_id, until)

    def go_on(self, assignment_id: str) -> None:
        """Let a paused assignment go on from today."""
        rhythms.go_on(self._seat, assignment_id)

    def set_aside(
        self,
        assignment_id: str,
        *,
        day: date,
        kind: Kind,
        obstacle: str = "",
        words: str = "",
        message_id: str = "",
    ) -> SetAside:
        """Return what one put off of one's own homework, with what is in the way."""
        return setting_aside.set_aside(
            self._seat,
            assignment_id,
            day=day,
            kind=kind,
            obstacle=obstacle,
            words=words,
            message_id=message_id,
        )

    def pathway_templates(self) -> list[Pathway]:
        """Return the pathways that can be started, in this person's language."""
        return list(pathways.templates(self._seat.office, self._seat.person.language).values())

    def start_pathway(self, client_id: str, template: str, *, starts: date, message_id: str = "") -> str:
        """Return the id of a pathway begun for a client; its first steps open at once."""
        return pathways.start(self._seat, client_id, template, starts=starts, message_id=message_id)

    def stop_pathway(self, pathway_id: str) -> None:
        """Let no further step of a pathway open; what is open stays."""
        pathways.stop(self._seat, pathway_id)

    def decide_step(self, pathway_id: str, step: str, decided: Decision) -> None:
        """Say yes to what a step of a pathway asks, or skip one that is not open yet."""
        pathways.decide(self._seat, pathway_id, step, decided)

    def pathways(self, client_id: str) -> list[Walk]:
        """Return a client's pathways and where they stand; what is ready opens before."""
        return pathways.walks(self._seat, client_id)

    def appointment_starts(self, client_id: str, domain: str) -> tuple[datetime, ...]:
        """Return when a client's appointments of a domain begin, some time back and eight weeks ahead."""
        return appointments.starts_of(self._seat, client_id, domain)

    def put_off(self, client_id: str, since: date) -> list[SetAside]:
        """Return what a client put off since a day, the newest first."""
        return setting_aside.put_off(self._seat, client_id, since)

    def put_off_of(self, client_ids: Iterable[str], since: date) -> dict[str, list[SetAside]]:
        """Return what clients put off since a day, in a constant number of queries."""
        return setting_aside.put_off_of(self._seat, client_ids, since)

    def overview_of(self, client_ids: Iterable[str], wanted: Wanted) -> dict[str, Overview]:
        """Return by client what a caseload shows, in as many queries for 300 as for one."""
        return overview.overview_of(self._seat, client_ids, wanted)

    def entries_for_patterns(self, client_id: str, *, since: date, until: date) -> list[Entry]:
        """Return the entries about some days whose figures may be paired, the newest first."""
        return patterns.entries_for_patterns(self._seat, client_id, since, until)
