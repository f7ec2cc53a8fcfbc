"""The small parts of the server: files, rooms, the kernel's environment, the page's data, the log."""

import json
import logging
import re
import sys
from pathlib import Path

import pytest

from iopkit.errors import ServeError
from iopkit.server.assets import Assets
from iopkit.server.environment import kernel_environment
from iopkit.server.headers import POLICY, response_headers
from iopkit.server.log import Discreet
from iopkit.server.made import VIEW, page_filter
from iopkit.server.pages import Pages, words_for
from iopkit.server.rooms import find_rooms, home_of
from iopkit.server.spec import OnlyOurs


@pytest.fixture
def assets(tmp_path) -> Assets:
    names = {"base.css": "base-AB12.css", "page.js": "page-CD34.js", "work.js": "work-IJ90.js"}
    (tmp_path / "manifest.json").write_text(json.dumps(names))
    (tmp_path / "imports.json").write_text('{"work.js": ["chunk-GH78.js"]}')
    for name in ("base-AB12.css", "page-CD34.js", "page-CD34.js.br", "page-CD34.js.gz", ".secret"):
        (tmp_path / name).write_text(name)
    (tmp_path / "folder").mkdir()
    return Assets(tmp_path)


@pytest.mark.parametrize(
    ("name", "accepted", "found"),
    [
        ("page-CD34.js", "gzip, deflate, br", ("page-CD34.js.br", "br")),
        ("page-CD34.js", "gzip;q=0.8", ("page-CD34.js.gz", "gzip")),
        ("page-CD34.js", "", ("page-CD34.js", None)),
        ("base-AB12.css", "br", ("base-AB12.css", None)),
    ],
)
def test_a_file_is_sent_as_small_as_the_browser_can_read(assets, name, accepted, found):
    file, encoding = assets.find(name, accepted)

    assert (file.name, encoding) == found


@pytest.mark.parametrize(
    "name",
    [
        "manifest.json",
        "imports.json",
        ".secret",
        "folder",
        "",
        ".",
        "..",
        "../x.js",
        "absent.js",
        "page-CD34.js\n",
    ],
)
def test_nothing_but_a_built_file_is_sent(assets, name):
    assert assets.find(name, "br") is None


def test_a_front_end_that_was_not_built_is_a_sentence(tmp_path):
    with pytest.raises(ServeError, match="The front end is not built: run `node frontend/build"):
        Assets(tmp_path).address("page.js")


def test_a_room_exists_where_a_notebook_is_and_opens_for_the_people_of_its_kind(tmp_path):
    for name in ("apps/client", "apps/clinician", "apps/other", "worksheets/thought-record"):
        file = tmp_path / f"{name}.ipynb"
        file.parent.mkdir(exist_ok=True)
        file.touch()

    rooms = find_rooms(tmp_path)

    assert {address: sorted(room.kinds) for address, room in rooms.items()} == {
        "/client": ["client"],
        "/clinician": ["clinician"],
        "/worksheets/thought-record": ["client", "clinician"],
    }
    assert home_of("client", rooms) == "/client"
    assert home_of("coordinator", rooms) is None


def test_a_kernel_inherits_nothing_but_a_fixed_list():
    inherited = {
        "PATH": "/bin",
        "TZ": "UTC",
        "XDG_CACHE_HOME": "/var/cache",
        "IOPKIT_FOR": "somebody",
        "IOPKIT_DATABASE_URL": "of the operator",
        "AWS_SECRET_ACCESS_KEY": "s",
        "JUPYTER_TOKEN": "t",
        "QUERY_STRING": "q",
        "PYTHONSTARTUP": "x",
    }

    environment = kernel_environment(
        inherited, ticket="t", database="sqlite:///d", key_file="k", room=Path("/r")
    )

    del environment["PYTHONPATH"]
    assert environment == {
        "PATH": "/bin",
        "TZ": "UTC",
        "XDG_CACHE_HOME": "/var/cache",
        "IOPKIT_TICKET": "t",
        "IOPKIT_DATABASE_URL": "sqlite:///d",
        "IOPKIT_KEY_FILE": "k",
        "IOPKIT_SERVER": "1",
        "IOPKIT_IDLE_MINUTES": "10",
        "IOPKIT_BARE": "1",
        "IPYTHONDIR": "/r/ipython",
        "JUPYTER_RUNTIME_DIR": "/r",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def test_whatever_kernel_a_notebook_names_ours_is_started():
    spec = OnlyOurs().get_kernel_spec("anything")

    assert spec.argv[:3] == ["python", "-m", "ipykernel_launcher"]
    assert "--HistoryManager.enabled=False" in spec.argv
    assert spec.metadata["kernel_provisioner"]["provisioner_name"] == "iopkit-fork"
    assert sorted(OnlyOurs().get_all_specs()) == ["iopkit", "python3"]


class Heard:
    """What the filter told the server."""

    def __init__(self, assets: Assets) -> None:
        self.shown: list[tuple[str, str]] = []
        self.failed: list[tuple[str, str]] = []
        self.page = page_filter(
            Pages(assets),
            lambda kernel, comm: self.shown.append((kernel, comm)),
            lambda kernel, problem: self.failed.append((kernel, problem)),
        )


@pytest.mark.parametrize(("body", "said"), [({"survey": {}}, True), ({"name": "home"}, False)])
def test_a_browser_is_told_of_what_a_form_needs_before_its_view(assets, body, said):
    html = Heard(assets).page([displayed({"body": body})], "k")

    parts, data = html.split("<script", 1)
    wanted = ["work-IJ90.js", "chunk-GH78.js"] if said else []
    assert re.findall(r'<link rel="modulepreload" href="/assets/([\w.-]+)">', parts) == wanted
    assert json.loads(data.partition(">")[2].removesuffix("</script>"))["view"] == {"body": body}


def displayed(view: object) -> dict[str, object]:
    return {"output_type": "display_data", "data": {VIEW: {"model": "m", "view": view}}}


def test_a_view_becomes_data_that_cannot_leave_its_script_element(assets):
    heard = Heard(assets)
    hostile = "</script><script>alert(1)</script><!-- & \u2028"

    html = heard.page([displayed({"text": hostile})], "k")

    start = '<script type="application/json" id="iopkit-page">'
    inner = html.removeprefix(start).removesuffix("</script>")
    assert html == f"{start}{inner}</script>"
    assert not set("<>&\u2028") & set(inner)
    assert json.loads(inner) == {"kernel": "k", "model": "m", "view": {"text": hostile}, "base_url": "/"}
    assert heard.shown == [("k", "m")]


@pytest.mark.parametrize(
    ("outputs", "problem"),
    [
        ([], "no page was displayed"),
        ([{"output_type": "stream", "name": "stdout", "text": "canary"}], "no page was displayed"),
        ([{"output_type": "display_data", "data": {"text/html": "canary"}}], "no page was displayed"),
        ([{"output_type": "display_data", "data": {VIEW: "canary"}}], "no page was displayed"),
        ([{"output_type": "error", "ename": "KeyError", "evalue": "canary"}], "KeyError"),
        (
            [displayed("canary"), {"output_type": "error", "ename": "E\nx", "evalue": ""}],
            "no page was displayed",
        ),
    ],
)
def test_a_notebook_without_a_page_gives_friendly_words_and_nothing_of_its_output(assets, outputs, problem):
    heard = Heard(assets)

    html = heard.page(outputs, "k")

    assert "This page could not be opened" in html
    assert "988" in html
    assert "canary" not in html
    assert (heard.shown, heard.failed) == ([], [("k", problem)])


def test_a_store_that_cannot_be_used_is_said_as_a_restart(assets):
    heard = Heard(assets)

    html = heard.page([{"output_type": "error", "ename": "StoreError", "evalue": "the path"}], "k")

    assert "The server is restarting" in html


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (403, "This page is not yours"),
        (404, "This page is not here"),
        (429, "You have many pages open here"),
        (503, "The server is restarting"),
        (500, "This page could not be opened"),
    ],
)
def test_each_refusal_has_its_words_and_the_help_lines(assets, status, title):
    html = Pages(assets).render("words", words=words_for(status), xsrf="x")

    assert f"<h1>{title}</h1>" in html
    assert 'href="tel:988"' in html
    assert 'href="tel:911"' in html
    assert "/assets/base-AB12.css" in html


def test_the_content_policy_names_no_other_host_and_allows_nothing_inline():
    assert POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_staying_on_tls_is_demanded_only_where_there_is_tls():
    assert "Strict-Transport-Security" not in response_headers(secure=False)
    assert response_headers(secure=True)["Strict-Transport-Security"] == "max-age=31536000"


def test_the_log_holds_no_text_of_other_libraries_and_no_second_line(capsys):
    record = logging.LogRecord("voila", 40, "/lib/voila/app.py", 7, "cell %r", ("canary",), None)
    ours = logging.LogRecord("iopkit", 30, sys.modules["iopkit"].__file__, 7, "one\ntwo", (), None)
    try:
        raise KeyError("canary")
    except KeyError:
        broken = logging.LogRecord("voila", 40, "/lib/voila/app.py", 8, "canary", (), sys.exc_info())

    lines = [Discreet().format(each) for each in (record, ours, broken)]

    assert [line.split(" ", 2)[2] for line in lines] == [
        "ERROR app:7",
        "WARNING one two",
        f"ERROR app:8 KeyError at test_server_pieces.py:{_line_of_raise()}",
    ]


def _line_of_raise() -> int:
    lines = Path(__file__).read_text("utf-8").splitlines()
    return lines.index('        raise KeyError("canary")') + 1
