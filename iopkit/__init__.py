"""iopkit: homework worksheets, apps and reports for virtual intensive outpatient programs."""

__version__ = "0.1.0"
