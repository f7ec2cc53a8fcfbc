"""What the views of homework under way hold: the question what is in the way, and pathways."""

from typing import Literal

from iopkit.apps.shown import Shown
from iopkit.apps.view_privacy import Choice


class Question(Shown):
    """What is asked once, after something was skipped twice: what is in the way."""

    key: str
    text: str
    choices: list[Choice]


class PathStep(Shown):
    """One step of a pathway, and how it stands. ``ask`` is what a clinician says yes to before it opens."""

    key: str
    title: str
    state: Literal["waits", "asks", "ready", "open", "done", "skipped"]
    text: str
    ask: str = ""


class Path(Shown):
    """A pathway as its reader may see it; ``key`` is there for who may stop it."""

    key: str
    title: str
    about: str
    by: str
    steps: list[PathStep]
