"""The part of a desk about drills: what is given to a couple, a room to be in, something done in it."""

from datetime import datetime

from iopkit.clinic import returns, rooms
from iopkit.clinic.drill import Event
from iopkit.clinic.record_calendar import Meeting
from iopkit.clinic.rooms import Sitting, Together
from iopkit.clinic.seat import Seat
from iopkit.clinic.shared_device import SharedDevice, held_by


class DeskRooms:
    """What ``Desk`` can do in the rooms of a couple. Each call asks the policy and the pause anew."""

    _seat: Seat

    def together(self, client_id: str) -> Together:
        """Return what is there for a client's couple: drills, open rooms, past ones."""
        return rooms.together(self._seat, client_id)

    def begin_drill(self, drill_id: str) -> str:
        """Return the id of the couple's room of a drill: the open one, or a new one."""
        return rooms.begin(self._seat, drill_id)

    def look_into(self, room_id: str) -> Sitting:
        """Return how a room stands, without being in it."""
        return rooms.look(self._seat, room_id)

    def join_room(self, room_id: str) -> Sitting:
        """Return how a room stands, and be in it."""
        return rooms.join(self._seat, room_id)

    def act_in_room(self, room_id: str, event: Event) -> str:
        """Return the id of the room to be in after doing something; AccessError when it is not one's turn."""
        return rooms.act(self._seat, room_id, event)

    def after_room(self, sitting: Sitting) -> str:
        """Return the id of the time-out that ended a room, "" without one."""
        return rooms.follows(self._seat, sitting)

    def agreed_returns(self, since: datetime, until: datetime) -> list[Meeting]:
        """Return when one agreed to be back from a time-out, for one's own calendar."""
        return returns.returns(self._seat, since=since, until=until)

    def room_underway(self) -> str:
        """Return the id of the room in which one of the two was last, "" without one."""
        return rooms.underway(self._seat)

    @property
    def is_joint(self) -> bool:
        """Return whether a PIN opened this desk on a shared device: only what both partners own is there."""
        return self._seat.joint

    def shared_device(self) -> SharedDevice | None:
        """Return the device that this login holds and shares, None when it shares none."""
        login_id = self._seat.login_id
        if login_id is None or self._seat.person.kind != "client":
            return None
        with self._seat.reading() as session:
            return held_by(self._seat.office, session, login_id)

    def in_couple(self) -> bool:
        """Return whether this client has a partner here."""
        return rooms.in_couple(self._seat)
