"""Two hundred marked texts through the running server: found nowhere on disk in clear, in no encoding."""

import base64
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from serving import PATIENCE, clinic, open_worksheet, saved, sign_in, treat, write
from test_serve_hostile_text import EACH, SHEET, go, save, sheet

from iopkit.bench.browser import QUIET, find_browser
from iopkit.worksheets.place import content_folder

MARK = "zebrafinch"
COUNT = 200


def encodings(mark: str) -> dict[str, re.Pattern[bytes]]:
    """Return how a mark looks in a file: as bytes, in UTF-16, in base64 at each of its three offsets."""
    in_64 = [
        base64.b64encode(b"\0" * shift + mark.encode())[4 if shift else 0 : -4].replace(b"=", b"")
        for shift in range(3)
    ]
    wanted = {"utf-8": [mark.encode()], "utf-16": [mark.encode("utf-16-le"), mark.encode("utf-16-be")]}
    wanted["base64"] = in_64
    wanted["hex"] = [mark.encode().hex().encode()]
    return {
        name: re.compile(b"|".join(map(re.escape, forms)), 0 if name == "base64" else re.IGNORECASE)
        for name, forms in wanted.items()
    }


def hits(folder: Path, mark: str = MARK) -> list[str]:
    """Return the files below a folder in which a mark stands, and how it stands there."""
    found, forms = [], encodings(mark)
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            data = file.read_bytes()
            found += [f"{file.name}: {name}" for name, form in forms.items() if form.search(data)]
    return found


@pytest.mark.parametrize("form", ["utf-8", "utf-16-le", "utf-16-be", "base64", "hex"])
def test_the_search_finds_a_mark_however_it_is_written(tmp_path, form):
    said = f"a note: {MARK}-17, and more"
    for shift in range(4):
        text = "x" * shift + said
        held = {"base64": base64.b64encode(text.encode()), "hex": text.encode().hex().encode()}
        (tmp_path / f"file-{shift}").write_bytes(held[form] if form in held else text.encode(form))

    assert len(hits(tmp_path)) == 4


def test_two_hundred_marked_texts_stand_nowhere_on_disk_in_clear(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Searched while the server runs and after it: database, WAL, log, temporary files, browser profile."""
    site, place, temporary, profile = (tmp_path / name for name in ("site", "place", "temporary", "profile"))
    for folder in (site / "emotion", place, temporary):
        folder.mkdir(parents=True)
    (site / "emotion" / f"{SHEET}.yaml").write_text(sheet())
    shutil.copytree(content_folder("notebooks"), place / "notebooks")
    monkeypatch.setenv("IOPKIT_WORKSHEETS", str(site))
    for name in ("TMPDIR", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(temporary))
    texts = [f"{MARK}-{number} that nobody else may find 🫶" for number in range(COUNT)]

    with clinic(place, pages_a_minute=1000) as server:
        treat(server, "dee", "ann", (SHEET,))
        entries = save(server, [texts[at : at + EACH] for at in range(0, COUNT, EACH)], submit=True)
        desk = server.store.desk_for("ann")
        options = {"executable_path": find_browser(), "args": list(QUIET)}
        with browser.browser_type.launch_persistent_context(str(profile), **options) as context:
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            sign_in(page, server.address, "ann")
            for entry in entries:
                go(page, f"{server.address}client#{desk.seal(entry)}", "main dd.text")
            expect(page.get_by_text(texts[-1]).first).to_be_attached()
            go(page, f"{server.address}client#{desk.seal('home')}", "main .card")
            open_worksheet(page, "Thought record")
            write(page, "What happened", f"{MARK}-typed")
            saved(page)
            found = [hits(folder) for folder in (place, temporary)]
        kernels = [file.name for file in temporary.rglob("kernel-*.json")]

    assert kernels, "no kernel kept its files where the search looks"
    assert found == [[], []]
    assert hits(tmp_path) == []
    assert {"clinic.db", "server.log"} <= {file.name for file in place.iterdir()}
    assert len(list(profile.rglob("*"))) > 20
