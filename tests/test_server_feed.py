"""The private calendar address through a real server: made, fetched without a login, renewed, revoked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from server_process import PASSWORD, Running, probe_notebooks, running, stand_in_assets

from iopkit.clinic.record_calendar import Booking
from iopkit.measures.appointments import Span

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("feed")
    notebooks, assets = probe_notebooks(folder / "notebooks"), stand_in_assets(folder / "assets")
    with running(folder, notebooks=notebooks, assets=assets) as server:
        store = server.store
        ann = store.add_person("client", "ann", "Ann Invented", zone="UTC", password=PASSWORD)
        dee = store.add_person("clinician", "dee", "Dee Made-Up", zone="UTC", domains=["individual"])
        now = datetime.now(UTC).replace(microsecond=0)
        store.treat(ann.id, dee.id, "individual", now.date())
        first = Span(now + timedelta(days=1), now + timedelta(days=1, hours=1))
        given = {"domain": "individual", "zone": "UTC", "first": first, "rrule": "FREQ=DAILY;COUNT=3"}
        store.desk_for("dee").book(Booking("individual", (ann.id,), dee.id, **given))
        yield server


@pytest.fixture
def ann(server):
    browser = server.browser()
    browser.sign_in("ann")
    browser.post("/your-calendar", do="revoke")  # an address that another test made
    return browser


def made(reply):
    return re.search(r'id="address">[^<]*(/calendar/[\w-]+\.ics)<', reply.text)[1]


def test_an_address_is_made_fetched_renewed_and_revoked(server, ann):
    anybody = server.browser()
    assert "Make an address" in ann.get("/your-calendar").text
    first = made(ann.post("/your-calendar", do="make"))

    found = anybody.get(first)

    assert (found.status, found.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert found.headers["Cache-Control"] == "no-store"
    assert [str(one["SUMMARY"]) for one in Calendar.from_ical(found.text).walk("VEVENT")] == [
        "Appointment"
    ] * 3
    assert "Ann" not in found.text
    assert "Set-Cookie" not in found.headers
    assert "It was last fetched" in ann.get("/your-calendar").text
    assert first not in ann.get("/your-calendar").text  # shown once

    second = made(ann.post("/your-calendar", do="make"))
    assert [anybody.get(one).status for one in (first, second)] == [404, 200]

    assert "leads nowhere" in ann.post("/your-calendar", do="revoke").text
    assert anybody.get(second).status == 404
    log = server.log.read_text()
    assert not any(part in log for part in (first, second, first[10:30], second[10:30]))


def test_whoever_is_locked_out_has_no_calendar_either(server, ann):
    address = made(ann.post("/your-calendar", do="make"))

    server.store.lock("ann")

    assert server.browser().get(address).status == 404
    server.store.unlock("ann")
    assert server.browser().get(address).status == 200


@pytest.mark.parametrize(
    "path",
    ["/calendar/.ics", "/calendar/short.ics", "/calendar/" + "a" * 43 + ".ics", "/calendar/../your-calendar"],
)
def test_any_other_address_is_not_there(server, path):
    assert server.browser().get(path).status == 404


def test_reminders_are_off_until_a_client_turns_them_on(server, ann):
    def choice():
        return server.store.desk_for("ann").reminder_choice()

    given = {"do": "remind", "from": "20:00", "until": "09:30"}
    assert not choice().wanted

    refused = ann.post("/your-calendar", wanted="yes", email="ann, ben@example.org", **given)
    assert (refused.status, "Write one e-mail address" in refused.text, choice().wanted) == (400, True, False)

    saved = ann.post("/your-calendar", wanted="yes", email="ann@example.org", **given)
    assert "Reminders are on" in saved.text
    assert (choice().wanted, choice().email, f"{choice().quiet_from:%H:%M}") == (
        True,
        "ann@example.org",
        "20:00",
    )

    off = ann.post("/your-calendar", email="ann@example.org", **given)
    assert ("Reminders are off" in off.text, choice().wanted) == (True, False)
    assert ann.post("/your-calendar", **(given | {"until": "late"})).status == 400
