"""Kernels forked from a warm parent, for any Jupyter program that names the kernelspec ``iopkit``."""

from iopkit.kernels.provisioner import ForkProvisioner, Status, status, warm_up
from iopkit.kernels.spec import install_kernelspec, kernelspec

__all__ = ["ForkProvisioner", "Status", "install_kernelspec", "kernelspec", "status", "warm_up"]
