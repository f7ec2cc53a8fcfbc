"""Runs the command line as ``python -m iopkit``."""

from iopkit.cli import main

main()
