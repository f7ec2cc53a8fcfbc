"""Fuzzing the running server: thousands of frames, and nothing gets where it does not belong."""

import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
import pytest
from fuzz import Fuzz
from server_process import PASSWORD, Browser, Line, Running, running, stand_in_assets
from websockets.exceptions import ConnectionClosed
from wire import V1

pytestmark = pytest.mark.slow

SEED = int(os.environ.get("FUZZ_SEED", "20261122"))
AT_ONCE = 50
"""Frames on one socket: it lets 60 pass at once."""
LISTED = re.compile(
    r"handler comm_msg own custom|handler kernel_info_request|handler execute_request"
    r"|reply (view|saved|refused|pong|spoken|found|prepared|weighed|given|printed|none)"
)
"""What may reach a kernel; Voilà's own ``execute_request`` is under way when the counting begins."""
CANARY = "canary-of-bob"


@pytest.fixture
def server(tmp_path) -> Iterator[Running]:
    for role in ("client", "clinician"):
        file = tmp_path / "notebooks" / "apps" / f"{role}.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        code = f"from observed import observed\n\nobserved({role!r}, {str(tmp_path)!r})"
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), file)
    assets = stand_in_assets(tmp_path / "assets")
    with running(
        tmp_path, notebooks=tmp_path / "notebooks", assets=assets, settings={"wrong_sign_ins": 1000}
    ) as server:
        clinic(server)
        yield server


def clinic(server: Running) -> None:
    """Ann and Bob are clients, Dee treats Ann, Fay treats Bob; Bob has sent what is nobody else's to read."""
    store, today = server.store, datetime.now(UTC).date()
    for kind, user in (("client", "ann"), ("client", "bob"), ("clinician", "dee"), ("clinician", "fay")):
        domains = ["individual"] if kind == "clinician" else []
        name = CANARY.title() if user == "bob" else f"{user.title()} Invented"
        store.add_person(kind, user, name, zone="UTC", password=PASSWORD, domains=domains)
    for clinician, client in (("dee", "ann"), ("fay", "bob")):
        person = store.person(client)
        store.treat(person.id, store.person(clinician).id, "individual", today - timedelta(days=9))
        desk = store.desk_for(client)
        draft = desk.draft("thought-record-short")
        note = CANARY if client == "bob" else "a quiet day"
        desk.save(draft.id, message_id="m", answers={"situation": note}, changed=["situation"], base=0)
        given = store.desk_for(clinician).assign(person.id, "phq-9", "individual", note=note, starts=today)
        assert given.note == note


def keys(found: Any) -> Iterator[str]:
    """Yield every sealed key in a view."""
    for name, value in found.items() if isinstance(found, dict) else enumerate(found):
        if name == "key" and value:
            yield value
        elif isinstance(value, dict | list):
            yield from keys(value)


class Neighbour(threading.Thread):
    """Bob at his own page: he asks whether it is there, all the time, and notes how long that takes."""

    def __init__(self, browser: Browser, page: dict[str, Any]) -> None:
        super().__init__(daemon=True)
        self.browser, self.page = browser, page
        self.waits: list[float] = []
        self.enough = threading.Event()

    def run(self) -> None:
        with self.browser.socket(self.page["kernel"]) as opened:
            line = Line(opened, self.page["model"])
            while not self.enough.wait(0.1):
                start = time.perf_counter()
                line.ask({"kind": "ping"}, seconds=30)
                self.waits.append(time.perf_counter() - start)


def bombard(
    browser: Browser, page: dict[str, Any], fuzz: Fuzz, count: int, protocol: str | None
) -> list[str]:
    """Send so many frames, and return all that came back."""
    said: list[str] = []
    frames = fuzz.frames(count, protocol)
    for _ in range(0, count, AT_ONCE):
        with browser.socket(
            page["kernel"], subprotocols=[protocol] if protocol else None, max_queue=None
        ) as opened:
            for _, frame in zip(range(AT_ONCE), frames, strict=False):
                with suppress(ConnectionClosed):
                    opened.send(frame)
            line = Line(opened, page["model"])
            asked = line.send({"kind": "ping"})
            while f'"{asked}"' not in (said := [*said, text_of(opened.recv(timeout=30))])[-1]:
                pass
    return said


def text_of(frame: str | bytes) -> str:
    return frame if isinstance(frame, str) else frame.decode("utf-8", "replace")


@pytest.mark.parametrize(
    "count", [2_000, pytest.param(50_000, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])]
)
def test_no_frame_reaches_an_unlisted_handler_or_another_persons_answers(server, tmp_path, count, capsys):
    """The seed is printed and can be given in ``FUZZ_SEED``."""
    store = server.store
    bob, ann, dee = (server.browser() for _ in range(3))
    pages = {}
    for user, browser, path in (("bob", bob, "/client"), ("ann", ann, "/client"), ("dee", dee, "/clinician")):
        browser.sign_in(user)
        pages[user] = browser.page(path)
    draft = store.desk_for("bob").drafts()[0]
    stolen = [*set(keys(pages["bob"]["view"])), draft.id, store.person("bob").id, pages["bob"]["model"]]
    neighbour = Neighbour(bob, pages["bob"])
    neighbour.start()

    said: list[str] = []
    for number, (user, protocol) in enumerate([("ann", None), ("ann", V1), ("dee", None), ("dee", V1)]):
        page = pages[user]
        own = sorted(set(keys(page["view"])))
        fuzz = Fuzz(SEED + number, comm=page["model"], own=own, stolen=stolen)
        said += bombard(ann if user == "ann" else dee, page, fuzz, count // 4, protocol)
    neighbour.enough.set()
    neighbour.join()

    seen = Counter((tmp_path / "seen").read_text().splitlines())
    log = server.log.read_text()
    slowest = max(neighbour.waits)
    figures = f"{len(said)} replies, {len(neighbour.waits)} pings of a neighbour, the slowest {slowest:.3f} s"
    with capsys.disabled():
        print(f"\n{count} frames, seed {SEED}: {figures}; {dict(seen)}")  # noqa: T201  # to run it again
    assert [line for line in seen if not LISTED.fullmatch(line)] == []
    assert seen["handler execute_request"] <= 3
    assert seen["reply refused"] + seen["reply view"] > count // 20, "hardly anything got as far as an app"
    assert [one for one in said if re.search(f'{CANARY}|Traceback|File \\\\?"', one, re.IGNORECASE)] == []
    assert "Traceback" not in log
    assert CANARY not in log.lower()
    assert store.desk_for("bob").entry(draft.id).answers == {"situation": CANARY}
    assert list(tmp_path.rglob("iopkit-was-here")) == list(Path.cwd().glob("iopkit-was-here")) == []
    assert slowest < 1.0
