"""The part of a desk about groups: who leads and belongs, and what is given to all members of one."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from types import MappingProxyType
from typing import Any

from iopkit.clinic import group_work, groups
from iopkit.clinic.assignments import Plan
from iopkit.clinic.record_groups import Group, GroupWork
from iopkit.clinic.seat import Seat


class DeskGroups:
    """What ``Desk`` can do about groups. Each call asks the access policy anew."""

    _seat: Seat

    def groups(self) -> list[Group]:
        """Return the groups that this person leads or runs, by name; those that ended come last."""
        return groups.groups(self._seat)

    def group(self, group_id: str) -> Group:
        """Return one group; NotFoundError for whoever neither leads nor runs it."""
        return groups.group(self._seat, group_id)

    def make_group(self, name: str, domain: str, leader_ids: Sequence[str]) -> str:
        """Return the id of a new group."""
        return groups.make(self._seat, name, domain, leader_ids)

    def change_group(self, group_id: str, name: str, leader_ids: Sequence[str] = ()) -> None:
        """Give a group another name; whoever runs the program also says who leads it."""
        groups.change(self._seat, group_id, name, leader_ids)

    def end_group(self, group_id: str) -> None:
        """End a group; what its members were given stays with them."""
        groups.end(self._seat, group_id)

    def join_group(self, group_id: str, client_id: str, *, since: date, until: date | None = None) -> str:
        """Return the id of a client's new time in a group; both days belong to it."""
        return groups.join(self._seat, group_id, client_id, since=since, until=until)

    def leave_group(self, member_id: str, until: date) -> None:
        """Let a client's time in a group end with a day."""
        groups.leave(self._seat, member_id, until)

    def assign_to_group(
        self,
        group_id: str,
        worksheet_id: str,
        *,
        note: str,
        rrule: str = "",
        due: time,
        starts: date,
        ends: date | None = None,
        message_id: str = "",
        settings: Mapping[str, Any] = MappingProxyType({}),
        grace: int = 0,
    ) -> GroupWork:
        """Return what each member of a group was given, unseen by the others, and who was not and why."""
        plan = Plan(note, rrule, due, starts, ends, dict(settings), grace)
        return group_work.assign(self._seat, group_id, worksheet_id, plan, message_id)

    def give_running(self, group_id: str, client_id: str) -> int:
        """Return how many things that run in a group a member got now, who joined after they were given."""
        return group_work.give_running(self._seat, group_id, client_id)

    def group_works(self, group_id: str) -> list[GroupWork]:
        """Return what was given to a group, the newest first."""
        return group_work.works(self._seat, group_id)

    def stop_group_work(self, work_id: str) -> None:
        """End for every member what was given to a group."""
        group_work.stop(self._seat, work_id)

    def resume_group_work(self, work_id: str) -> None:
        """Let what was ended for a group run again."""
        group_work.resume(self._seat, work_id)
