"""The preview: a worksheet file as the form it makes, shown again on each save; nothing is stored."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import traitlets

from iopkit.errors import AnswerError, WorksheetError
from iopkit.widgets.base import Widget
from iopkit.worksheets import Worksheet, load_worksheet, validate


class Preview(Widget):
    """A file under work. While it has ``problems``, they show in place of the form, and what was typed waits.

    ``settings`` shows it as an assignment would set it.
    """

    module = "form-widget.js"

    survey = traitlets.Dict(help="The questions, as SurveyJS JSON.").tag(sync=True)
    answers = traitlets.Dict(help="Item id to answer; what no longer fits the file is gone.").tag(sync=True)
    refused = traitlets.Dict(help="Item id to what is wrong with its answer.").tag(sync=True)
    read_only = traitlets.Bool(False, help="Show the answers to read, not to change.").tag(sync=True)
    title = traitlets.Unicode(help="The heading.").tag(sync=True)
    about = traitlets.Unicode(help="What the worksheet is for, above the first question.").tag(sync=True)
    problems = traitlets.List(
        traitlets.Unicode(), help="What is wrong with the file: file:line: what was expected."
    ).tag(sync=True)

    def __init__(self, path: Path | str, settings: Mapping[str, Any] | None = None) -> None:
        self.path = Path(path)
        self.worksheet: Worksheet | None = None
        self._settings = dict(settings or {})
        self._following: asyncio.Task[None] | None = None
        super().__init__()
        self.reload()

    def reload(self) -> None:
        """Read the file again; typed answers stay where their items do."""
        try:
            worksheet = load_worksheet(self.path).with_settings(self._settings)
        except (WorksheetError, AnswerError) as error:
            self.problems = list(error.problems)
            return
        first = self.worksheet is None
        self.worksheet = worksheet
        with self.hold_sync():
            self.problems = []
            self.title, self.about = worksheet.title, worksheet.about
            self.answers = worksheet.begin if first else self.answers
            self.survey = worksheet.survey()

    async def follow(self, stop: asyncio.Event | None = None) -> None:
        """Reload on each save, until ``stop`` is set, also where an editor puts a new file in its place."""
        from watchfiles import awatch  # only a preview that is followed needs it

        name = self.path.resolve().name
        saves = awatch(
            self.path.resolve().parent,
            watch_filter=lambda _change, path: Path(path).name == name,
            stop_event=stop,
            recursive=False,
        )
        async for _changes in saves:
            self.reload()

    def begin_following(self) -> None:
        """Follow the file from now on where a notebook's loop runs, until the widget is closed."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # a plain script: nobody would see it
            return
        self._following = loop.create_task(self.follow())

    def close(self) -> None:
        """Stop following and take the widget away."""
        if self._following is not None:
            self._following.cancel()
        super().close()

    @traitlets.validate("answers")
    def _keep_what_fits(self, proposal: dict[str, Any]) -> dict[str, object]:
        if self.worksheet is None:
            return {}
        checked = validate(self.worksheet, proposal["value"], final=False)
        unknown = set(proposal["value"]) - set(self.worksheet.keys)
        self.refused = {item: text for item, text in checked.refused.items() if item not in unknown}
        return checked.answers
