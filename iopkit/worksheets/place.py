"""Where the content that travels with the package lies: in the wheel, else in the checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def content_folder(name: str) -> Path:
    """Return the folder of content called ``name`` (``worksheets`` or ``notebooks``).

    The wheel carries content below ``iopkit/_share``; a checkout has it beside the package.
    """
    packaged = _PACKAGE / "_share" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name
