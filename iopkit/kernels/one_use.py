"""The kernel of one run: forked, on sockets of its own, ended with the run."""

import shutil
import sys
import tempfile
from inspect import unwrap
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

from iopkit.kernels.spec import kernelspec

NAME = "iopkit"


class ForkedSpec(KernelSpecManager):
    """Knows one kernel: ours, forked from a warm parent where that works."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return our kernelspec, with this interpreter, whatever a notebook asks for."""
        spec = kernelspec()
        argv = [sys.executable if part == "python" else part for part in spec.pop("argv")]
        return KernelSpec(argv=argv, name=NAME, **spec)


class OneUseKernel(AsyncKernelManager):
    """Starts the kernel of one run; its sockets lie in a folder of its own that nobody else may enter."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - whatever its parents take
        super().__init__(**options)
        self.client_class = "iopkit.kernels.ready.ReadyClient"
        self._room = tempfile.mkdtemp(prefix="iopkit-")
        self.transport = "ipc"
        # Without these two the sockets lie in the working folder, by names that two processes share.
        self.connection_file = str(Path(self._room) / "kernel.json")
        self.ip = str(Path(self._room) / "kernel")

    @default("kernel_spec_manager")
    def _only_ours(self) -> KernelSpecManager:
        return ForkedSpec(parent=self)

    # jupyter_client sleeps for a hundredth of a second after both of these, for tests of its own
    async def _async_start_kernel(self, **options: Any) -> None:  # noqa: ANN401 - whatever its parent takes
        await unwrap(AsyncKernelManager._async_start_kernel)(self, **options)

    async def _async_shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        await unwrap(AsyncKernelManager._async_shutdown_kernel)(self, now=now, restart=restart)

    start_kernel, shutdown_kernel = _async_start_kernel, _async_shutdown_kernel

    async def _async_wait(self, pollinterval: float = 0.1) -> None:
        """Return as soon as the kernel has ended, where jupyter_client looks every tenth of a second."""
        if self.provisioner is not None and self.has_kernel:
            await self.provisioner.wait()

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            shutil.rmtree(self._room, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources
