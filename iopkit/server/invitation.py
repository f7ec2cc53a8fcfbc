"""The page behind an invitation: whoever holds the link sets their own password.

The link carries its token in the fragment, which browsers send to nobody: no log, no preview, no proxy
sees it. The page's script moves it into the form; without scripts it is copied by hand.
"""

from jupyter_server.auth.decorator import allow_unauthenticated

from iopkit.errors import SignInError
from iopkit.server.forms import Form
from iopkit.words import said, sentence


class InvitationPage(Form):
    """Takes an invitation, then a password."""

    @allow_unauthenticated
    def get(self) -> None:
        """Show the form that the link fills in."""
        self._ask()

    @allow_unauthenticated
    async def post(self) -> None:
        """Ask for a password where the link holds; set it when one came."""
        token = self.text("token", 200).strip()
        try:
            person = await self.server.in_store(lambda store: store.invited(token))
        except SignInError as error:
            self.set_status(403)
            self._ask(problem=said(error, self.language))
            return
        password, again = self.text("password"), self.text("again")
        if not password:
            self._ask_password(token, person.user)
            return
        try:
            if password != again:
                raise SignInError(sentence("The two passwords are not the same. Type both once more."))
            await self.server.in_store(lambda store: store.accept(token, password))
        except SignInError as error:
            self.set_status(403)
            self._ask_password(token, person.user, problem=said(error, self.language))
            return
        await self.server.end_login(self.login)
        self.drop_cookies()
        self.redirect("/sign-in?changed=1", status=303)

    def _ask(self, *, problem: str = "") -> None:
        self.show("invitation", problem=problem)

    def _ask_password(self, token: str, user: str, *, problem: str = "") -> None:
        self.show("new-password", token=token, user=user, problem=problem)
