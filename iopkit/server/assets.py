"""The built front end: which hashed file stands behind a name, and handing it out compressed and for ever."""

import json
import mimetypes
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tornado.web import HTTPError, RequestHandler

from iopkit.errors import ServeError
from iopkit.server.headers import FOREVER

_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]*(\.[0-9A-Za-z_-]+)+")
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@dataclass(frozen=True)
class Assets:
    """The folder of the built front end."""

    folder: Path

    @cached_property
    def names(self) -> dict[str, str]:
        """The hashed file behind each name, as the build wrote them down."""
        return {str(name): str(file) for name, file in self._read("manifest.json").items()}

    @cached_property
    def _imports(self) -> dict[str, list[str]]:
        return self._read("imports.json")

    def _read(self, name: str) -> dict[str, Any]:
        try:
            return dict(json.loads((self.folder / name).read_text("utf-8")))
        except (OSError, ValueError):
            raise ServeError(
                "The front end is not built: run `node frontend/build.mjs` (or `make build`) and try again."
            ) from None

    def address(self, name: str) -> str:
        """Return where browsers find the file called ``name`` before it was hashed."""
        return f"/assets/{self.names[name]}"

    def addresses(self, *names: str) -> list[str]:
        """Return the addresses of those of ``names`` that were built."""
        return [self.address(name) for name in names if name in self.names]

    def imported(self, name: str) -> list[str]:
        """Return the addresses of what the script ``name`` imports.

        A browser that is told of them fetches them beside the script, not after reading it.
        """
        return [f"/assets/{file}" for file in self._imports.get(name, [])]

    def find(self, name: str, accepted: str) -> tuple[Path, str | None] | None:
        """Return the file to send for ``name`` and its encoding, or None when there is no such file."""
        plain = self.folder / name
        if not _NAME.fullmatch(name) or name.endswith(".json") or not plain.is_file():
            return None
        offered = {part.partition(";")[0].strip() for part in accepted.split(",")}
        for encoding, ending in _ENCODINGS:
            compressed = self.folder / (name + ending)
            if encoding in offered and compressed.is_file():
                return compressed, encoding
        return plain, None


class AssetHandler(RequestHandler):
    """Hands out one file of the built front end to anybody; the folder cannot be listed or left."""

    def initialize(self, assets: Assets) -> None:
        """Keep where the files are."""
        self.assets = assets

    def set_default_headers(self) -> None:
        """Set the headers of every response."""
        for name, value in self.settings["headers"].items():
            self.set_header(name, value)

    def get(self, name: str) -> None:
        """Send the file called ``name``."""
        found = self.assets.find(name, self.request.headers.get("Accept-Encoding", ""))
        if found is None:
            raise HTTPError(404)
        file, encoding = found
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.set_header("Cache-Control", FOREVER)
        self.set_header("Vary", "Accept-Encoding")
        if encoding:
            self.set_header("Content-Encoding", encoding)
        self.finish(file.read_bytes())

    def write_error(self, status_code: int, **_: object) -> None:
        """Say nothing but the status."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")
