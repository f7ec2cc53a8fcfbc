"""Signing in through OpenID Connect: a real provider on this machine, honest and not."""

import socket
import time
from collections.abc import Iterator

import httpx
import pytest
from openid_provider import CLIENT, OpenIdProvider, openid_provider
from server_process import PASSWORD, Browser, Reply, Running, probe_notebooks, running, stand_in_assets

from iopkit.errors import ServeError
from iopkit.server.openid import Provider, provider_from_environment

slow = pytest.mark.slow
BROKEN = "Signing in through Mercy Hospital did not work"


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIdProvider]:
    with openid_provider() as found:
        yield found


@pytest.fixture(scope="module")
def server(tmp_path_factory, provider) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("provider")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    given = {
        "issuer": provider.address,
        "client_id": CLIENT[0],
        "client_secret": CLIENT[1],
        "address": f"http://127.0.0.1:{port}/",
        "label": "Mercy Hospital",
        "claim": "preferred_username",
    }
    files = {
        "notebooks": probe_notebooks(folder / "notebooks"),
        "assets": stand_in_assets(folder / "assets"),
    }
    settings = {"second_factor": ["clinician"]}
    with running(folder, port=port, provider=given, settings=settings, **files) as server:
        server.store.add_person("client", "ann", "Ann Example", zone="UTC", password=PASSWORD)
        server.store.add_person("clinician", "dee", "Dee Example", zone="UTC", domains=["individual"])
        server.store.link("ann", provider.address, "s-1")
        server.store.link("dee", provider.address, "s-2")
        yield server


@pytest.fixture(autouse=True)
def honest(provider) -> None:
    provider.subject, provider.claims, provider.spoil = "s-1", {}, ""


def back(browser: Browser, address: str) -> Reply:
    """Return what our server says to a browser that comes back from the provider."""
    return browser.get(address.removeprefix(browser.server.address))


def through(browser: Browser, path: str = "/sign-in/provider") -> Reply:
    """Go to the provider and come back, as a browser does."""
    there = browser.get(path).headers["Location"]
    return back(browser, httpx.get(there, trust_env=False).headers["Location"])


@slow
def test_the_sign_in_page_offers_the_provider(server):
    page = server.browser().get("/sign-in?next=/client").text

    assert '<a class="button" href="/sign-in/provider?next=/client">Sign in with Mercy Hospital</a>' in page


@slow
def test_who_is_linked_is_signed_in_with_state_nonce_and_pkce(server, provider):
    browser = server.browser()

    reply = through(browser, "/sign-in/provider?next=/client")

    assert (reply.status, 'content="0; url=/client"' in reply.text) == (200, True)
    assert browser.get("/").headers["Location"] == "/client"
    assert provider.seen[-1] == (
        "client_id code_challenge code_challenge_method nonce redirect_uri response_type scope state"
    )


@slow
def test_nobody_is_added(server, provider):
    provider.subject = "s-unknown"
    before = server.store.people()

    reply = through(server.browser())

    assert (reply.status, "not linked to anybody here" in reply.text) == (403, True)
    assert server.store.people() == before


@slow
def test_a_trusted_user_name_links_an_account_once(server, provider):
    server.store.add_person("client", "eli", "Eli Example", zone="UTC")
    provider.subject, provider.claims = "s-eli", {"preferred_username": "eli"}
    first = server.browser()
    through(first)

    provider.claims = {"preferred_username": "ann"}
    second = server.browser()
    through(second)

    assert first.get("/").headers["Location"] == "/client"
    eli = server.store.person("eli")
    assert len(server.store.open_logins(eli.id)) == 2


@slow
def test_staff_show_a_second_factor_here_unless_the_provider_asked_for_one(server, provider):
    provider.subject = "s-2"
    plain, proved = server.browser(), server.browser()

    asked = through(plain)
    provider.claims = {"amr": ["pwd", "mfa"]}
    through(proved)

    assert 'content="0; url=/sign-in/pairing"' in asked.text
    assert plain.get("/clinician").headers["Location"].startswith("/sign-in")
    assert proved.get("/").headers["Location"] == "/clinician"


@slow
@pytest.mark.parametrize(
    ("spoil", "claims"),
    [
        ("another key", {}),
        ("shared secret", {}),
        ("no signature", {}),
        ("", {"nonce": "of another sign-in"}),
        ("", {"iss": "https://evil.example"}),
        ("", {"aud": "another clinic"}),
        ("", {"aud": ["clinic", "another clinic"], "azp": "another clinic"}),
        ("", {"exp": int(time.time()) - 3600}),
        ("", {"sub": ""}),
    ],
)
def test_a_token_that_proves_nothing_signs_nobody_in(server, provider, spoil, claims):
    provider.spoil, provider.claims = spoil, claims
    browser = server.browser()

    reply = through(browser)

    assert (reply.status, BROKEN in reply.text) == (403, True)
    assert browser.get("/").headers["Location"].startswith("/sign-in")


@slow
def test_a_provider_that_calls_itself_otherwise_is_not_asked(server, provider):
    provider.claims = {"aud": "another clinic"}
    through(server.browser())  # makes ours ask for the provider's addresses again
    provider.spoil = "another issuer"

    reply = server.browser().get("/sign-in/provider")

    assert (reply.status, BROKEN in reply.text) == (403, True)


@slow
def test_an_answer_works_once_and_in_the_browser_that_asked_only(server, provider):
    victim, attacker = server.browser(), server.browser()
    there = attacker.get("/sign-in/provider").headers["Location"]
    answer = httpx.get(there, trust_env=False).headers["Location"]
    victim.get("/sign-in/provider")

    forced = back(victim, answer)
    late = back(attacker, answer)

    assert (forced.status, late.status) == (403, 403)
    assert victim.get("/").headers["Location"].startswith("/sign-in")
    again = server.browser()
    there = again.get("/sign-in/provider").headers["Location"]
    answer = httpx.get(there, trust_env=False).headers["Location"]
    assert back(again, answer).status == 200
    assert back(again, answer).status == 403


@slow
@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=access_denied"])
def test_an_answer_nobody_asked_for_is_refused(server, query):
    reply = server.browser().get(f"/sign-in/provider/back{query}")

    assert (reply.status, BROKEN in reply.text) == (403, True)


@slow
def test_the_cookie_of_the_way_there_comes_back_and_no_other_leaves(server):
    reply = server.browser().get("/sign-in/provider")

    cookies = reply.headers.get_all("Set-Cookie")
    assert len(cookies) == 1
    assert "-state=" in cookies[0]
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]


@slow
def test_neither_codes_nor_tokens_nor_subjects_are_logged(server, provider):
    through(server.browser())

    log = server.log.read_text()

    assert "s-1" not in log
    assert "code=" not in log
    assert "eyJ" not in log
    assert CLIENT[1] not in log


@slow
def test_without_a_provider_there_is_no_way_to_one(tmp_path):
    files = {"notebooks": probe_notebooks(tmp_path / "n"), "assets": stand_in_assets(tmp_path / "a")}
    with running(tmp_path, **files) as plain:
        browser = plain.browser()

        assert "Sign in with" not in browser.get("/sign-in").text
        assert browser.get("/sign-in/provider").status == 404
        assert browser.get("/sign-in/provider/back?code=x&state=y").status == 404


def test_the_settings_make_a_provider():
    found = provider_from_environment(
        {
            "IOPKIT_OIDC_ISSUER": "https://id.example",
            "IOPKIT_OIDC_CLIENT_ID": "clinic",
            "IOPKIT_OIDC_CLIENT_SECRET": "canary",
            "IOPKIT_OIDC_NAME": "Mercy Hospital",
        }
    )

    assert (found.issuer, found.client_id, found.label, found.claim) == (
        "https://id.example",
        "clinic",
        "Mercy Hospital",
        "",
    )
    assert "canary" not in repr(found)
    assert provider_from_environment({}) is None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"issuer": "https://id.example"}, "OpenID Connect needs all three"),
        ({"issuer": "http://id.example", "client_id": "c", "client_secret": "s"}, "must be an https address"),
        ({"issuer": "ftp://id.example", "client_id": "c", "client_secret": "s"}, "must be an https address"),
    ],
)
def test_half_a_provider_is_a_sentence(given, why):
    with pytest.raises(ServeError, match=why):
        Provider(**{"client_id": "", "client_secret": "", "address": "", **given})
