"""What a person's browsers may keep while they cannot send it: the secret with which they seal it.

The secret comes from the person's own key, so it is the same at each sign-in and in each browser, differs
from person to person, and is gone when the person is erased. It goes to a page over the line of a live
sign-in and stands nowhere: a browser holds what it sealed, never the secret.
"""

from iopkit.clinic.seat import Seat

PURPOSE = "outbox"


def outbox_secret(seat: Seat) -> bytes:
    """Return the secret of who sits here; SignInError when the sign-in has ended.

    A page that a PIN opened gets none: what its person wrote alone stays closed on a shared device.
    """
    seat.own()
    with seat.reading() as session:
        return seat.office.derive(session, seat.person.id, PURPOSE)
