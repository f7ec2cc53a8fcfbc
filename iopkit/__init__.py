"""iopkit: homework worksheets, apps and reports for virtual intensive outpatient programs."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iopkit.apps import app as app
    from iopkit.apps import preview as preview
    from iopkit.apps import show as show

__version__ = "0.1.0"

__all__ = ["__version__", "app", "preview", "show"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what comes back depends on the name
    """Return a public name, imported at first use: ``import iopkit`` alone loads nothing else."""
    if name in ("app", "preview", "show"):
        from iopkit import apps

        return getattr(apps, name)
    raise AttributeError(f"module 'iopkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
