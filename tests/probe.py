"""A page for tests of the server: it counts what reaches its kernel and tells who it thinks is signed in."""

import os
from collections import Counter
from typing import Any

import anywidget
from IPython import get_ipython

from iopkit.clinic.desk import from_environment


class Probe(anywidget.AnyWidget):
    """Answers each action with what this kernel knows; ``{"kind": "stall"}`` keeps it busy, unanswered."""

    _esm = "export default { render() {} }"

    def __init__(self) -> None:
        self.environment = dict(os.environ)
        self.desk = from_environment()
        self.handled = Counter[str]()
        super().__init__()
        kernel = get_ipython().kernel
        for handlers in (kernel.shell_handlers, kernel.control_handlers):
            for name, handler in list(handlers.items()):
                handlers[name] = self._counting(name, handler)
        self.on_msg(self._answer)

    def _counting(self, name: str, handler: Any) -> Any:
        def count(*given: Any, **named: Any) -> Any:
            self.handled[name] += 1
            return handler(*given, **named)

        return count

    def _answer(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        reply = {"kind": "pong", "reply": content.get("id", ""), "handled": dict(self.handled)}
        reply |= {"pid": os.getpid(), "person": self.desk.person.id, "environment": self.environment}
        reply["echo"] = content.get("echo")
        self.send(reply)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        view = {"person": self.desk.person.id}
        return {"application/vnd.iopkit.page+json": {"model": self.model_id, "view": view}}
