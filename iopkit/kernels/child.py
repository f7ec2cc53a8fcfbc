"""A kernel in a fork that has everything imported: takes its orders, binds its ports, says so and runs."""

import os
import socket
import sys
from typing import Any

import zmq
from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core import shellapp
from tornado.ioloop import IOLoop
from traitlets.config import Config

from iopkit.kernels import bare, fresh, wire
from iopkit.kernels.bare import NoProfile
from iopkit.kernels.shell import FewModules, ReadyShell, annotate

_NO_HISTORY = "--HistoryManager.enabled=False"  # else one person's input is in another's history


class ForkedKernelApp(IPKernelApp):
    """The kernel's own program; tells its owner as soon as somebody may connect."""

    line: socket.socket | None = None
    parsed: list[str] | None = None
    ready: ReadyShell | None = None
    bare: str = ""
    """The place of the profile of a kernel that looks for nothing there; "" for any other kernel."""

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """Take over the arguments, unless they are those that were parsed before the fork."""
        if argv != self.parsed:
            super().parse_command_line(argv)

    def init_profile_dir(self) -> None:
        """Find the profile, or note where a bare kernel's would be."""
        if not self.bare:
            super().init_profile_dir()
            return
        profile = NoProfile() if self.ready is None else self.ready.shell.profile_dir
        profile.location = self.bare
        self.profile_dir = profile
        self.ipython_dir = os.path.dirname(self.bare)  # noqa: PTH120  # a text, as in an ordinary kernel

    def init_config_files(self) -> None:
        """Find configuration files, which a bare kernel has none of."""
        if not self.bare:
            super().init_config_files()

    def load_config_file(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  # as the class it extends
        """Read configuration files, which a bare kernel has none of."""
        if not self.bare:
            super().load_config_file(*given, **named)

    def update_config(self, config: Config) -> None:
        """Take over more of a configuration, if there is more in it."""
        if config != self.config:
            super().update_config(config)

    def init_poller(self) -> None:
        """Watch no parent: the kernel of the operating system ends this process when its parent dies."""

    def init_kernel(self) -> None:
        """Make the kernel around the shell that was made before the fork, if that shell fits."""
        ready = self.ready
        if ready is None or not ready.fits(self.config):
            if ready is not None:
                ready.drop()
            super().init_kernel()
            return
        ready.look_around(self)
        with FewModules(ipkernel):
            super().init_kernel()
        ready.join(self.kernel)

    def init_extensions(self) -> None:
        """Load extensions: a bare kernel has those of the shell that was made before the fork, no others."""
        if not self._has_all():
            super().init_extensions()

    def init_code(self) -> None:
        """Run what a profile wants run at the start; which modules were there before it is known."""
        if self._has_all() and self.shell is not None:
            self.shell.user_ns_hidden.update(self.shell.user_ns)
        else:
            with FewModules(shellapp):
                super().init_code()
        if self.shell is not None and self.ready is not None:
            self.shell._sys_modules_keys = self.ready.modules

    def _has_all(self) -> bool:
        return bool(self.bare) and self.ready is not None and self.shell is self.ready.shell

    def start(self) -> None:
        """Run until it is shut down; its control thread then says its last word while something carries it.

        At the end of the process ipykernel closes that first: whoever is about to speak waits for ever.
        """
        super().start()
        control = self.control_thread
        if control is not None and control.is_alive():
            control.stop()
            control.join()

    def log_connection_info(self) -> None:
        """Tell the owner that the ports are bound: what clients send waits there until the rest is done."""
        super().log_connection_info()
        if self.line is not None:
            try:
                wire.send(self.line, {"pid": os.getpid()})
            except wire.Closed:
                os._exit(1)  # nobody wants this kernel any more


def run_kernel(line: socket.socket, streams: tuple[int, int, int], *, parent: int) -> None:
    """Run a kernel in this fresh fork until it is shut down; what it is told comes over ``line``."""
    fresh.detach(parent)
    fresh.take_streams(streams)
    try:
        orders = wire.receive(line)
    except wire.Closed:
        os._exit(1)
    fresh.take_environment(orders["environment"], orders["folder"])
    fresh.reseed()
    app = kernel_app(orders["arguments"], line)
    if app.shell is not None:
        fresh.reconnect(app.shell)
    if orders.get("spare"):
        _await_variables(line)
    else:
        line.close()
    app.start()


def _await_variables(line: socket.socket) -> None:
    """Take over the variables that a kernel is given once it is wanted, and confirm that."""
    loop = IOLoop.current()

    def take(*_: object) -> None:
        loop.remove_handler(line)
        try:
            os.environ.update(wire.receive(line)["variables"])
            wire.send(line, {"taken": True})
        except wire.Closed:
            os._exit(1)  # nobody wants this kernel any more
        line.close()

    loop.add_handler(line, take, IOLoop.READ)


def kernel_app(arguments: list[str], line: socket.socket | None) -> ForkedKernelApp:
    """Return the kernel's program, with all that is done before it runs; who is told comes over ``line``."""
    sys.argv = ["ipykernel_launcher", *arguments]
    app = ForkedKernelApp.instance()
    app.line = line
    app.parent_handle = os.getppid()
    app.bare = bare.place_of(os.environ)
    if app.bare:
        bare.without_debugger()
    if arguments[:1] == ["-f"]:
        app.connection_file, arguments = arguments[1], arguments[2:]
    app.initialize(arguments if _NO_HISTORY in arguments else [*arguments, _NO_HISTORY])
    return app


def rehearse() -> None:
    """Make the kernel's program as far as it is the same for all: forks share it and start sooner."""
    app = ForkedKernelApp.instance()
    app.parse_command_line([_NO_HISTORY])
    app.parsed = [_NO_HISTORY]
    app.init_pdb()
    app.log.setLevel(app.log_level)  # else each note for nobody goes through all of logging
    bare.remember_parameters()
    os.environ.update({})  # whether a dict is a mapping is asked once
    app.ready = ReadyShell(app.config)
    annotate(zmq.Context, zmq.Socket)
