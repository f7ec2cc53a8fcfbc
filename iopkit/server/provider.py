"""The way to a provider of OpenID Connect and back: what is under way is bound to the browser."""

import hmac
import time

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from iopkit.errors import SignInError
from iopkit.server.openid import Attempt, Conversation, broken
from iopkit.server.pages import Words
from iopkit.server.sign_in import StepForm
from iopkit.words import said, sentence

_SECONDS = 600
_MOST = 1000
"""So many sign-ins may be under way at once; the oldest makes room."""


class Underway:
    """The sign-ins that are at the provider now, each taken back once."""

    def __init__(self) -> None:
        self._attempts: dict[str, Attempt] = {}

    def add(self, attempt: Attempt) -> None:
        """Keep an attempt for ten minutes."""
        now = time.monotonic()
        kept = [one for one in self._attempts.values() if now - one.begun < _SECONDS][-_MOST + 1 :]
        self._attempts = {one.state: one for one in [*kept, attempt]}

    def take(self, state: str) -> Attempt | None:
        """Return the attempt of a state, once, unless it is too old."""
        attempt = self._attempts.pop(state, None)
        fresh = attempt is not None and time.monotonic() - attempt.begun < _SECONDS
        return attempt if fresh else None


class ProviderForm(StepForm):
    """What both ways share."""

    @property
    def conversation(self) -> Conversation:
        """The conversation with the provider; 404 where no provider is set."""
        found = self.server.conversation
        if not isinstance(found, Conversation):
            raise HTTPError(404)
        return found

    @property
    def state_cookie(self) -> str:
        """The cookie that binds a sign-in under way to this browser. It must come back from another site."""
        return f"{self.server.options.cookie}-state"

    def sorry(self, text: str) -> None:
        """Say that it did not work, and the way on."""
        title, way = sentence("You are not signed in"), sentence("Back to sign-in")
        self.say(Words(title, text, way=way, to="/sign-in"), 403)


class ProviderStart(ProviderForm):
    """Sends the browser to the provider."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Remember what is under way, and go there."""
        attempt = Attempt(next=self.next_room)
        try:
            where = await self.conversation.address_for(attempt)
        except SignInError as error:
            self.sorry(said(error, self.language))
            return
        self.server.underway.add(attempt)
        settings = self.server.options.cookie_settings | {"samesite": "Lax"}
        self.set_cookie(self.state_cookie, attempt.state, max_age=_SECONDS, **settings)
        self.redirect(where)


class ProviderBack(ProviderForm):
    """Takes the browser back from the provider."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Sign in whom the provider names, when it is this browser's own sign-in that came back."""
        conversation = self.conversation
        state = self.get_query_argument("state", "")
        own = self.get_cookie(self.state_cookie) or ""
        self.clear_cookie(self.state_cookie, **(self.server.options.cookie_settings | {"samesite": "Lax"}))
        attempt = self.server.underway.take(state)
        try:
            if attempt is None or not hmac.compare_digest(own.encode(), state.encode()):
                raise SignInError(broken(conversation.provider.label))
            await self._sign_in(conversation, attempt)
        except SignInError as error:
            self.sorry(said(error, self.language))

    async def _sign_in(self, conversation: Conversation, attempt: Attempt) -> None:
        account = await conversation.account(attempt, self.get_query_argument("code", ""))
        issuer, device = conversation.provider.issuer, self.device
        begun = await self.server.in_store(
            lambda store: store.sign_in_as(
                issuer, account.subject, user=account.user, device=device, proved=account.proved
            )
        )
        # the browser comes from another site: it shows our cookies only to pages it is sent to from here
        options = self.server.options
        if begun.needs:
            self.set_cookie(options.step_cookie, begun.token, **options.cookie_settings)
        else:
            await self.enter(begun.token)
        back = f"?next={attempt.next}" if attempt.next != "/" else ""
        self.show("on", to=self.place_of(begun.needs) + back if begun.needs else attempt.next)
