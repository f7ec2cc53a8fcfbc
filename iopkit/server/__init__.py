"""The server: Voilà with our sign-in, our owner of each kernel, our page template, and nothing else open."""

import sys

# jsonschema imports this grammar for one format that nothing here checks; it costs 1.5 s of each start.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None is how Python notes "not to be had"
