"""The offline twin in a browser: the same form from a file, no request, nothing stored, a result to enter."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from iopkit.cli import app
from iopkit.clinic import open_store
from iopkit.exchange.transcript import read_result
from iopkit.worksheets import load_catalog, validate

STORED = """async () => [localStorage.length, sessionStorage.length, document.cookie,
  (await indexedDB.databases()).length, "caches" in window ? (await caches.keys()).length : 0]"""


def opened(browser: Browser, tmp_path: Path, worksheet_id: str, *more: str) -> tuple[Page, list[str]]:
    """Return the page of an exported file, and what it asks for while it is open."""
    file = tmp_path / f"{worksheet_id}.html"
    done = CliRunner().invoke(app, ["export", "offline", worksheet_id, "--out", str(file), *more])
    assert done.exit_code == 0
    page = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(f"error: {error}"))
    page.on("console", lambda said: asked.append(said.text) if said.type == "error" else None)
    page.goto(file.as_uri())
    page.locator("h1").wait_for()
    return page, asked


def save(page: Page, label: str = "Save the answers as a file") -> bytes:
    with page.expect_download() as caught:
        page.get_by_role("button", name=label).click()
    return Path(caught.value.path()).read_bytes()


def test_answers_of_a_file_become_an_entry_with_both_times(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    page, asked = opened(browser, tmp_path, "gad-7")
    for row in range(7):
        page.get_by_role("radio", name="Several days").nth(row).check(force=True)
    expect(page.get_by_role("status")).to_have_text("Not saved yet.")

    raw = save(page)

    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    assert page.evaluate(STORED) == [0, 0, "", 0, 0]
    page.context.close()
    file = tmp_path / "answers.json"
    file.write_bytes(raw)
    monkeypatch.setenv("IOPKIT_DATABASE_URL", str(tmp_path / "data" / "clinic.db"))
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(tmp_path / "keys" / "key"))
    with open_store(create=True) as store:
        store.add_person("client", "ava", "Ava Example", zone="UTC", password="four green apples fly")
    done = CliRunner().invoke(app, ["import", "answers", str(file), "--for", "ava"])
    with open_store(create=False) as store:
        entry = store.desk_for("ava").entries(store.person("ava").id)[0]
    assert (done.stdout, entry.scores["total"]) == ("Entered.\n", 7)
    assert entry.answered_at is not None
    assert entry.submitted_at is not None
    assert entry.answered_at <= entry.submitted_at


def test_a_result_names_worksheet_version_and_assignment_and_nobody(browser: Browser, tmp_path: Path):
    page, _ = opened(browser, tmp_path, "urge-log", "--assignment", "a1b2")

    told = json.loads(save(page))
    page.context.close()

    assert sorted(told) == [
        "answered_at",
        "answers",
        "assignment",
        "format",
        "worksheet",
        "worksheet_version",
        "zone",
    ]
    assert (told["worksheet"], told["assignment"]) == ("urge-log", "a1b2")


def test_a_safety_rule_shows_its_help_without_a_server(browser: Browser, tmp_path: Path):
    page, _ = opened(browser, tmp_path, "phq-9")

    page.get_by_role("radio", name="Several days").nth(8).check(force=True)

    expect(page.get_by_role("dialog")).to_contain_text("988")
    page.context.close()


def test_it_speaks_spanish(browser: Browser, tmp_path: Path):
    page, asked = opened(browser, tmp_path, "thought-record", "--language", "es")

    raw = save(page, "Guardar las respuestas en un archivo")
    page.context.close()

    told = read_result(raw, load_catalog())
    assert validate(load_catalog()["thought-record"], told.answers, final=False).refused == {}
    assert [one for one in asked if one.startswith("error")] == []
