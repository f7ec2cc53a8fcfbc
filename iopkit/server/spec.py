"""The one kind of kernel the server starts, whatever a notebook asks for: ours, forked from a warm parent."""

from typing import Any

from ipykernel.kernelspec import RESOURCES
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from iopkit.kernels import kernelspec

NAME = "iopkit"
GATHER = "iopkit.apps.rehearsal:gather"
"""What the parent of a server's kernels does besides: worth a second where many pages stay open for hours."""


def page_kernelspec() -> dict[str, Any]:
    """Return the kernelspec of pages: ours, with code laid out for them."""
    spec = kernelspec()
    spec["metadata"]["kernel_provisioner"]["config"]["modules"].append(GATHER)
    return spec


class OnlyOurs(KernelSpecManager):
    """Knows one kernelspec; installed ones, which may start anything, are not looked at."""

    def find_kernel_specs(self) -> dict[str, str]:
        """Return our kernelspec by the two names that notebooks use for it."""
        return {NAME: RESOURCES, "python3": RESOURCES}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return our kernelspec, whatever was asked for; plain kernels where no provisioner is installed."""
        spec = KernelSpec(name=NAME, resource_dir=RESOURCES, **page_kernelspec())
        if not KernelProvisionerFactory.instance().is_provisioner_available(spec):
            spec.metadata = {}
        return spec

    def get_all_specs(self) -> dict[str, Any]:
        """Return our kernelspec in the form of Jupyter's listing."""
        spec = self.get_kernel_spec(NAME).to_dict()
        return {name: {"resource_dir": RESOURCES, "spec": spec} for name in self.find_kernel_specs()}
