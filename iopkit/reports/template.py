"""Report templates: notebooks by name, ours and a site's own, or by path."""

import ast
import json
from collections.abc import Iterator
from difflib import get_close_matches
from os import environ
from pathlib import Path

from iopkit.errors import ReportError
from iopkit.worksheets.place import content_folder


def templates() -> dict[str, Path]:
    """Return the notebooks a report can be made of, by name; a site's own go before ours."""
    folders = [content_folder("notebooks") / kind for kind in ("worksheets", "reports")]
    known = {path.stem: path for folder in folders for path in sorted(folder.glob("*.ipynb"))}
    return known | {path.stem: path for folder in own_folders() for path in sorted(folder.glob("*.ipynb"))}


def own_folders() -> Iterator[Path]:
    """Yield where a site keeps templates: ``reports`` beside its worksheets, then ``IOPKIT_REPORTS``."""
    if worksheets := environ.get("IOPKIT_WORKSHEETS"):
        yield Path(worksheets).parent / "reports"
    if reports := environ.get("IOPKIT_REPORTS"):
        yield Path(reports)


def subject(path: Path) -> str:
    """Return the parameter for whom a report is about: ``client``, ``couple``, or "" for the program."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
        names = parameters("".join(tagged[0]["source"])) if tagged else set()
    except (OSError, ValueError, KeyError, TypeError, SyntaxError):
        raise ReportError("The template is no notebook that can be read.") from None
    return next((name for name in ("client", "couple") if name in names), "")


def parameters(source: str) -> set[str]:
    r"""Return the names that a cell of parameters sets.

    >>> sorted(parameters('client: str = ""\nsince = ""'))
    ['client', 'since']
    """
    found = set()
    for line in ast.parse(source).body:
        targets = [line.target] if isinstance(line, ast.AnnAssign) else getattr(line, "targets", [])
        found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def find_template(name: str) -> Path:
    """Return the notebook of a template: a name of ours or a path; ReportError with a hint if none."""
    known = templates()
    if name in known:
        return known[name]
    path = Path(name)
    if path.suffix == ".ipynb" and path.is_file():
        return path
    near = get_close_matches(name, known, n=1)
    hint = f" Did you mean {near[0]!r}?" if near else f" There are: {', '.join(sorted(known))}."
    raise ReportError(f"There is no report template of that name.{hint}")
