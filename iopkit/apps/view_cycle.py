"""What the views of homework under way hold: the question what is in the way."""

from iopkit.apps.shown import Shown
from iopkit.apps.view_privacy import Choice


class Question(Shown):
    """What is asked once, after something was skipped twice: what is in the way."""

    key: str
    text: str
    choices: list[Choice]
