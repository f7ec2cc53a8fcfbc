"""What all single widgets share: a front-end module of ours, strict keywords, a repr without values."""

from difflib import get_close_matches
from typing import Any, ClassVar

import anywidget

from iopkit.widgets import assets


class Widget(anywidget.AnyWidget):
    """One front-end module and its state; TypeError for a keyword that is no trait of it.

    A fault in the module's JavaScript shows as a notice in its place (``frontend/src/errors.js``).
    """

    module: ClassVar[str]
    """The built module, such as ``form-widget.js``."""

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - traits of any type
        refuse_unknown(type(self).__name__, values, own_traits(type(self)))
        self._esm = assets.module(self.module).read_text(encoding="utf-8")
        self._css = assets.module("widget.css").read_text(encoding="utf-8")
        super().__init__(**values)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


def own_traits(widget: type[Widget]) -> dict[str, str]:
    """Return the traits a widget class adds to its bases, by name, each with its help text."""
    return {
        name: trait.help
        for name, trait in widget.class_traits(sync=True).items()
        if not name.startswith("_") and not hasattr(anywidget.AnyWidget, name)
    }


def refuse_unknown(what: str, values: dict[str, Any], known: dict[str, str]) -> None:
    """Raise TypeError for the first keyword that is not known, with the closest that is."""
    for name in values:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            hint = f" Did you mean {close[0]!r}?" if close else f" It takes: {', '.join(known)}."
            raise TypeError(f"{what} takes no {name!r}.{hint}")
