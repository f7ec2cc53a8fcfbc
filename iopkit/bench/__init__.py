"""Measures of this program beside the plain tools it is built on, alternating in one run."""
