"""Texts that want to be scripts, through each kind of free-text field: kept as typed, shown as text."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hostile_text import hostile_texts
from playwright.sync_api import Browser, BrowserContext, Page
from server_process import Line, Running
from serving import PATIENCE, clinic, sign_in, treat

from iopkit.clinic.desk import Desk
from iopkit.reports.batch import Batch
from iopkit.reports.entries import entry_blocks
from iopkit.reports.page import page_html
from iopkit.reports.template import find_template

SEED = int(os.environ.get("HOSTILE_SEED", "4"))
EACH = 50
"""How many strings one entry takes through each kind of field."""
NOTE = 1000
MANY = pytest.mark.parametrize(
    "count", [500, pytest.param(5_000, marks=[pytest.mark.soak, pytest.mark.timeout(3600)])]
)
SHEET = "every-field"
TRAP = """
    window.caught = [];
    Object.defineProperty(window, "pwned", { set(value) { window.caught.push("pwned"); } });
    for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => window.caught.push(name);
    document.addEventListener("securitypolicyviolation", (event) => window.caught.push(event.blockedURI));
"""


def sheet() -> str:
    """Return a worksheet with each kind of field in which people write."""
    fields = []
    for n in range(EACH):
        fields += [
            f"      - {{ name: t{n:02}, type: text, title: Line {n}, maxLength: 4000 }}",
            f"      - {{ name: c{n:02}, type: comment, title: Words {n}, maxLength: 4000 }}",
            f"      - {{ name: o{n:02}, type: radiogroup, title: Other {n}, showOtherItem: true,",
            "          otherText: Else, choices: [ { value: a, text: A }, { value: b, text: B } ] }",
        ]
    return "\n".join(
        [
            f'id: {SHEET}\nversion: "1.0"\nstatus: draft\ntitle: Every field\ncategory: emotion',
            "domain: individual\naudience: client\nminutes: 3\nabout: Each kind of field.",
            "pages:\n  - name: all\n    title: All\n    elements:",
            *fields,
            "      - name: rows\n        type: paneldynamic\n        title: Rows\n        maxPanelCount: 50",
            "        templateTitle: Row {panelIndex}",
            "        addPanelText: Add\n        removePanelText: Remove",
            "        noEntriesText: None yet.\n        templateElements:",
            "          - { name: line, type: text, title: Line, maxLength: 4000 }",
            "          - { name: words, type: comment, title: Words, maxLength: 4000 }",
            "",
        ]
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the worksheet once: its catalog is then read from YAML once."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "emotion").mkdir()
    (folder / "emotion" / f"{SHEET}.yaml").write_text(sheet())
    return folder


@pytest.fixture
def server(tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    monkeypatch.setenv("IOPKIT_WORKSHEETS", str(site))
    with clinic(tmp_path, pages_a_minute=1000) as server:
        treat(server, "dee", "ann", (SHEET,))
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        context.add_init_script(TRAP)
        yield context


def answers(texts: list[str]) -> dict[str, Any]:
    """Return answers that carry each text through each kind of field."""
    found: dict[str, Any] = {"rows": [{"line": text, "words": text} for text in texts]}
    for n, text in enumerate(texts):
        found |= {f"t{n:02}": text, f"c{n:02}": text, f"o{n:02}": "other", f"o{n:02}-Comment": text[:1000]}
    return found


def save(server: Running, batches: list[list[str]], *, submit: bool) -> list[str]:
    """Send each batch as an entry of Ann's through her page's websocket, and return the entries' places."""
    browser, desk, places = server.browser(), server.store.desk_for("ann"), []
    browser.sign_in("ann")
    page = browser.page("/client")
    for texts in batches:
        entry, sent = desk.draft(SHEET), answers(texts)
        places.append(f"entry:{entry.id}")
        with browser.socket(page["kernel"]) as opened:
            action = {"kind": "save", "key": desk.seal(places[-1]), "answers": sent}
            action |= {"changed": list(sent), "base": entry.base, "submit": submit}
            reply = Line(opened, page["model"]).ask(action, seconds=60)
        stored = desk.entry(entry.id).answers
        assert (reply["kind"], reply.get("refused")) == ("saved", {})
        assert {name for name in sent if stored.get(name) != sent[name]} == set()
    browser.post("/sign-out")
    return places


def caught(page: Page) -> list[str]:
    """Return what ran, opened or was blocked since the page was loaded."""
    return page.evaluate("() => window.caught")


def go(page: Page, address: str, waits_for: str) -> None:
    """Load an address anew, and wait until something is there."""
    page.goto("about:blank")
    page.goto(address)
    page.locator(waits_for).first.wait_for(state="attached")


def in_a_field(text: str, *, one_line: bool) -> str:
    """Return a text as a form control of the browser holds it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines.replace("\n", "") if one_line else lines


def see(page: Page, address: str, texts: list[str]) -> None:
    """Open a sent entry and find each of its texts there as text: two fields, two of a row, one of "else"."""
    go(page, address, "main dd.text")
    found = page.evaluate("() => [...document.querySelectorAll('main dd')].map((node) => node.textContent)")

    assert {text: found.count(text) for text in texts if found.count(text) != 4 + (len(text) <= NOTE)} == {}
    assert [text for text in texts if text[:NOTE] not in found] == []
    assert caught(page) == []


def fill_in(page: Page, address: str, texts: list[str]) -> None:
    """Open a draft and find its texts in the fields of the form."""
    go(page, address, "main textarea")
    lines = page.evaluate(
        "() => [...document.querySelectorAll('input[type=text]')].map((node) => node.value)"
    )
    longer = page.evaluate("() => [...document.querySelectorAll('textarea')].map((node) => node.value)")

    assert {in_a_field(text, one_line=True) for text in texts} - set(lines) == set()
    assert {in_a_field(text, one_line=False) for text in texts} - set(longer) == set()
    assert caught(page) == []


def search(page: Page, address: str, texts: list[str]) -> None:
    """Type texts into the search of the library."""
    go(page, address, "main input[type=search]")
    field = page.locator("main input[type=search]").first
    for text in texts:
        field.fill(text[:200])
    page.wait_for_load_state("networkidle")
    assert caught(page) == []


@MANY
def test_hostile_text_is_kept_as_typed_and_shown_as_text(server, context, count, capsys):
    """The seed is printed and can be given in ``HOSTILE_SEED``."""
    with capsys.disabled():
        print(f"\n{count} texts, seed {SEED}")  # noqa: T201  # to run it again
    texts = hostile_texts(count, SEED)
    batches = [texts[start : start + EACH] for start in range(0, count, EACH)]
    entries = save(server, batches, submit=True)
    (draft,) = save(server, batches[:1], submit=False)
    person, page = server.store.person("ann").id, context.new_page()

    for user, app, lists in (
        ("ann", "client", ["history", "home"]),
        ("dee", "clinician", [f"client:{person}", "caseload"]),
    ):
        desk, at = server.store.desk_for(user), f"{server.address}{app}#"
        context.clear_cookies()
        sign_in(page, server.address, user)
        for entry, batch in zip(entries, batches, strict=True):
            see(page, at + desk.seal(entry), batch)
        for place in lists:
            go(page, at + desk.seal(place), "main h1")
            assert caught(page) == []
        search(page, at + desk.seal("library"), texts[:60])
        if user == "ann":
            fill_in(page, at + desk.seal(draft), batches[0])


@MANY
def test_hostile_notes_of_clinicians_are_kept_as_typed_and_shown_as_text(server, context, count):
    """A note beside an assignment, which the client reads, and one beside an alert, which clinicians read."""
    texts, store = hostile_texts(count, SEED + 1), server.store
    dee, ann = store.desk_for("dee"), store.desk_for("ann")
    draft = ann.draft("phq-9")
    worst = {f"phq9_{n}": 3 for n in range(1, 10)}
    ann.save(draft.id, message_id="m", answers=worst, changed=worst, base=0, submit=True)
    (alert, *_) = dee.alerts()
    said = "\n".join(texts)[:4000]
    today = datetime.now(UTC).date()
    given = [
        dee.assign(ann.person.id, SHEET, "individual", note=note, starts=today) for note in packed(texts)
    ]

    done = dee.acknowledge(alert.id, said)

    notes = {one.id: one.note for one in ann.assignments(ann.person.id)}
    assert (done.note, [notes[one.id] for one in given]) == (said, packed(texts))
    page = context.new_page()
    for user, app, place in (("ann", "client", "home"), ("dee", "clinician", f"client:{ann.person.id}")):
        context.clear_cookies()
        sign_in(page, server.address, user)
        go(page, f"{server.address}{app}#{store.desk_for(user).seal(place)}", "main h1")
        page.wait_for_function(HOLDS, arg=packed(texts))  # a page that opens elsewhere has a heading too
        text = page.locator("main").evaluate("(node) => node.textContent")
        assert caught(page) == []
        assert sum(note in text for note in packed(texts)) >= (3 if user == "ann" else len(given))
        assert (said in text) == (user == "dee")


HOLDS = "(notes) => notes.some((note) => document.querySelector('main').textContent.includes(note))"


def packed(texts: list[str]) -> list[str]:
    """Return texts as notes: as many in one as it takes, cut where one is too long."""
    found = [""]
    for text in texts:
        if len(found[-1]) + len(text) + 1 > NOTE:
            found.append("")
        found[-1] = f"{found[-1]} {text}"[:NOTE].strip()
    return found[:40]


@MANY
def test_no_report_fails_over_hostile_text(server, context, tmp_path, count, monkeypatch):
    texts = hostile_texts(count, SEED + 2)
    save(server, [texts[start : start + EACH] for start in range(0, count, EACH)], submit=True)
    monkeypatch.setenv("IOPKIT_DATABASE_URL", str(tmp_path / "clinic.db"))
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(tmp_path / "key"))
    dee, ann = server.store.desk_for("dee"), server.store.person("ann")
    batch = Batch(find_template("progress"), dee, server.store.person, ["ann"], tmp_path / "out")

    outcomes = list(batch.run())

    assert [(one.status, one.error) for one in outcomes] == [("done", "")]
    page = context.new_page()
    report(page, tmp_path / "out" / outcomes[0].files[0])
    found = report(page, whole_entries(dee, ann.id, tmp_path / "entries.html"))
    assert [text for text in texts if squeezed(text) not in found] == []


def whole_entries(desk: Desk, client: str, file: Path) -> Path:
    """Write the report that prints every answer of every entry."""
    blocks = entry_blocks(desk, SHEET, client=client, since="", until="")
    output = nbformat.v4.new_output("display_data", data=blocks._repr_mimebundle_())
    cell = nbformat.v4.new_code_cell("", outputs=[output])
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"title": "Every field"})
    file.write_text(page_html(notebook), "utf-8")
    return file


def report(page: Page, file: Path) -> set[str]:
    """Open a report and return its texts, without their blanks; nothing in it may run or be blocked."""
    go(page, file.as_uri(), "h1")
    assert caught(page) == []
    assert page.locator("script, iframe, base, form, [onerror], [onload], [onclick]").count() == 0
    return set(
        map(squeezed, page.locator("dd, td").evaluate_all("(all) => all.map((one) => one.textContent)"))
    )


def squeezed(text: str) -> str:
    return "".join(text.split())
