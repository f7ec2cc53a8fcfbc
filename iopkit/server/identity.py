"""Who sits at a browser: a login of the store behind an opaque cookie. No header or address is believed."""

from dataclasses import dataclass, field
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import RequestHandler
from traitlets import Unicode

from iopkit.errors import SignInError


@dataclass
class SignedIn(User):
    """One login of one person. ``username`` is the person's id, never a name; ``token`` is the cookie.

    ``user`` and ``name_shown`` are for the person's own pages only.
    """

    login_id: str = ""
    kind: str = ""
    language: str = "en"
    joint: bool = False
    """Whether a PIN opened it on a device that two partners share: only the room of both is open to it."""
    user: str = field(default="", repr=False)
    name_shown: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


class LoginIdentity(IdentityProvider):
    """Finds the login behind the session cookie, and nobody where there is none."""

    token = Unicode("", help="No token signs anybody in.")

    @property
    def server(self) -> Any:
        """The server application."""
        return self.parent

    async def get_user(self, handler: RequestHandler) -> SignedIn | None:
        """Return who is signed in at this browser, or None."""
        token = handler.get_cookie(self.server.options.cookie)
        if not token:
            return None
        try:
            login = await self.server.in_store(lambda store: store.login(token))
        except SignInError:
            return None
        person = login.person
        found = SignedIn(username=person.id, login_id=login.id, kind=person.kind, token=token)
        found.joint = login.joint
        found.user, found.name_shown, found.language = person.user, person.name, person.language
        return found

    def get_handlers(self) -> list[tuple[str, Any]]:
        """Return no addresses: ours are in ``handlers``."""
        return []
