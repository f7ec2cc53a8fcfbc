"""What a draft's page shows about filling it in together."""

from iopkit.apps.message_live import ItemNote
from iopkit.apps.shown import Shown


class TogetherPanel(Shown):
    """Whether a draft is open, and to whom; ``mine`` is its client's page.

    ``notes`` are on single questions and stand on a clinician's page only; None on a client's.
    """

    on: bool
    mine: bool
    text: str
    notes: list[ItemNote] | None = None
