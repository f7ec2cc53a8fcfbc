"""The one kind of kernel the server starts: this interpreter, no history, whatever a notebook asks for."""

import sys
from typing import Any

from ipykernel.kernelspec import RESOURCES
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

NAME = "iopkit"
_ARGV = [
    sys.executable,
    "-Xfrozen_modules=off",
    "-m",
    "ipykernel_launcher",
    "-f",
    "{connection_file}",
    "--HistoryManager.enabled=False",
]


class OnlyOurs(KernelSpecManager):
    """Knows one kernelspec; installed ones, which may start anything, are not looked at."""

    def find_kernel_specs(self) -> dict[str, str]:
        """Return our kernelspec by the two names that notebooks use for it."""
        return {NAME: RESOURCES, "python3": RESOURCES}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return our kernelspec, whatever was asked for."""
        return KernelSpec(
            argv=_ARGV, name=NAME, display_name=NAME, language="python", resource_dir=RESOURCES, env={}
        )

    def get_all_specs(self) -> dict[str, Any]:
        """Return our kernelspec in the form of Jupyter's listing."""
        spec = self.get_kernel_spec(NAME).to_dict()
        return {name: {"resource_dir": RESOURCES, "spec": spec} for name in self.find_kernel_specs()}
