"""Report templates: notebooks by name, ours and a site's own by path."""

from difflib import get_close_matches
from pathlib import Path

from iopkit.errors import ReportError
from iopkit.worksheets.place import content_folder


def templates() -> dict[str, Path]:
    """Return the notebooks a report can be made of: the reports, then the worksheets, by name."""
    folders = [content_folder("notebooks") / kind for kind in ("worksheets", "reports")]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.ipynb"))}


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
