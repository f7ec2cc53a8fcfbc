"""Gathers every text that is shown, from Python, templates and scripts, into the catalogs: ``make words``.

What was translated stays; what is new comes with an empty translation, what is gone goes.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import product
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from iopkit.words.speech import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS: Mapping[str, tuple[int, ...]] = {"say": (1,), "several": (1, 2), "sentence": (1,), "mark": (1,)}
"""The functions whose first texts are shown; ``mark`` is a text that is said later."""

SOURCES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("jinja2.ext:babel_extract", "iopkit/server/pages/*.html", {}),
    ("jinja2.ext:babel_extract", "iopkit/server/template/*.j2", {"extensions": "jinja2.ext.do"}),
    ("javascript", "frontend/src/**/*.js", {"jsx": "True"}),
)
HEADER = """\
# Texts of iopkit in {name}. Translations are written here; `make words` adds what is new.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Text = str | tuple[str, ...]


def gather(root: Path = ROOT) -> dict[Text, list[str]]:
    """Return each shown text (with its plural, if it has one) and the files it stands in."""
    found: dict[Text, list[str]] = {}
    for text, place in sorted(_shown(root), key=lambda one: one[1]):
        places = found.setdefault(text, [])
        if place not in places:
            places.append(place)
    return found


def _shown(root: Path) -> Iterator[tuple[Text, str]]:
    for path in sorted(root.glob("iopkit/**/*.py")):
        yield from ((text, path.relative_to(root).as_posix()) for text in _in_python(path.read_text()))
    for method, pattern, options in SOURCES:
        for path in sorted(root.glob(pattern)):
            with path.open("rb") as file:
                for _, text, _, _ in extract(method, file, keywords=KEYWORDS, options=options):
                    yield text, path.relative_to(root).as_posix()


def _in_python(source: str) -> Iterator[Text]:
    """Yield the texts of calls, nested ones too (Babel's own reader of Python passes over those)."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        places = KEYWORDS.get(getattr(node.func, "id", getattr(node.func, "attr", "")), ())
        if places and len(node.args) >= len(places):
            for texts in product(*(_texts(part) for part in node.args[: len(places)])):
                yield texts[0] if len(texts) == 1 else texts


def _texts(part: ast.expr) -> Iterator[str]:
    """Yield the text of an argument, or those on both sides of a condition."""
    if isinstance(part, ast.IfExp):
        yield from (*_texts(part.body), *_texts(part.orelse))
    elif isinstance(part, ast.Constant) and isinstance(part.value, str):
        yield part.value


def catalog_file(language: str, root: Path = ROOT) -> Path:
    """Return where the translations into a language stand."""
    return root / "iopkit" / "words" / f"{language}.po"


def read_catalog(language: str, root: Path = ROOT) -> Catalog:
    """Return the translations into a language as they stand; an empty catalog when there is no file."""
    path = catalog_file(language, root)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merged(language: str, root: Path = ROOT) -> bytes:
    """Return the catalog of a language with exactly the texts that are shown now."""
    before, after = read_catalog(language, root), Catalog(locale=language)
    for text, places in gather(root).items():
        known = before.get(text if isinstance(text, str) else text[0])
        fits = known is not None and known.id == text
        after.add(text, string=known.string if known and fits else None, locations=[(at, 0) for at in places])
    return HEADER.format(name=LANGUAGES[language], language=language).encode() + _written(after)


def _written(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, omit_header=True, width=110, include_lineno=False)
    return file.getvalue().strip() + b"\n"


def untranslated(language: str, root: Path = ROOT) -> list[str]:
    """Return the shown texts that have no translation yet."""
    known = read_catalog(language, root)
    return [
        text if isinstance(text, str) else text[0]
        for text in gather(root)
        if not _forms(known.get(text if isinstance(text, str) else text[0]), text)
    ]


def _forms(message: Message | None, text: Text) -> tuple[str, ...]:
    """Return the translations of a text, none where one is missing or belongs to another text."""
    if message is None or message.id != text:
        return ()
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return forms if all(forms) else ()


def main() -> None:
    """Bring the catalogs up to date and print what is to be translated."""
    for language in LANGUAGES:
        if language != "en":
            catalog_file(language).write_bytes(merged(language))
            sys.stdout.writelines(f"{language}: {text}\n" for text in untranslated(language))


if __name__ == "__main__":
    main()
