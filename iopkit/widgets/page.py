"""The page: one widget that shows a view and carries messages between the browser and an app.

It speaks the messages of ``iopkit.apps.message`` and knows nothing of what they mean. Under our own server
its state is empty (the view travels in the HTML and in replies); in JupyterLab it holds the first view.
"""

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from iopkit.widgets import assets

PAGE_MIME = "application/vnd.iopkit.page+json"
SERVED = "export default { render() {} };"
"""Under our server the page's own script draws the view; the widget only carries messages."""

Replier = Callable[[object], dict[str, Any] | None]


class Page(anywidget.AnyWidget):
    """One signed-in person's page: ``view`` opens it, ``reply`` gets a message and returns what to send."""

    view = traitlets.Dict(help="The first view, for JupyterLab; empty under the server.").tag(sync=True)

    def __init__(self, view: dict[str, Any], reply: Replier, *, served: bool = False) -> None:
        self._first = view
        self._reply = reply
        self._served = served
        self._esm = SERVED if served else assets.module("page-widget.js").read_text(encoding="utf-8")
        self._css = "" if served else assets.module("widget.css").read_text(encoding="utf-8")
        super().__init__(view={} if served else view)
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return "Page()"

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        reply = self._reply(content)
        if reply is not None:
            self.send(reply)

    def _repr_mimebundle_(self, **options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle
        if self._served:
            data[PAGE_MIME] = {"model": self.model_id, "view": self._first}
        return data, metadata
