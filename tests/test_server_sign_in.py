"""The pages of signing in, asked for over HTTP: second factor, invitation, one's own sign-in, limits."""

import re
import time
from collections.abc import Iterator

import pyotp
import pytest
from server_process import PASSWORD, Browser, Running, probe_notebooks, running, stand_in_assets

pytestmark = pytest.mark.slow

STAFF = ["clinician", "coordinator", "supervisor"]
WORDS = "seven quiet rivers run"
UA = "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("sign-in")
    notebooks, assets = probe_notebooks(folder / "notebooks"), stand_in_assets(folder / "assets")
    settings = {"wrong_sign_ins": 1000, "second_factor": STAFF}
    with running(folder, notebooks=notebooks, assets=assets, settings=settings) as server:
        yield server


@pytest.fixture
def user(server, request) -> str:
    """Add a client of this test's own."""
    name = f"client-{abs(hash(request.node.name)) % 10**9}"
    server.store.add_person("client", name, "Ann Example", zone="UTC", password=PASSWORD)
    return name


@pytest.fixture
def therapist(server, request) -> str:
    """Add a clinician of this test's own."""
    name = f"clinician-{abs(hash(request.node.name)) % 10**9}"
    server.store.add_person(
        "clinician", name, "Dee Example", zone="UTC", password=PASSWORD, domains=["individual"]
    )
    return name


def key_in(text: str) -> str:
    return re.search(r'<code class="key">([A-Z2-7 ]+)</code>', text)[1].replace(" ", "")


def codes_in(text: str) -> list[str]:
    return re.findall(r"<li><code>([a-z0-9-]{14})</code></li>", text)


def fresh_code(secret: str, used: set[str]) -> str:
    """Return a code that was not used yet: the one of the next half minute when this one was."""
    app, now = pyotp.TOTP(secret), int(time.time())
    code = next(code for code in (app.at(now), app.at(now + 30)) if code not in used)
    used.add(code)
    return code


def test_a_clinician_sets_up_a_second_factor_at_the_first_sign_in(server, therapist):
    browser, used = server.browser(), set()
    reply = browser.sign_in(therapist, next="/clinician")
    assert (reply.status, reply.headers["Location"]) == (303, "/sign-in/pairing?next=/clinician")
    page = browser.get("/sign-in/pairing?next=/clinician")
    secret = key_in(page.text)
    assert "<svg" in page.text
    assert browser.get("/clinician").headers["Location"].startswith("/sign-in")

    wrong = browser.post("/sign-in/pairing", code="000000", next="/clinician")
    done = browser.post("/sign-in/pairing", code=fresh_code(secret, used), next="/clinician")

    assert (wrong.status, "That code does not fit" in wrong.text) == (403, True)
    assert key_in(wrong.text) == secret
    assert len(codes_in(done.text)) == 10
    assert 'href="/clinician"' in done.text
    assert browser.get("/").headers["Location"] == "/clinician"


def test_the_next_sign_in_asks_for_a_code_and_a_recovery_code_will_do(server, therapist):
    first, used = server.browser(), set()
    first.sign_in(therapist)
    secret = key_in(first.get("/sign-in/pairing").text)
    codes = codes_in(first.post("/sign-in/pairing", code=fresh_code(secret, used)).text)

    second, third = server.browser(), server.browser()
    assert second.sign_in(therapist, next="/clinician").headers["Location"] == "/sign-in/code?next=/clinician"
    assert second.get("/sign-in/pairing").headers["Location"] == "/sign-in/code"
    wrong = second.post("/sign-in/code", code="000000", next="/clinician")
    right = second.post("/sign-in/code", code=fresh_code(secret, used), next="/clinician")
    third.sign_in(therapist)
    recovered = third.post("/sign-in/code", code=codes[0])

    assert (wrong.status, right.status, right.headers["Location"]) == (403, 303, "/clinician")
    assert (recovered.status, recovered.headers["Location"]) == (303, "/")
    assert third.get("/").headers["Location"] == "/clinician"


def test_the_cookie_of_a_step_is_no_login_and_ends_with_not_me(server, therapist):
    browser = server.browser()
    browser.sign_in(therapist)
    name = browser.session
    assert name.endswith("-step")
    as_login = name.removesuffix("-step")

    stolen = server.browser().get("/clinician", Cookie=f"{as_login}={browser.cookie(name)}")
    left = browser.post("/sign-out")

    assert stolen.headers["Location"].startswith("/sign-in")
    assert left.headers["Location"] == "/sign-in"
    assert browser.get("/sign-in/pairing").headers["Location"] == "/sign-in?late=1"


@pytest.mark.parametrize("path", ["/sign-in/code", "/sign-in/pairing"])
def test_without_a_password_first_there_is_no_step(server, path):
    browser = server.browser()
    browser.get("/sign-in")

    assert browser.get(path).headers["Location"] == "/sign-in?late=1"
    assert browser.post(path, code="123456").headers["Location"] == "/sign-in?late=1"
    assert "left open for too long" in browser.get("/sign-in?late=1").text


def test_an_invitation_sets_a_password_once(server):
    server.store.add_person("client", "nia", "Nia Example", zone="UTC")
    token = server.store.invite("nia").token
    browser = server.browser()
    assert browser.get("/invitation").status == 200

    asked = browser.post("/invitation", token=token)
    unlike = browser.post("/invitation", token=token, password=WORDS, again=WORDS + "x")
    weak = browser.post("/invitation", token=token, password="short", again="short")
    done = browser.post("/invitation", token=token, password=WORDS, again=WORDS)
    again = browser.post("/invitation", token=token)

    assert "Your user name is <strong>nia</strong>" in asked.text
    assert (unlike.status, "are not the same" in unlike.text) == (403, True)
    assert (weak.status, "at least 12 characters" in weak.text) == (403, True)
    assert (done.status, done.headers["Location"]) == (303, "/sign-in?changed=1")
    assert (again.status, "This link was used already" in again.text) == (403, True)
    assert "Your new password is set" in browser.get("/sign-in?changed=1").text
    assert browser.sign_in("nia", WORDS).headers["Location"] == "/"


def test_the_token_of_an_invitation_reaches_no_log_and_no_title(server):
    server.store.add_person("client", "lou", "Lou Example", zone="UTC")
    token = server.store.invite("lou").token
    browser = server.browser()
    browser.get("/invitation")

    page = browser.post("/invitation", token=token)

    assert token not in server.log.read_text()
    assert "lou" not in re.search("<title>(.*)</title>", page.text)[1]


def sign_in_at(server: Running, user: str, agent: str = UA) -> Browser:
    browser = server.browser()
    browser.get("/sign-in")
    body = {"_xsrf": browser.cookie("_xsrf"), "user": user, "password": PASSWORD}
    assert browser.ask("/sign-in", body, User_Agent=agent).status == 303
    return browser


def test_one_sees_where_one_is_signed_in_and_ends_one_or_all_others(server, user):
    here = sign_in_at(server, user)
    phone = sign_in_at(server, user, "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) Version/18.5 Safari/604.1")
    others = [sign_in_at(server, user) for _ in range(2)]

    page = here.get("/your-sign-in").text
    login = re.search(r'name="login" value="(\w+)">\s*<button[^>]*Safari on an iPhone', page)[1]
    one = here.post("/your-sign-in", do="end", login=login)
    left_of_phone = phone.get("/").headers["Location"]
    all_ = here.post("/your-sign-in", do="end-others")

    assert 'Firefox on Linux</strong> <span class="tag">this one</span>' in page
    assert page.count("Sign out there</button>") == 3
    assert "That sign-in has ended" in one.text
    assert left_of_phone.startswith("/sign-in")
    assert "signed in here and nowhere else" in all_.text
    assert [other.get("/").headers["Location"] for other in others] == ["/sign-in?next=%2F"] * 2
    assert here.get("/").headers["Location"] == "/client"


def test_nobody_ends_the_login_of_somebody_else_or_does_what_there_is_not(server, user):
    mine = sign_in_at(server, user)
    other = server.store.open_logins(server.store.person(user).id)[0].id
    stranger_name = f"{user}-2"
    server.store.add_person("client", stranger_name, "Bob Example", zone="UTC", password=PASSWORD)
    stranger = sign_in_at(server, stranger_name)

    refused = stranger.post("/your-sign-in", do="end", login=other)

    assert (refused.status, "That sign-in has ended already" in refused.text) == (403, True)
    assert mine.get("/").headers["Location"] == "/client"
    assert mine.post("/your-sign-in", do="everything").status == 404
    assert server.browser().get("/your-sign-in").headers["Location"] == "/sign-in?next=%2Fyour-sign-in"


def test_another_password_ends_every_login(server, user):
    here, there = sign_in_at(server, user), sign_in_at(server, user)

    wrong = here.post("/your-sign-in", do="password", old="wrong", password=WORDS, again=WORDS)
    done = here.post("/your-sign-in", do="password", old=PASSWORD, password=WORDS, again=WORDS)

    assert (wrong.status, "That is not your password" in wrong.text) == (403, True)
    assert done.headers["Location"] == "/sign-in?changed=1"
    assert there.get("/").headers["Location"].startswith("/sign-in")
    assert here.get("/").headers["Location"].startswith("/sign-in")
    assert server.browser().sign_in(user, WORDS).status == 303


def test_a_client_sets_up_a_second_factor_and_does_without_it_again(server, user):
    browser, used = sign_in_at(server, user), set()
    assert browser.post("/your-sign-in", do="confirm", code="000000").status == 403

    begun = browser.post("/your-sign-in", do="pairing", old=PASSWORD)
    secret = key_in(begun.text)
    wrong = browser.post("/your-sign-in", do="confirm", code="000000")
    codes = codes_in(browser.post("/your-sign-in", do="confirm", code=fresh_code(secret, used)).text)
    newer = codes_in(browser.post("/your-sign-in", do="recovery-codes", code=codes[0]).text)
    gone = browser.post("/your-sign-in", do="drop", code=newer[0])

    assert key_in(wrong.text) == secret
    assert (len(codes), len(newer), set(codes) & set(newer)) == (10, 10, set())
    assert "with your password alone" in gone.text
    assert server.browser().sign_in(user).headers["Location"] == "/"


def test_a_clinician_cannot_do_without_it(server, therapist):
    browser, used = server.browser(), set()
    browser.sign_in(therapist)
    secret = key_in(browser.get("/sign-in/pairing").text)
    codes = codes_in(browser.post("/sign-in/pairing", code=fresh_code(secret, used)).text)

    page = browser.get("/your-sign-in").text
    refused = browser.post("/your-sign-in", do="drop", code=codes[0])

    assert "Do without it" not in page
    assert "In your role a second factor is needed" in refused.text


@pytest.mark.parametrize(
    "path", ["/sign-in/code", "/sign-in/pairing", "/invitation", "/your-sign-in", "/sign-out", "/sign-in"]
)
def test_no_form_is_taken_without_its_token(server, path):
    browser = server.browser()
    browser.get("/sign-in")

    reply = browser.ask(path, {"do": "end-others", "code": "1", "token": "x"})

    assert reply.status == 403
    assert "Please try once more" in reply.text


@pytest.mark.parametrize("path", ["/sign-in", "/invitation", "/your-sign-in", "/sign-in/provider", "/x", "/"])
def test_nothing_but_built_files_is_kept_by_a_browser(server, user, path):
    reply = sign_in_at(server, user).get(path)

    assert reply.headers["Cache-Control"] == "no-store"


def test_two_hundred_wrong_sign_ins_are_held_to_the_limit_and_lock_nobody_out(tmp_path):
    """The stranger comes through a proxy of this machine, the right person from another address."""
    notebooks, assets = probe_notebooks(tmp_path / "notebooks"), stand_in_assets(tmp_path / "assets")
    given = {"notebooks": notebooks, "assets": assets, "behind_proxy": True}
    with running(tmp_path, settings={"wrong_sign_ins": 5, "wrong_seconds": 900}, **given) as server:
        server.store.add_person("client", "ann", "Ann Example", zone="UTC", password=PASSWORD)
        stranger = server.browser()
        xsrf = stranger.get("/sign-in", X_Forwarded_Proto="https").headers["Set-Cookie"]
        token = re.search("_xsrf=([^;]+)", xsrf)[1]
        body = {"_xsrf": token, "user": "ann"}
        cookie = {"Cookie": f"_xsrf={token}", "X_Forwarded_Proto": "https"}

        said = [
            stranger.ask(
                "/sign-in", {**body, "password": f"guess {n}"}, X_Forwarded_For="203.0.113.9", **cookie
            )
            for n in range(200)
        ]
        home = stranger.ask(
            "/sign-in", {**body, "password": PASSWORD}, X_Forwarded_For="198.51.100.7", **cookie
        )

    assert ["do not go together" in reply.text for reply in said] == [True] * 5 + [False] * 195
    assert all("Too many tries. Wait 15 minutes" in reply.text for reply in said[5:])
    assert home.status == 303
    assert "__Host-iopkit=" in home.headers["Set-Cookie"]
