"""Apps: from the state of a signed-in desk to a view, from an action to a change; no browser needed."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from iopkit.widgets.page import Page
    from iopkit.widgets.preview import Preview

__all__ = ["app", "preview", "show"]


def app(role: str) -> "Page":
    """Return the page of a role, or "library", for whoever is signed in.

    A role is "client", "clinician", "coordinator" or "supervisor".

    SignInError when nobody is signed in, AccessError when the person has another role.
    """
    from iopkit.apps.start import open_app

    return open_app(role)


def preview(path: "Path | str", settings: "Mapping[str, Any] | None" = None) -> "Preview":
    """Return a worksheet file as a form that follows each save; its problems show in place of the form.

    ``settings`` are those of an assignment. What you type stays where its items do; nothing is stored.
    """
    from iopkit.widgets.preview import Preview

    shown = Preview(path, settings)
    shown.begin_following()
    return shown


def show(worksheet_id: str, *, client: str = "", since: str = "", until: str = "") -> Any:  # noqa: ANN401
    """Show a worksheet: as a form; or, with ``client``, as that client's entries between two days.

    Signed in through the server it is the page, opened at the worksheet. In a report (``IOPKIT_FOR``) with a
    client's user name or id it is their entries, read-only. In JupyterLab it is the form; nothing is stored.
    """
    from iopkit.apps.start import show_worksheet

    return show_worksheet(worksheet_id, client=client, since=since, until=until)
