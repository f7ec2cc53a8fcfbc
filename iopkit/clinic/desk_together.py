"""The part of a desk about filling in together."""

from iopkit.clinic import together
from iopkit.clinic.record import Entry
from iopkit.clinic.record_together import Together
from iopkit.clinic.seat import Seat


class DeskTogether:
    """What ``Desk`` can do about a draft that several people are in."""

    _seat: Seat

    def start_together(self, entry_id: str) -> None:
        """Open one's own draft to whoever treats oneself in its domain, for a few hours."""
        together.start(self._seat, entry_id)

    def stop_together(self, entry_id: str) -> None:
        """Close one's own draft to the others at once."""
        together.stop(self._seat, entry_id)

    def be_at(self, entry_id: str, item: str, *, typing: bool = False) -> None:
        """Note at which question of an open draft one is."""
        together.be_at(self._seat, entry_id, item, typing=typing)

    def draft_together(self, entry_id: str) -> Together:
        """Return how a draft stands now and who is in it, without an audit row of its own."""
        return together.state(self._seat, entry_id)

    def opened_together(self, client_id: str) -> list[Entry]:
        """Return the drafts that a client has opened to this clinician now."""
        return together.opened(self._seat, client_id)
