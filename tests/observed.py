"""An app as it is served, watched from inside its kernel: what reaches a handler is written to a file."""

from pathlib import Path
from typing import Any

from IPython import get_ipython

import iopkit


def observed(role: str, folder: str) -> Any:
    """Return the real page of a role, with a line in ``folder/seen`` for whatever reaches its kernel."""
    page = iopkit.app(role)
    seen = (Path(folder) / "seen").open("a", buffering=1)
    kernel, comm, reply = get_ipython().kernel, page.model_id, page._reply

    def watched(name: str, handler: Any) -> Any:
        def handle(stream: Any, ident: Any, message: dict[str, Any], *more: Any) -> Any:
            content = message.get("content", {})
            detail = ""
            if name.startswith("comm_"):
                own = "own" if content.get("comm_id") == comm else "foreign"
                target = content.get("target_name", "")
                detail = f" {own} {target}{content.get('data', {}).get('method', '')}"
            print(f"handler {name}{detail}", file=seen)
            return handler(stream, ident, message, *more)

        return handle

    def answered(content: object) -> dict[str, Any] | None:
        said = reply(content)
        print(f"reply {said['kind'] if said else 'none'}", file=seen)
        return said

    for handlers in (kernel.shell_handlers, kernel.control_handlers):
        for name, handler in list(handlers.items()):
            handlers[name] = watched(name, handler)
    page._reply = answered
    return page
