"""What a kernel says of its own accord: something that the open page shows was changed elsewhere.

A push has no ``reply``. The page that it is about is named by its key; a page that shows something else by
now ignores it.
"""

from typing import Literal

from iopkit.apps.said import Key, Message


class Changed(Message):
    """What stands behind ``key`` is not what the page shows any more: it asks for it again.

    ``stamp`` tells one state from another and says nothing else.
    """

    kind: Literal["changed"] = "changed"
    key: Key
    stamp: str = ""


Push = Changed
