"""How the documentation is built: `make docs`, strictly, with nothing from another host."""

import iopkit

project = "iopkit"
author = "The iopkit authors"
copyright = "2026, The iopkit authors"
release = version = iopkit.__version__
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "iopkit"
html_copy_source = False
nitpicky = True
