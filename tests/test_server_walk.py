"""Every address of a running server, asked by everybody: who gets what at which door."""

from collections.abc import Iterator

import pytest
from server_process import PASSWORD, Browser, Running, probe_notebooks, running, stand_in_assets
from test_server_routes import FEED, KERNEL, OPEN

pytestmark = pytest.mark.slow

PEOPLE = {
    "ann": "client",
    "bob": "client",
    "dee": "clinician",
    "cor": "coordinator",
    "sam": "supervisor",
}
WHO = ("nobody", *PEOPLE)
SIGN_IN = 302
LATE = [303] * 6
"""There is no sign-in under way to go on with."""
GET = {
    "/": [SIGN_IN, 302, 302, 302, 200, 200],
    "/sign-in": [200, 302, 302, 302, 302, 302],
    "/sign-in/code": LATE,
    "/sign-in/pairing": LATE,
    "/sign-in/provider": [404] * 6,
    "/sign-in/provider/back": [404] * 6,
    "/invitation": [200] * 6,
    "/your-sign-in": [SIGN_IN, 200, 200, 200, 200, 200],
    "/your-calendar": [SIGN_IN, 200, 200, 404, 404, 404],
    "/hand-over": [303, 404, 404, 403, 403, 403],
    FEED: [404] * 6,
    "/healthz": [200] * 6,
    "/assets/([^/]+)": [200] * 6,
    f"/api/kernels/{KERNEL}/channels": [403, 400, 403, 403, 403, 403],
    "/client": [SIGN_IN, 200, 200, 403, 403, 403],
    "/clinician": [SIGN_IN, 403, 403, 200, 403, 403],
    "/worksheets/broken": [SIGN_IN, 200, 200, 200, 403, 403],
    "/worksheets/dying": [SIGN_IN, 200, 200, 200, 403, 403],
    "/worksheets/mute": [SIGN_IN, 200, 200, 200, 403, 403],
}
"""What each address answers to nobody, Ann (whose kernel it is), Bob, Dee, Cor and Sam."""
POST = {
    "/sign-in": [403] * 6,
    "/sign-in/code": LATE,
    "/sign-in/pairing": LATE,
    "/invitation": [403] * 6,
    "/your-sign-in": [403, 404, 404, 404, 404, 404],
    "/your-calendar": [403, 404, 404, 404, 404, 404],
    "/hand-over": [404] * 6,
    f"/voila/api/shutdown/{KERNEL}": [403, 204, 404, 404, 404, 404],
    "/lock": [303] * 6,
    "/sign-out": [303] * 6,
}
"""The same for an empty form with its token; the last two end every login."""


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("walk")
    notebooks, assets = probe_notebooks(folder / "notebooks"), stand_in_assets(folder / "assets")
    (notebooks / "worksheets" / "endless.ipynb").unlink()  # its address waits as long as a page may
    with running(folder, notebooks=notebooks, assets=assets, pages_a_minute=1000) as server:
        for user, kind in PEOPLE.items():
            domains = ["individual"] if kind == "clinician" else []
            server.store.add_person(kind, user, "X Invented", zone="UTC", password=PASSWORD, domains=domains)
        yield server


@pytest.fixture
def browsers(server) -> dict[str, Browser]:
    found = {who: server.browser() for who in WHO}
    found["nobody"].get("/sign-in")
    for user in PEOPLE:
        found[user].sign_in(user)
    return found


def asked(method: str) -> list[str]:
    return [address for address, methods in OPEN.items() if method in methods and "endless" not in address]


def at(address: str, kernel: str) -> str:
    """Return an address to ask for, in place of a pattern."""
    return (
        address.replace(FEED, f"/calendar/{'x' * 43}.ics")
        .replace(KERNEL, kernel)
        .replace("([^/]+)", "page-CD34.js")
    )


def test_every_address_gives_each_person_what_is_written_here(browsers):
    kernel = browsers["ann"].page("/client")["kernel"]

    got = {
        address: [browsers[who].get(at(address, kernel)).status for who in WHO] for address in asked("get")
    }
    sent = {
        address: [browsers[who].post(at(address, kernel)).status for who in WHO]
        for address in sorted(asked("post"), key=list(POST).index)
    }

    assert got == GET
    assert sent == POST


def test_nobody_is_sent_anywhere_but_to_the_sign_in_page(browsers):
    places = {browsers["nobody"].get(at(address, "0")).headers.get("Location") for address in asked("get")}

    assert {(place or "/sign-in").partition("?")[0] for place in places} == {"/sign-in"}


@pytest.mark.parametrize("who", WHO)
def test_an_address_does_nothing_in_a_method_that_it_does_not_have(browsers, who):
    kernel = "00000000-0000-4000-8000-000000000000"
    browser = browsers[who]

    for method in ("post", "put", "patch", "delete"):
        for address in OPEN.keys() - asked(method):
            body = {"_xsrf": browser.cookie("_xsrf")}
            reply = browser.ask(at(address, kernel), body, method=method.upper())
            assert (address, reply.status in {403, 404, 405}) == (address, True)
