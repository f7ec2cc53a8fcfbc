"""Worksheets and entries for other programs and for paper."""
