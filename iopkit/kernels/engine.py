"""A Papermill engine over forked kernels: ``papermill --engine iopkit IN OUT``.

Papermill loads this module while it is itself being imported: import papermill before it.
"""

from typing import Any

from papermill.engines import NBClientEngine

from iopkit.kernels.one_use import OneUseKernel


class ForkedEngine(NBClientEngine):
    """Runs a notebook in a kernel of its own, forked, and ends that kernel with the run."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: Any, *others: Any, **options: Any) -> Any:  # noqa: ANN401
        """Run the notebook; arguments are those of Papermill's own engine."""
        ours = {"kernel_manager_class": OneUseKernel, "shutdown_kernel": "immediate"}
        return super().execute_managed_notebook(nb_man, kernel_name, *others, **{**options, **ours})
