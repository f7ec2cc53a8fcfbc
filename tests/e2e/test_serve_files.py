"""A client takes a worksheet along and their own copy home, through the real server, by the keyboard."""

import io
import json
import zipfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from server_process import running
from serving import PATIENCE, ROOT, add, axe, press, sign_in

from iopkit.worksheets.place import content_folder


def download(page: Page, name: str) -> bytes:
    with page.expect_download(timeout=PATIENCE) as caught:
        press(page, name)
    return Path(caught.value.path()).read_bytes()


def test_a_worksheet_and_a_copy_come_as_files(browser: Browser, tmp_path: Path):
    built = ROOT / "iopkit" / "widgets" / "static"
    with running(tmp_path, notebooks=content_folder("notebooks"), assets=built) as server:
        add(server, "client", "ann")
        ann = server.store.desk_for("ann")
        draft = ann.draft("meeting-log")
        ann.save(draft.id, message_id="m", answers={"went": "yes"}, changed=["went"], base=0)
        context = browser.new_context(viewport={"width": 390, "height": 844}, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        sign_in(page, server.address, "ann")

        page.get_by_role("link", name="Meeting log").first.click()
        expect(page.get_by_role("heading", name="Meeting log", level=1)).to_be_visible()
        sheet = download(page, "^Fill this in without a connection$").decode()
        expect(page.get_by_text("The worksheet is among your downloads.")).to_be_visible()
        page.get_by_role("link", name="My record").click()
        expect(page.get_by_role("button", name="Take my own copy")).to_be_visible()
        assert axe(page) == []
        copy = zipfile.ZipFile(io.BytesIO(download(page, "^Take my own copy$")))
        context.close()

    assert '"worksheet": "meeting-log"' in sheet
    kinds = {one["resource"]["resourceType"] for one in json.loads(copy.read("fhir/bundle.json"))["entry"]}
    assert "Patient" in kinds
    assert b"Meeting log" in copy.read("record.html")
