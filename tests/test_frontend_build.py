"""The built front end: complete, compressed, small where it counts, and without a word to any other host."""

import gzip
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "iopkit" / "widgets" / "static"
FILES = sorted(path for path in STATIC.glob("*") if path.suffix in {".js", ".css"})
NAMES = json.loads((STATIC / "manifest.json").read_text())
IMPORTS = json.loads((STATIC / "imports.json").read_text())
SPOKEN_OF = {
    "http://www.w3.org",  # names of XML namespaces
    "http://json-schema.org",  # the name of a JSON Schema version
    "https://surveyjs.io",  # links of the form renderer's editor and change notes, which we never show
    "https://www.youtube.com",  # its question type "image" with a film, which worksheets cannot have
}


def test_each_plain_name_leads_to_a_hashed_file():
    assert {"base.css", "form.css", "page.js", "sign-in.js", "work.js"} <= set(NAMES)
    for file in NAMES.values():
        assert re.fullmatch(r"[a-z-]+-[0-9A-Z]{8}\.(js|css)", file)
        assert (STATIC / file).is_file()


@pytest.mark.parametrize(("name", "files"), IMPORTS.items())
def test_a_script_imports_what_is_said_of_it(name, files):
    """Else a browser would fetch for nothing, or one thing after the other."""
    asked, wanted = set(), {NAMES[name]}
    while new := wanted - asked:
        asked |= new
        for file in new:
            text = (STATIC / file).read_text(encoding="utf-8")
            wanted |= set(re.findall(r"""(?:from|import)["']\./([\w-]+\.js)["']""", text))

    assert sorted(asked - {NAMES[name]}) == files


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_file_lies_compressed_beside_it(path):
    assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
    assert path.with_name(f"{path.name}.br").stat().st_size < max(path.stat().st_size, 128)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_asks_another_host_for_anything(path):
    text = path.read_text(encoding="utf-8")

    assert set(re.findall(r"https?://[\w.-]+", text)) <= SPOKEN_OF
    assert re.findall(r"@import |url\(['\"]?(?:https?:)?//|sourceMappingURL", text) == []


def test_a_page_without_a_form_is_small():
    first = [NAMES["page.js"], NAMES["base.css"]]
    size = {name: (STATIC / f"{name}.br").stat().st_size for name in [*first, *IMPORTS["page.js"]]}

    assert sum(size[name] for name in first) < 20_000
    assert sum(size.values()) < 34_000


def test_the_same_sources_give_the_same_names(tmp_path):
    subprocess.run(["node", FRONTEND / "build.mjs", tmp_path / "static"], check=True, capture_output=True)

    assert json.loads((tmp_path / "static" / "manifest.json").read_text()) == NAMES


def test_the_lock_file_holds_hashes_and_names_no_host():
    text = (FRONTEND / "package-lock.json").read_text()
    locked = json.loads(text)["packages"]

    assert "resolved" not in text
    assert [name for name, package in locked.items() if name and "integrity" not in package] == []
    assert set(re.findall(r"https?://[^\"]+", text)) <= {
        "https://opencollective.com/preact"
    }  # asks for gifts


def test_each_package_is_pinned_to_one_version():
    package = json.loads((FRONTEND / "package.json").read_text())
    versions = package["dependencies"] | package["devDependencies"]

    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_the_readme_names_each_class_that_server_pages_use():
    readme = (FRONTEND / "README.md").read_text()
    pages = (ROOT / "iopkit" / "server" / "pages").glob("*.html")
    classes = re.findall(r'class="([^"{]+)"', "".join(page.read_text() for page in pages))

    assert {name for name in " ".join(classes).split() if name not in readme} == set()
