"""A kernel belongs to the login that started it."""

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import User
from jupyter_server.base.handlers import JupyterHandler

from iopkit.server.identity import SignedIn


class OwnerOnly(Authorizer):
    """Lets the owner of a kernel speak to it, and refuses everybody and everything else."""

    def is_authorized(self, handler: JupyterHandler, user: User, action: str, resource: str) -> bool:
        """Return True for the owner's websocket to their own kernel."""
        if resource != "kernels" or not isinstance(user, SignedIn):
            return False
        kernels = handler.settings["kernel_manager"]
        return bool(kernels.owned_by(handler.path_kwargs.get("kernel_id", ""), user.login_id))
