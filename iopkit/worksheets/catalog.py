"""The worksheets that can be given: ours and a site's own, the newest version of each id."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from iopkit.errors import WorksheetError
from iopkit.words import LANGUAGES
from iopkit.worksheets.cache import cache_file, keep, recall
from iopkit.worksheets.check import examine
from iopkit.worksheets.drill_check import SUFFIX
from iopkit.worksheets.model import Worksheet
from iopkit.worksheets.overrides import override_problems, version_key
from iopkit.worksheets.pieces import SHARED
from iopkit.worksheets.place import content_folder
from iopkit.worksheets.short import short_problems
from iopkit.worksheets.translation import PATHWAYS, Translation, Translations, named, translate, with_pieces


class Catalog(Mapping[str, Worksheet]):
    """Worksheets by id, sorted by category and id. Looking up an unknown id raises ``KeyError``."""

    def __init__(
        self, worksheets: Mapping[str, Worksheet], translations: Mapping[str, Translations] | None = None
    ) -> None:
        order = sorted(worksheets.values(), key=lambda worksheet: (worksheet.category, worksheet.id))
        self._worksheets = {worksheet.id: worksheet for worksheet in order}
        self._translations = translations or {}
        self._said: dict[tuple[int, str], tuple[Worksheet, Worksheet]] = {}

    def __getitem__(self, worksheet_id: str) -> Worksheet:
        return self._worksheets[worksheet_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._worksheets)

    def __len__(self) -> int:
        return len(self._worksheets)

    def __repr__(self) -> str:
        return f"Catalog({len(self)} worksheets)"

    def in_language(self, worksheet: Worksheet, language: str) -> Worksheet:
        """Return a worksheet (in any version) with its texts in a language; English where there is none."""
        translation = self._translations.get(worksheet.id, {}).get(language)
        if translation is None or worksheet.language != "en":
            return worksheet
        place = (id(worksheet), language)  # of one version there may be several: a draft's was edited since
        if place not in self._said:
            self._said[place] = (worksheet, translate(worksheet, language, translation.texts))
        return self._said[place][1]

    def languages(self, worksheet_id: str) -> dict[str, str]:
        """Return the languages of a worksheet and the status of each: draft, reviewed or retired."""
        known = self._translations.get(worksheet_id, {})
        return {"en": self[worksheet_id].status, **{language: one.status for language, one in known.items()}}


def folders() -> list[Path]:
    """Return where worksheets come from: our own folder, then the site's of ``IOPKIT_WORKSHEETS``."""
    own = os.environ.get("IOPKIT_WORKSHEETS")
    return [content_folder("worksheets"), *([Path(own)] if own else [])]


def load_catalog(*extra: Path) -> Catalog:
    """Return the catalog of ours, ``IOPKIT_WORKSHEETS`` and the folders given.

    A later file takes the place of an earlier one by its id and a higher version. Raises ``WorksheetError``
    with every problem of every file, a version that is not higher among them.
    """
    places = [*folders(), *map(Path, extra)]
    files = [path for folder in places for path in worksheet_files(folder)]
    others = (file for folder in places for file in (*piece_files(folder), *translation_files(folder)))
    place = cache_file([*files, *others])
    kept = recall(place)
    if kept is not None:
        return Catalog(*kept)
    read = {path: examine(path) for path in files}
    problems = [line for _, lines in read.values() for line in lines]
    problems += [*override_problems(files), *short_problems(files)]
    if problems:
        raise WorksheetError(problems)
    newest: dict[str, Worksheet] = {}
    translations: dict[str, dict[str, Translation]] = {}
    for path, (worksheet, _) in read.items():
        known = newest.get(worksheet.id) if worksheet else None
        if worksheet and (known is None or version_key(worksheet.version) > version_key(known.version)):
            newest[worksheet.id] = worksheet
            translations[worksheet.id] = _translations(path, worksheet)
    keep(place, newest, translations)
    return Catalog(newest, translations)


def _translations(path: Path, worksheet: Worksheet) -> dict[str, Translation]:
    """Return the translations beside a worksheet's file, by language."""
    found = {language: path.with_name(f"{path.stem}.{language}.yaml") for language in LANGUAGES}
    return {language: with_pieces(file, worksheet) for language, file in found.items() if file.is_file()}


def worksheet_files(path: Path) -> list[Path]:
    """Return the worksheet files below a folder (or the file itself), sorted; a missing folder is refused."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise WorksheetError([f"{path}:1: file: expected a file or folder, got nothing there"])
    found = path.rglob("*.yaml")
    return sorted(
        file
        for file in found
        if file.parent.name not in (SHARED, PATHWAYS) and not named(file) and not _is_drill(file)
    )


def piece_files(path: Path) -> list[Path]:
    """Return the files of shared choices below a folder, sorted."""
    return sorted(file for file in path.rglob(f"{SHARED}/*.yaml") if not named(file))


def translation_files(path: Path) -> list[Path]:
    """Return the files below a folder that translate worksheets or pieces, sorted."""
    return sorted(file for file in path.rglob("*.*.yaml") if named(file))


def _is_drill(path: Path) -> bool:
    return path.name.endswith(SUFFIX)
