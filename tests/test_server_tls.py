"""Behind TLS: cookies that belong to this host alone, a demand to stay there, no listening without it."""

import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from server_process import PASSWORD, Running, probe_notebooks, running, stand_in_assets

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
MAKE = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
MAKE += ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "c.pem", folder / "k.pem"
    subprocess.run(
        ["openssl", *MAKE, "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    files = {
        "notebooks": probe_notebooks(folder / "notebooks"),
        "assets": stand_in_assets(folder / "assets"),
    }
    with running(folder, certificate=certificate, private_key=key, **files) as server:
        server.store.add_person("client", "ann", "Ann Example", zone="UTC", password=PASSWORD)
        yield server


@pytest.fixture
def client(server) -> Iterator[httpx.Client]:
    trusted = ssl.create_default_context(cafile=server.store.key_file.parent / "c.pem")
    plain = {"Accept-Encoding": "identity"}
    with httpx.Client(base_url=server.address, verify=trusted, trust_env=False, headers=plain) as client:
        yield client


def test_every_cookie_is_secure_and_that_of_the_login_belongs_to_this_host_alone(client):
    xsrf = client.get("/sign-in")
    token = client.cookies["_xsrf"]

    reply = client.post("/sign-in", data={"_xsrf": token, "user": "ann", "password": PASSWORD})

    (login,) = reply.headers.get_list("set-cookie")
    assert login.startswith("__Host-iopkit=")
    assert {part.strip() for part in login.split(";")[1:]} == {
        "HttpOnly",
        "Path=/",
        "SameSite=Strict",
        "Secure",
    }
    (other,) = xsrf.headers.get_list("set-cookie")
    assert {"Secure", "SameSite=Strict"} <= {part.strip() for part in other.split(";")}
    assert client.get("/").headers["Location"] == "/client"


@pytest.mark.parametrize("path", ["/sign-in", "/", "/x", "/healthz", "/assets/page-CD34.js", "/invitation"])
def test_every_reply_demands_to_stay_on_tls(client, path):
    reply = client.get(path)

    assert reply.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_browser_without_tls_gets_nothing(server):
    with pytest.raises(httpx.HTTPError):
        httpx.get(server.address.replace("https", "http") + "sign-in", trust_env=False)


def test_listening_beyond_this_machine_without_tls_ends_the_command(tmp_path):
    place = {"IOPKIT_DATABASE_URL": str(tmp_path / "a.db"), "IOPKIT_KEY_FILE": str(tmp_path / "a.key")}

    done = subprocess.run(
        [sys.executable, "-m", "iopkit", "serve", "--host", "0.0.0.0", "--port", "0"],
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), **place},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Without encryption iopkit listens on this machine only, and 0.0.0.0 is not it. "
        "Give --certificate and --private-key, or --behind-proxy when a proxy does TLS.\n"
    )
    assert not (tmp_path / "a.db").exists()
