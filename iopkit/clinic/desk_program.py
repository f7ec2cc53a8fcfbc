"""The part of a desk about running the program: people, invitations, care teams, couples."""

from collections.abc import Iterable
from datetime import date

from iopkit.clinic import counts, roster
from iopkit.clinic.counts import ProgramCounts
from iopkit.clinic.invitation import Invitation
from iopkit.clinic.people import Newcomer, tidy
from iopkit.clinic.record import Person
from iopkit.clinic.roster import Belonging
from iopkit.clinic.seat import Seat


class DeskProgram:
    """What ``Desk`` can do for whoever runs the program. Each call asks the access policy anew."""

    _seat: Seat

    def everybody(self) -> Belonging:
        """Return all people of the program with their couples and care teams: names and dates, no answers."""
        return roster.everybody(self._seat)

    def counts(self, since: date, until: date) -> ProgramCounts:
        """Return how many people, and what was due and done, between two days; nothing about under five."""
        return counts.counts(self._seat, since, until)

    def add_person(
        self,
        kind: str,
        user: str,
        name: str,
        *,
        zone: str,
        domains: Iterable[str] = (),
        language: str = "en",
    ) -> Person:
        """Return the new person, who sets their own password by an invitation."""
        chosen = tuple(sorted(set(domains)))
        return roster.add(self._seat, Newcomer(kind, tidy(user), name.strip(), zone, chosen, language))

    def invite(self, person_id: str) -> Invitation:
        """Return a new one-time invitation for a person; earlier ones no longer work."""
        return roster.invite(self._seat, person_id)

    def treat(
        self, client_id: str, clinician_id: str, domain: str, *, since: date, until: date | None = None
    ) -> None:
        """Put a clinician on a client's care team in a domain; both days belong to it."""
        roster.treat(self._seat, client_id, clinician_id, domain, since=since, until=until)

    def end_treat(self, member_id: str, until: date) -> None:
        """Let a place on a care team end with a day."""
        roster.end(self._seat, member_id, until)

    def couple(self, first_id: str, second_id: str) -> None:
        """Let two clients be a couple from now on."""
        roster.couple(self._seat, first_id, second_id)
