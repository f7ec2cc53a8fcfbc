"""What an operator decides about a server; the checks that make a bad decision a sentence."""

import errno
import ipaddress
import socket
import ssl
from dataclasses import dataclass, field
from pathlib import Path

from iopkit.errors import ServeError
from iopkit.server.openid import Provider

_BUILT = Path(__file__).resolve().parents[1] / "widgets" / "static"


@dataclass(frozen=True)
class Newcomer:
    """An invented person, named on the sign-in page of a demo and nowhere else: user name and who it is."""

    user: str
    who: str


@dataclass(frozen=True)
class Options:
    """How to serve one store. ``database`` and ``key_file`` are where kernels find it."""

    database: str
    key_file: str
    notebooks: Path
    host: str = "127.0.0.1"
    port: int = 8866
    certificate: Path | None = None
    private_key: Path | None = None
    behind_proxy: bool = False
    metrics_port: int | None = None
    """Where this machine may read metrics; None opens no such door."""
    demo: tuple[Newcomer, ...] = ()
    demo_password: str = field(default="", repr=False)
    nobody_yet: bool = False
    """True when the store is empty: the sign-in page then says how to add the first person."""
    provider: Provider | None = None
    """Whoever else may say who somebody is."""
    assets: Path = _BUILT
    kernels_each: int = 4
    """How many pages one login may have open."""
    spare_kernels: int = 1
    """How many kernels wait for whoever opens a page next; they hold nobody's data."""
    kernels_overall: int = 64
    pages_a_minute: int = 40
    """How many pages one login may load in a minute: each load starts a process."""
    unclaimed_seconds: float = 60.0
    """A kernel whose page no browser ever came back for is ended after this long."""
    cull_seconds: int = 300
    """A kernel whose page lost its connection is ended after this long without a word."""
    page_seconds: float = 60.0
    """A page that is not made after this long says so."""

    def __post_init__(self) -> None:
        if (self.certificate is None) != (self.private_key is None):
            raise ServeError("TLS needs both files: give --certificate and --private-key together.")
        if self.certificate is not None and self.behind_proxy:
            raise ServeError("Choose one: --certificate with --private-key, or --behind-proxy.")
        if not self.secure and not _is_loopback(self.host):
            raise ServeError(
                f"Without encryption iopkit listens on this machine only, and {self.host} is not it. "
                "Give --certificate and --private-key, or --behind-proxy when a proxy does TLS."
            )

    @property
    def secure(self) -> bool:
        """True when browsers reach this server over TLS, ours or a proxy's."""
        return self.certificate is not None or self.behind_proxy

    @property
    def cookie(self) -> str:
        """The name of the session cookie: bound to the host under TLS, to the port on one machine."""
        return "__Host-iopkit" if self.secure else f"iopkit-{self.port}"

    @property
    def step_cookie(self) -> str:
        """The name of the cookie of a sign-in that waits for its second factor."""
        return f"{self.cookie}-step"

    @property
    def device_cookie(self) -> str:
        """The name of the cookie of a device that two partners share."""
        return f"{self.cookie}-shared"

    @property
    def cookie_settings(self) -> dict[str, object]:
        """The attributes of the session cookie."""
        return {"httponly": True, "samesite": "Strict", "secure": self.secure, "path": "/"}

    @property
    def local(self) -> bool:
        """True when only this machine can reach the server, so that other host names are somebody's trick."""
        return _is_loopback(self.host) and not self.behind_proxy

    @property
    def address(self) -> str:
        """Where browsers on this machine find the server."""
        scheme = "https" if self.certificate else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}/"

    def tls(self) -> ssl.SSLContext | None:
        """Return the TLS context, or None where a proxy or nobody does TLS."""
        if self.certificate is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(self.certificate, self.private_key)
        except (OSError, ssl.SSLError):
            raise ServeError(
                f"The certificate {self.certificate} cannot be used with the key {self.private_key}: "
                "check that both files exist, may be read and belong together."
            ) from None
        return context

    def bind(self) -> list[socket.socket]:
        """Return the sockets to listen on, or raise ServeError when the port cannot be had."""
        return [_listening(self.host, self.port, "--port")]

    def bind_metrics(self) -> list[socket.socket]:
        """Return the socket on which this machine may read metrics: none, unless it was asked for."""
        if self.metrics_port is None:
            return []
        return [_listening("127.0.0.1", self.metrics_port, "--metrics-port")]


def _listening(host: str, port: int, option: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        raise ServeError(_why_not(error, host, port, option)) from None
    listening.setblocking(False)
    return listening


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _why_not(error: OSError, host: str, port: int, option: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: stop it, or choose another one with {option}."
    if error.errno == errno.EACCES:
        return f"Port {port} may only be used by the administrator: choose one above 1023 with {option}."
    return f"The address {host} with port {port} cannot be listened on: choose another --host or {option}."
