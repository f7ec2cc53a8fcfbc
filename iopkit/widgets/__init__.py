"""Widgets: one a file. Nothing but the page and these imports ipywidgets."""
