"""Kernels forked from a warm parent, for any Jupyter program: name the kernelspec ``iopkit`` and nothing else changes."""

from iopkit.kernels.provisioner import ForkProvisioner, Status, status
from iopkit.kernels.spec import install_kernelspec, kernelspec

__all__ = ["ForkProvisioner", "Status", "install_kernelspec", "kernelspec", "status"]
