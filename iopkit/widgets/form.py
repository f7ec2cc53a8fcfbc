"""The form: one worksheet as a widget in JupyterLab, its answers checked in Python, nothing stored."""

from typing import Any

import traitlets

from iopkit.errors import NotFoundError
from iopkit.widgets.base import Widget
from iopkit.worksheets import Worksheet, load_catalog, validate


class Form(Widget):
    """A worksheet to fill in. ``answers`` holds what fits it; ``refused`` says what did not, by item.

    >>> Form("thought-record", answers={"situation": "A walk"}).answers
    {'situation': 'A walk'}
    """

    module = "form-widget.js"

    survey = traitlets.Dict(help="The questions, as SurveyJS JSON.").tag(sync=True)
    answers = traitlets.Dict(help="Item id to answer; no key means no answer.").tag(sync=True)
    refused = traitlets.Dict(help="Item id to what is wrong with its answer.").tag(sync=True)
    read_only = traitlets.Bool(False, help="Show the answers to read, not to change.").tag(sync=True)
    title = traitlets.Unicode(help="The heading.").tag(sync=True)
    about = traitlets.Unicode(help="What the worksheet is for, above the first question.").tag(sync=True)

    def __init__(self, worksheet: Worksheet | str, **values: Any) -> None:  # noqa: ANN401 - traits of any type
        self.worksheet = find(worksheet) if isinstance(worksheet, str) else worksheet
        sheet = {
            "survey": self.worksheet.survey(),
            "title": self.worksheet.title,
            "about": self.worksheet.about,
        }
        super().__init__(**(sheet | values))

    @traitlets.validate("answers")
    def _keep_what_fits(self, proposal: dict[str, Any]) -> dict[str, object]:
        checked = validate(self.worksheet, proposal["value"], final=False)
        self.refused = checked.refused
        return checked.answers


def find(worksheet_id: str) -> Worksheet:
    """Return the worksheet of the catalog; NotFoundError names the closest ids."""
    catalog = load_catalog()
    try:
        return catalog[worksheet_id]
    except KeyError:
        raise NotFoundError(
            f"There is no worksheet {worksheet_id!r}. There are: {', '.join(catalog)}."
        ) from None
