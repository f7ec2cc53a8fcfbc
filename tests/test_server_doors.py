"""Who gets in at which door: sign-in, roles, forged requests, and what every reply carries."""

import re
import statistics
import time
from collections.abc import Iterator

import pytest
from server_process import PASSWORD, Running, probe_notebooks, running, stand_in_assets

from iopkit.server.headers import POLICY

pytestmark = pytest.mark.slow

WRONG = "That user name and password do not go together. Check both and try again."


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("doors")
    notebooks, assets = probe_notebooks(folder / "notebooks"), stand_in_assets(folder / "assets")
    settings = {"wrong_sign_ins": 1000}
    with running(
        folder, notebooks=notebooks, assets=assets, settings=settings, pages_a_minute=1000
    ) as server:
        server.store.add_person("client", "ann", "Ann Canary", zone="UTC", password=PASSWORD)
        server.store.add_person("client", "bob", "Bob Canary", zone="UTC", password=PASSWORD)
        server.store.add_person(
            "clinician", "dee", "Dee Canary", zone="UTC", password=PASSWORD, domains=["individual"]
        )
        server.store.add_person("coordinator", "cor", "Cor Canary", zone="UTC", password=PASSWORD)
        yield server


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/", "/sign-in?next=%2F"),
        ("/client", "/sign-in?next=%2Fclient"),
        ("/worksheets/mute", "/sign-in?next=%2Fworksheets%2Fmute"),
    ],
)
def test_without_a_login_every_page_leads_to_sign_in(server, path, target):
    reply = server.browser().get(path)

    assert (reply.status, reply.headers["Location"]) == (302, target)


def test_signing_in_goes_on_to_where_one_was_going(server):
    browser = server.browser()

    reply = browser.sign_in("ann", next="/client")

    assert (reply.status, reply.headers["Location"]) == (303, "/client")
    assert browser.get("/").headers["Location"] == "/client"
    assert browser.get("/sign-in").headers["Location"] == "/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/x", ""]
)
def test_signing_in_never_leads_away_from_here(server, target):
    reply = server.browser().sign_in("ann", next=target)

    assert (reply.status, reply.headers["Location"]) == (303, "/")


def test_the_session_cookie_is_opaque_and_out_of_reach_of_scripts_and_other_sites(server):
    reply = server.browser().sign_in("ann")

    cookie = reply.headers["Set-Cookie"]
    port = re.search(r":(\d+)/", server.address)[1]
    assert re.fullmatch(rf"iopkit-{port}=[\w-]{{22,}}; HttpOnly; Path=/; SameSite=Strict", cookie)


def test_each_sign_in_makes_a_new_session_and_ends_the_old_one(server):
    browser = server.browser()
    browser.sign_in("ann")
    old = browser.cookie(browser.session)

    browser.post("/sign-in", user="ann", password=PASSWORD)

    assert browser.cookie(browser.session) != old
    stale = server.browser().get("/", Cookie=f"{browser.session}={old}")
    assert stale.headers["Location"].startswith("/sign-in")


def test_a_wrong_password_and_an_unknown_user_get_the_same_reply_in_similar_time(tmp_path):
    notebooks, assets = probe_notebooks(tmp_path / "notebooks"), stand_in_assets(tmp_path / "assets")
    dear = {"passes": 3, "memory_kib": 65_536, "lanes": 1}  # so that a hash left out would show
    settings = {"wrong_sign_ins": 1000, "password_cost": dear}
    replies: dict[str, str] = {}
    took: dict[str, list[float]] = {"ann": [], "nobody-here": []}
    with running(tmp_path, notebooks=notebooks, assets=assets, settings=settings) as server:
        server.store.add_person("client", "ann", "Ann Canary", zone="UTC", password=PASSWORD)
        browser = server.browser()
        browser.get("/sign-in")

        for user in ("ann", "nobody-here") * 9:
            start = time.perf_counter()
            reply = browser.post("/sign-in", user=user, password="not the password")
            took[user].append(time.perf_counter() - start)
            text = re.sub(r'name="_xsrf" value="[^"]*"', "", reply.text)
            replies[user] = f"{reply.status} {text.replace(user, '')}"

    known, unknown = statistics.median(took["ann"]), statistics.median(took["nobody-here"])
    assert replies["ann"] == replies["nobody-here"]
    assert replies["ann"].startswith("403")
    assert WRONG in replies["ann"]
    assert abs(known - unknown) < 0.4 * max(known, unknown)


def test_a_hostile_user_name_is_shown_as_text(server):
    reply = server.browser().sign_in('"><script>alert(1)</script>', "x")

    assert "<script>alert" not in reply.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in reply.text


def test_an_expired_login_leads_to_sign_in(tmp_path):
    notebooks, assets = probe_notebooks(tmp_path / "notebooks"), stand_in_assets(tmp_path / "assets")
    with running(tmp_path, notebooks=notebooks, assets=assets, settings={"login_seconds": 1}) as server:
        server.store.add_person("client", "ann", "Ann Canary", zone="UTC", password=PASSWORD)
        browser = server.browser()
        browser.sign_in("ann")
        while not (location := browser.get("/").headers["Location"]).startswith("/sign-in"):
            assert location == "/client"

        reply = browser.get("/client")

    assert reply.headers["Location"] == "/sign-in?next=%2Fclient"


@pytest.mark.parametrize(
    ("user", "path"),
    [("ann", "/clinician"), ("dee", "/client"), ("cor", "/client"), ("cor", "/worksheets/mute")],
)
def test_a_page_for_another_kind_of_person_is_refused_before_a_kernel_starts(server, user, path):
    browser = server.browser()
    browser.sign_in(user)
    before = len(server.kernels())

    reply = browser.get(path)

    assert reply.status == 403
    assert "This page is not yours" in reply.text
    assert len(server.kernels()) <= before


def test_a_role_without_an_app_is_told_so_and_can_sign_out(server):
    browser = server.browser()
    browser.sign_in("cor")

    reply = browser.get("/")

    assert reply.status == 200
    assert "Nothing is here for you yet" in reply.text
    assert browser.post("/sign-out").headers["Location"] == "/sign-in"


@pytest.mark.parametrize(
    "path",
    ["/sign-in", "/sign-out", "/lock", "/voila/api/shutdown/" + "0" * 8 + "-0000" * 3 + "-" + "0" * 12],
)
def test_a_form_without_its_token_is_refused(server, path):
    browser = server.browser()
    browser.sign_in("ann")

    for fields in ({}, {"_xsrf": "made-up"}, {"_xsrf": "2|aaaaaaaa|" + "0" * 32 + "|1"}):
        reply = browser.ask(path, {"user": "bob", "password": PASSWORD, **fields})

        assert reply.status == 403
        assert "Please try once more" in reply.text
    assert browser.get("/").headers["Location"] == "/client"


def test_a_form_from_another_site_is_refused_even_with_a_token(server):
    browser = server.browser()
    browser.sign_in("ann")

    reply = browser.ask("/sign-out", {"_xsrf": browser.cookie("_xsrf")}, Origin="https://evil.example")

    assert reply.status == 404
    assert browser.get("/").headers["Location"] == "/client"


def test_our_own_forms_send_a_null_origin_which_counts_only_from_the_same_site(server):
    browser = server.browser()
    browser.sign_in("ann")
    body = {"_xsrf": browser.cookie("_xsrf")}

    foreign = browser.ask("/sign-out", body, Origin="null", Sec_Fetch_Site="cross-site")
    ours = browser.ask("/sign-out", body, Origin="null", Sec_Fetch_Site="same-origin")

    assert (foreign.status, ours.status) == (404, 303)


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Forwarded_User": "dee", "X_Remote_User": "dee", "Authorization": "token dee"},
        {"X_Forwarded_For": "203.0.113.9", "X_Real_Ip": "203.0.113.9", "X_Forwarded_Proto": "https"},
        {"Cookie": "__Host-iopkit=x; username-127-0-0-1=dee"},
    ],
)
def test_forged_headers_sign_nobody_in(server, headers):
    reply = server.browser().get("/clinician", **headers)

    assert (reply.status, reply.headers["Location"]) == (302, "/sign-in?next=%2Fclinician")


def test_a_forged_address_does_not_get_around_the_limit_of_sign_ins(tmp_path):
    notebooks, assets = probe_notebooks(tmp_path / "notebooks"), stand_in_assets(tmp_path / "assets")
    with running(tmp_path, notebooks=notebooks, assets=assets, settings={"wrong_sign_ins": 3}) as server:
        browser, replies = server.browser(), []
        for n in range(6):
            browser.get("/sign-in")
            body = {"_xsrf": browser.cookie("_xsrf"), "user": "ann", "password": "wrong"}
            replies.append(browser.ask("/sign-in", body, X_Forwarded_For=f"203.0.113.{n}").text)

    assert [WRONG in reply for reply in replies] == [True] * 3 + [False] * 3
    assert ["Too many tries" in reply for reply in replies] == [False] * 3 + [True] * 3


def test_another_host_name_for_this_machine_is_refused(server):
    reply = server.browser().get("/sign-in", Host="evil.example")

    assert reply.status == 403


def test_every_kind_of_reply_carries_the_headers(server):
    browser = server.browser()
    browser.sign_in("ann")
    name = "page-CD34.js"

    replies = {
        path: browser.get(path)
        for path in ("/", "/client", "/clinician", "/x", "/healthz", f"/assets/{name}")
    }

    assert {path: reply.status for path, reply in replies.items()} == {
        "/": 302,
        "/client": 200,
        "/clinician": 403,
        "/x": 404,
        "/healthz": 200,
        f"/assets/{name}": 200,
    }
    for path, reply in replies.items():
        assert reply.headers["Content-Security-Policy"] == POLICY
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Referrer-Policy"] == "no-referrer"
        assert reply.headers["X-Frame-Options"] == "DENY"
        assert reply.headers["Server"] == "iopkit"
        assert ("no-store" in reply.headers["Cache-Control"]) != path.startswith("/assets/")


def test_the_front_end_is_kept_by_the_browser_for_a_year_and_sent_compressed(server):
    reply = server.browser().get("/assets/page-CD34.js", Accept_Encoding="gzip")

    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply.headers["Content-Encoding"] == "gzip"
    assert reply.headers["Content-Type"] == "text/javascript; charset=utf-8"


CLOSED = [
    "/tree",
    "/voila/tree",
    "/voila/tree/apps",
    "/voila/render/apps/client.ipynb",
    "/apps/client.ipynb",
    "/voila/files/apps/client.ipynb",
    "/files/apps/client.ipynb",
    "/voila/static/voila.js",
    "/static/logo.png",
    "/voila/templates/lab/static/voila.js",
    "/voila/labextensions/x",
    "/voila/api/contents",
    "/voila/api/contents/apps",
    "/api/contents",
    "/api/kernels",
    "/api/kernelspecs",
    "/api/sessions",
    "/api/terminals",
    "/api/status",
    "/api/me",
    "/api/events/subscribe",
    "/voila/api/themes/x",
    "/login",
    "/logout",
    "/voila/query/00000000-0000-0000-0000-000000000000",
    "/voila/execution/00000000-0000-0000-0000-000000000000",
    "/api/kernels/00000000-0000-0000-0000-000000000000",
    "/metrics",
    "/assets/",
    "/assets/manifest.json",
    "/assets/..%2fpages.py",
    "/assets/%2e%2e/app.py",
    "/client/",
    "/client/x",
    "/client.ipynb",
    "/favicon.ico",
    "/worksheets",
    "/worksheets/",
    "/worksheets/absent",
    "/worksheets/../apps/client",
    "/couple",
    "/coordinator",
]


@pytest.mark.parametrize("user", [None, "ann", "dee"])
def test_nothing_of_jupyters_other_addresses_exists_for_anybody(server, user):
    browser = server.browser()
    if user:
        browser.sign_in(user)

    found = {path: browser.get(path) for path in CLOSED}

    assert {path: reply.status for path, reply in found.items() if reply.status != 404} == {}
    said = "".join(reply.text for reply in found.values()).replace(f"{(user or '').title()} Canary", "")
    assert "canary" not in said.lower()
    assert "ipynb" not in said


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_other_methods_do_nothing(server, method):
    browser = server.browser()
    browser.sign_in("ann")

    for path in ("/client", "/", "/healthz"):
        reply = browser.ask(
            path, {"_xsrf": browser.cookie("_xsrf")} if method != "HEAD" else None, method=method
        )

        assert reply.status in {204, 404, 405}


def test_a_large_body_is_refused_before_it_is_read(server):
    browser = server.browser()
    browser.get("/sign-in")

    try:
        status = browser.post("/sign-in", user="ann", password="x" * 200_000).status
    except OSError:  # the server hung up while it was being sent
        status = 400

    assert status in {400, 413}


def test_a_room_ignores_what_is_asked_of_voila_in_the_address(server):
    browser = server.browser()
    browser.sign_in("ann")

    reply = browser.get("/client?template=lab&theme=dark&token=x&notebook=../x")

    assert reply.status == 200
    assert "jp-Notebook" not in reply.text
    assert 'id="iopkit-page"' in reply.text


@pytest.mark.parametrize("path", ["/worksheets/broken", "/worksheets/mute", "/worksheets/dying"])
def test_a_notebook_that_makes_no_page_ends_in_friendly_words_without_its_output(server, path):
    browser = server.browser()
    browser.sign_in("ann")

    reply = browser.get(path)

    assert "This page could not be opened" in reply.text
    assert "988" in reply.text
    assert "canary" not in reply.text
    assert "Traceback" not in reply.text


def test_the_log_names_no_person_address_kernel_or_answer(server):
    browser = server.browser()
    browser.sign_in("ann")
    page = browser.page("/client?secret=canary-in-query")
    browser.get("/worksheets/broken")
    browser.get("/canary-in-path")

    log = server.log.read_text()

    assert "GET Page 200" in log
    for secret in ("canary", "Canary", "ann", "/client", page["kernel"], browser.cookie(browser.session)):
        assert secret not in log
