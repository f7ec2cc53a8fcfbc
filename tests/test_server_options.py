"""What an operator may ask of the server, and the sentences for what they may not."""

import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from iopkit.errors import ServeError
from iopkit.server.options import Options

_OPENSSL = [
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "1",
    "-subj",
    "/CN=x",
]


def options(**chosen) -> Options:
    return Options(database="sqlite:///x", key_file="k", notebooks=Path("notebooks"), **chosen)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "localhost", "::1"])
def test_without_encryption_this_machine_alone_is_served(host):
    assert not options(host=host).secure


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "clinic.example"])
def test_listening_beyond_this_machine_without_encryption_is_refused(host):
    with pytest.raises(ServeError) as caught:
        options(host=host)

    assert str(caught.value) == (
        f"Without encryption iopkit listens on this machine only, and {host} is not it. "
        "Give --certificate and --private-key, or --behind-proxy when a proxy does TLS."
    )


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"certificate": Path("c")}, "TLS needs both files: give --certificate and --private-key together."),
        ({"private_key": Path("k")}, "TLS needs both files: give --certificate and --private-key together."),
        (
            {"certificate": Path("c"), "private_key": Path("k"), "behind_proxy": True},
            "Choose one: --certificate with --private-key, or --behind-proxy.",
        ),
    ],
)
def test_half_a_decision_about_encryption_is_refused(chosen, sentence):
    with pytest.raises(ServeError) as caught:
        options(**chosen)

    assert str(caught.value) == sentence


def test_the_cookie_is_bound_to_the_host_under_tls_and_to_the_port_on_one_machine():
    assert options(port=9000).cookie == "iopkit-9000"
    assert options(port=9000).cookie_settings == {
        "httponly": True,
        "samesite": "Strict",
        "secure": False,
        "path": "/",
    }
    assert options(behind_proxy=True, host="0.0.0.0").cookie == "__Host-iopkit"
    assert options(behind_proxy=True).cookie_settings["secure"] is True


def test_the_printed_address_is_one_a_browser_understands():
    assert options().address == "http://127.0.0.1:8866/"
    assert options(host="::1", port=80).address == "http://[::1]:80/"


def test_a_taken_port_is_a_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(ServeError) as caught:
            options(port=port).bind()

    assert str(caught.value) == (
        f"Port {port} is taken by another program: stop it, or choose another one with --port."
    )


def test_port_zero_finds_a_free_one():
    sockets = options(port=0).bind()

    port = sockets[0].getsockname()[1]
    for listening in sockets:
        listening.close()

    assert port > 0


def test_a_certificate_that_cannot_be_read_is_a_sentence(tmp_path):
    missing = options(certificate=tmp_path / "c.pem", private_key=tmp_path / "k.pem")

    with pytest.raises(ServeError, match="check that both files exist, may be read and belong together"):
        missing.tls()


def test_a_certificate_with_its_key_gives_tls_of_a_current_version(tmp_path):
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*_OPENSSL, *files], check=True, capture_output=True)

    context = options(certificate=certificate, private_key=key, host="0.0.0.0").tls()

    assert context is not None
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
