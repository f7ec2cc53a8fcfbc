"""The whole router, walked: which addresses exist, and to whom they are open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from server_process import CHEAP, probe_notebooks, stand_in_assets
from tornado.routing import PathMatches, Router, Rule
from tornado.web import RequestHandler

from iopkit.clinic import open_store
from iopkit.server.app import Server
from iopkit.server.assets import AssetHandler
from iopkit.server.options import Options
from iopkit.server.rooms import find_rooms
from iopkit.worksheets.place import content_folder

KERNEL = r"(?P<kernel_id>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
FEED = r"/calendar/([A-Za-z0-9_-]{20,100})\.ics"
OPEN = {
    "/": {"get": "signed in"},
    "/sign-in": {"get": "anybody", "post": "anybody"},
    "/sign-in/code": {"get": "anybody", "post": "anybody"},
    "/sign-in/pairing": {"get": "anybody", "post": "anybody"},
    "/sign-in/provider": {"get": "anybody"},
    "/sign-in/provider/back": {"get": "anybody"},
    "/invitation": {"get": "anybody", "post": "anybody"},
    "/your-sign-in": {"get": "signed in", "post": "signed in"},
    "/hand-over": {"get": "anybody", "post": "anybody"},
    "/your-calendar": {"get": "signed in", "post": "signed in"},
    FEED: {"get": "anybody"},
    "/sign-out": {"post": "anybody"},
    "/lock": {"post": "anybody"},
    "/healthz": {"get": "anybody"},
    "/assets/([^/]+)": {"get": "anybody"},
    f"/api/kernels/{KERNEL}/channels": {"get": "signed in"},
    f"/voila/api/shutdown/{KERNEL}": {"post": "signed in"},
    "/client": {"get": "signed in"},
    "/clinician": {"get": "signed in"},
    "/worksheets/broken": {"get": "signed in"},
    "/worksheets/dying": {"get": "signed in"},
    "/worksheets/endless": {"get": "signed in"},
    "/worksheets/mute": {"get": "signed in"},
}
METHODS = ("get", "post", "put", "patch", "delete")
ROOMS = {
    "/client": {"client"},
    "/clinician": {"clinician"},
    "/couple": {"client"},
    "/coordinator": {"coordinator"},
    "/supervisor": {"supervisor"},
    "/library": {"client", "clinician", "coordinator"},
    "/worksheets/nutrition-log": {"client", "clinician"},
    "/worksheets/sleep-diary": {"client", "clinician"},
    "/worksheets/speaker-listener": {"client", "clinician"},
    "/worksheets/thought-record": {"client", "clinician"},
}
"""For whom each notebook of ours opens, where there is one."""


class Deaf(Server):
    """A server that is made ready to serve, and does not listen."""

    def listen(self) -> None:
        """Return at once."""


@pytest.fixture
def server(tmp_path) -> Server:
    options = Options(
        database=str(tmp_path / "clinic.db"),
        key_file=str(tmp_path / "key"),
        notebooks=probe_notebooks(tmp_path / "notebooks"),
        assets=stand_in_assets(tmp_path / "assets"),
        port=0,
    )
    with open_store(options.database, options.key_file, settings=CHEAP) as store:
        server = Deaf(options, store, [])
        server.connection_dir_root = str(tmp_path)
        server.initialize([])
        server.start()
        yield server


def test_these_addresses_exist_and_no_others(server):
    found = {}
    for rule in _walk(server.app.default_router):
        handler, pattern = rule.target, rule.matcher.regex.pattern.removesuffix("$")
        found[pattern] = {name: _open_to(handler, name) for name in METHODS if _answers(handler, name)}

    assert found == OPEN


def test_each_room_opens_for_these_kinds_of_person_and_no_others(server):
    found = {address: set(room.kinds) for address, room in find_rooms(content_folder("notebooks")).items()}

    assert {"/client", "/clinician", "/library"} <= set(found)
    assert found == {address: ROOMS.get(address, set()) for address in found}


def test_what_no_address_matches_is_answered_by_us(server):
    settings = server.init_settings()

    assert settings["default_handler_class"].__name__ == "NotFound"
    assert "static_path" not in settings
    assert settings["login_url"] == "/sign-in"


def test_voilas_own_doors_stay_shut_by_configuration_too(server):
    voila = server.voila_configuration

    assert (voila.allow_template_override, voila.allow_theme_override) == ("NO", "NO")
    assert voila.file_allowlist == []
    assert voila.preheat_kernel is False
    assert voila.progressive_rendering is False
    assert server.template_paths == [str(Path(__file__).parents[1] / "iopkit" / "server" / "template")]
    assert server.config_file_paths == []


def _walk(router: Router) -> Iterator[Rule]:
    """Yield every rule of a router and of the routers below it, but the one for what nothing matches."""
    for rule in router.rules:
        if isinstance(rule.target, Router):
            yield from _walk(rule.target)
        elif isinstance(rule.matcher, PathMatches):
            yield rule


def _answers(handler: type, method: str) -> bool:
    return getattr(handler, method) is not getattr(RequestHandler, method)


def _open_to(handler: type, method: str) -> str:
    public = getattr(getattr(handler, method), "__allow_unauthenticated", False)
    return "anybody" if public or handler is AssetHandler else "signed in"
