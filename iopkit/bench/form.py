"""The form of the page bench, twice: as our page shows it, and with the widgets that come with Jupyter."""

import json
from typing import Any

from comm import create_comm
from comm.base_comm import BaseComm
from IPython.display import display

from iopkit.apps.view import Person, View, Worksheet

Item = tuple[str, str, str, list[str]]

ITEMS: list[Item] = [
    ("day", "text", "Which day was it?", []),
    ("place", "text", "Where were you?", []),
    ("situation", "comment", "What happened?", []),
    ("feeling", "text", "What did you feel?", []),
    ("strength", "slider", "How strong was it?", []),
    ("thought", "comment", "What went through your mind?", []),
    ("belief", "slider", "How much did you believe it?", []),
    ("against", "comment", "What does not fit with it?", []),
    ("balanced", "comment", "What is a fairer way to see it?", []),
    ("after", "slider", "How strong is the feeling now?", []),
    ("helped", "radiogroup", "Did this help?", ["Not at all", "A little", "Quite a bit", "A lot"]),
    ("again", "radiogroup", "Would you do it again?", ["Yes", "No", "Not sure"]),
]
"""Name, kind, question and choices of each item."""

_PLAIN = {
    "text": "widgets.Text()",
    "comment": "widgets.Textarea()",
    "slider": "widgets.IntSlider(value=0, min=0, max=100)",
    "radiogroup": "widgets.RadioButtons(options={choices!r})",
}
PAGE = "application/vnd.iopkit.page+json"


def plain_code() -> str:
    """Return the notebook cell that shows the form with ipywidgets."""
    rows = [
        f"    widgets.Label({question!r}), {_PLAIN[kind].format(choices=choices)},"
        for _, kind, question, choices in ITEMS
    ]
    return "\n".join(["import ipywidgets as widgets", "", "widgets.VBox([", *rows, "])"])


def served_code() -> str:
    """Return the notebook cell that shows the form on our page, without a store behind it."""
    return "from iopkit.bench.form import serve_form\n\nserve_form()"


def survey() -> dict[str, Any]:
    """Return the form as the page's renderer reads it."""
    elements = [
        {"name": name, "type": kind, "title": question, **_more(kind, choices)}
        for name, kind, question, choices in ITEMS
    ]
    return {"pages": [{"name": "all", "elements": elements}]}


def _more(kind: str, choices: list[str]) -> dict[str, Any]:
    return {"choices": choices} if choices else {"min": 0, "max": 100} if kind == "slider" else {}


def serve_form() -> BaseComm:
    """Display the form as a page of ours; answers to it are acknowledged and kept nowhere."""
    comm = create_comm(target_name="iopkit.bench")

    def answer(message: dict[str, Any]) -> None:
        action = message["content"]["data"]["content"]
        comm.send({"method": "custom", "content": {"kind": "pong", "reply": action["id"]}})

    comm.on_msg(answer)
    data = {"model": comm.comm_id, "view": json.loads(_view().model_dump_json())}
    display({PAGE: data}, raw=True)  # type: ignore[no-untyped-call]  # IPython ships no types
    return comm


def _view() -> View:
    body = Worksheet(
        key="form",
        title="The bench form",
        about="",
        minutes=5,
        version="1",
        seen_by="Nobody will see this.",
        survey=survey(),
        answers={},
        base=0,
        read_only=False,
        saved="",
    )
    person = Person(name="Nobody", role="client")
    return View(key="form", title="Bench", person=person, nav=[], help=[], idle_seconds=3600, body=body)
