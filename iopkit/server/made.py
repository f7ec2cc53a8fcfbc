"""From what a notebook displayed to what its page holds: the view as inert data, else a few words."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from iopkit.server.assets import Assets
from iopkit.server.pages import BROKEN, BUSY, Pages, Words

VIEW = "application/vnd.iopkit.page+json"
"""The type under which ``iopkit.app`` and ``iopkit.show`` display a page: its comm and first view."""

_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}

Show = Callable[[str, str], None]
Fail = Callable[[str, str], None]


def page_filter(pages: Pages, show: Show, fail: Fail) -> Callable[..., str]:
    """Return the template's filter from a notebook's outputs to the end of its page.

    ``show`` hears kernel and comm of a page that is made, ``fail`` the kernel of one that is not, and why.
    """

    def page(outputs: Sequence[Mapping[str, Any]], kernel: str, language: str = "en") -> str:
        view = _displayed(outputs)
        if view is None:
            problem = _problem(outputs)
            fail(kernel, problem)
            return unfinished(pages, BUSY if problem == "StoreError" else BROKEN, language)
        show(kernel, str(view["model"]))
        parts = form_parts(pages.assets) if "survey" in view["view"].get("body", {}) else ""
        data = {"kernel": kernel, "model": view["model"], "view": view["view"], "base_url": "/"}
        return f'{parts}<script type="application/json" id="iopkit-page">{_inert(data)}</script>'

    return page


def form_parts(assets: Assets) -> str:
    """Return the elements that make a browser fetch what a form needs before a script asks for it."""
    scripts = assets.addresses("work.js") + assets.imported("work.js")
    styles = assets.addresses("form.css")
    return "".join(
        [f'<link rel="modulepreload" href="{script}">\n' for script in scripts]
        + [f'<link rel="preload" as="style" href="{style}">\n' for style in styles]
    )


def unfinished(pages: Pages, words: Words, language: str = "en") -> str:
    """Return the end of a page that could not be made: words in place of the view."""
    return pages.render("unfinished", words=words, language=language)


def _displayed(outputs: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the last page that was displayed, unless the notebook broke off."""
    if any(output.get("output_type") == "error" for output in outputs):
        return None
    found = [output["data"][VIEW] for output in outputs if VIEW in output.get("data", {})]
    whole = [page for page in found if isinstance(page, Mapping) and {"model", "view"} <= page.keys()]
    return whole[-1] if whole else None


def _problem(outputs: Sequence[Mapping[str, Any]]) -> str:
    """Return the kind of error that broke the notebook off; never its text."""
    kinds = [str(output.get("ename")) for output in outputs if output.get("output_type") == "error"]
    return kinds[0] if kinds and kinds[0].isidentifier() else "no page was displayed"


def _inert(data: Any) -> str:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPED.items():
        text = text.replace(character, escape)
    return text
