"""Tables, charts and text about one client, and the reports made of them."""

import sys

# Importing papermill or nbconvert loads jsonschema, which loads a grammar of IRIs for 1.5 s unless that is
# told to be missing. Only the iri formats lose their check. This runs before any module of this room.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
