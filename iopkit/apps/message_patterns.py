"""What a page asks about two series of a client."""

from typing import Literal

from iopkit.apps.said import Id, Key, Message


class PairUp(Message):
    """Show two series together: the second on the same day as the first (``lag`` 0) or on the day after."""

    kind: Literal["pair"] = "pair"
    id: Id
    key: Key
    first: Key
    second: Key
    lag: Literal[0, 1]
