"""What somebody might take instead: the same form in Shiny, Panel and Streamlit, each as its makers show it.

They are installed into an environment of the bench's own, at the first run with ``--peers``; this program
never imports them. All three keep everybody's page in one process, which ours does not.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from iopkit.bench.browser import Site
from iopkit.bench.figure import Figure, ratio
from iopkit.bench.form import ITEMS
from iopkit.bench.sites import Running, free_port, local, started
from iopkit.errors import ServeError

Widgets = Mapping[str, str]
NO_PEERS = "Shiny, Panel and Streamlit could not be installed: they come from the package index, by pip."
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Peer:
    """A tool, in the version that is measured: its form and the command that serves it on a port."""

    name: str
    version: str
    begin: str
    widgets: Widgets
    end: str
    command: Callable[[str, int], Sequence[str]]

    def code(self) -> str:
        """Return the program that shows the form of the bench."""
        lines = [
            "    " + self.widgets[kind].format(name=name, question=question, choices=choices) + ","
            for name, kind, question, choices in ITEMS
        ]
        return "\n".join([self.begin, *lines, self.end, ""])


PEERS = (
    Peer(
        "shiny",
        "1.8.0",
        "from shiny import App, ui\n\npage = ui.page_fluid(",
        {
            "text": "ui.input_text({name!r}, {question!r})",
            "comment": "ui.input_text_area({name!r}, {question!r})",
            "slider": "ui.input_slider({name!r}, {question!r}, 0, 100, 0)",
            "radiogroup": "ui.input_radio_buttons({name!r}, {question!r}, {choices!r})",
        },
        ")\napp = App(page, lambda input, output, session: None)",
        lambda file, port: ("shiny", "run", "--host", HOST, "--port", str(port), file),
    ),
    Peer(
        "panel",
        "1.9.4",
        "import panel as pn\n\npn.extension()\npn.Column(",
        {
            "text": "pn.widgets.TextInput(name={question!r})",
            "comment": "pn.widgets.TextAreaInput(name={question!r})",
            "slider": "pn.widgets.IntSlider(name={question!r}, start=0, end=100)",
            "radiogroup": "pn.widgets.RadioBoxGroup(name={question!r}, options={choices!r})",
        },
        ").servable()",
        lambda file, port: (
            "panel",
            "serve",
            file,
            "--address",
            HOST,
            "--port",
            str(port),
            "--index",
            "form",
        ),
    ),
    Peer(
        "streamlit",
        "1.67.0",
        "import streamlit as st\n\nform = (",
        {
            "text": "st.text_input({question!r})",
            "comment": "st.text_area({question!r})",
            "slider": "st.slider({question!r}, 0, 100, 0)",
            "radiogroup": "st.radio({question!r}, {choices!r})",
        },
        ")",
        lambda file, port: (
            *("streamlit", "run", file, "--server.address", HOST, "--server.port", str(port)),
            *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
        ),
    ),
)


def programs() -> Path:
    """Return the folder of the peers' own commands, installed now if they are not there."""
    wanted = [f"{peer.name}=={peer.version}" for peer in PEERS]
    place = platformdirs.user_cache_path("iopkit") / "bench-peers"
    done = place / "installed"
    if not done.exists() or done.read_text() != "\n".join(wanted):
        python = str(place / "bin" / "python")
        for command in (
            [sys.executable, "-m", "venv", str(place)],
            [python, "-m", "pip", "install", *wanted],
        ):
            if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603  # see above
                raise ServeError(NO_PEERS)
        done.write_text("\n".join(wanted))
    return place / "bin"


@contextmanager
def peer_site(peer: Peer, folder: Path, bin_folder: Path) -> Iterator[Running]:
    """Yield a peer's form on a port of this machine."""
    file, port = folder / "form.py", free_port()
    file.write_text(peer.code(), "utf-8")
    program, *arguments = peer.command(str(file), port)
    with started([str(bin_folder / program), *arguments], folder) as process:
        yield Running(Site(peer.name, local(port)), process)


def against(peers: Mapping[str, Sequence[float]], ours: Sequence[float]) -> list[Figure]:
    """Return ``page.warm.<name>_over_ours`` for each peer: above 1 ours is the quicker."""
    return [ratio(f"page.warm.{name}_over_ours", seconds, ours) for name, seconds in peers.items()]
