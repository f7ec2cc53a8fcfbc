"""The whole router, walked: which addresses exist, and to whom they are open."""

from pathlib import Path

import pytest
from server_process import CHEAP, probe_notebooks, stand_in_assets

from iopkit.clinic import open_store
from iopkit.server.app import Server
from iopkit.server.assets import AssetHandler
from iopkit.server.options import Options

KERNEL = r"(?P<kernel_id>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
OPEN = {
    "/": {"get": "signed in"},
    "/sign-in": {"get": "anybody", "post": "anybody"},
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
        server = Server(options, store, [])
        server.initialize([])
        server.connection_dir = str(tmp_path)
        yield server


def test_these_addresses_exist_and_no_others(server):
    found = {}
    for pattern, handler, *_ in server.init_handlers():
        found[pattern] = {name: _open_to(handler, name) for name in METHODS if _answers(handler, name)}

    assert found == OPEN


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


def _answers(handler: type, method: str) -> bool:
    from tornado.web import RequestHandler

    return getattr(handler, method) is not getattr(RequestHandler, method)


def _open_to(handler: type, method: str) -> str:
    public = getattr(getattr(handler, method), "__allow_unauthenticated", False)
    return "anybody" if public or handler is AssetHandler else "signed in"
