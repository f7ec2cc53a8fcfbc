"""Finds every problem of pathway files, and loads those that have none.

A step opens after one that stands above it, so no pathway turns in a circle and each step can be reached.
What opens by itself and has a safety meaning needs a clinician's yes: the checker demands the question.
"""

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from iopkit.errors import WorksheetError
from iopkit.worksheets.conditions import ConditionError, parse, variables
from iopkit.worksheets.load import Document, Place, read_document
from iopkit.worksheets.model import Worksheet
from iopkit.worksheets.pathway import Pathway, Way, flat, name, scores_in
from iopkit.worksheets.place import content_folder
from iopkit.worksheets.shape import fit
from iopkit.worksheets.translation import PATHWAYS, WALKED, named, read_translation, translated

CAREFUL = frozenset({"safety-plan", "exposure-ladder"})
"""Worksheets without a safety rule that are never given by a rule alone."""
Found = Iterator[tuple[Place, str]]
Sheets = Mapping[str, Worksheet]


def is_pathway(path: Path) -> bool:
    """Return whether a file is a pathway or the translation of one: it lies in a folder of that name."""
    return path.parent.name == PATHWAYS


def pathway_files(path: Path) -> list[Path]:
    """Return the pathway files below a folder (or the file itself), sorted."""
    if path.is_file():
        return [path] if is_pathway(path) and not named(path) else []
    return sorted(file for file in path.rglob(f"{PATHWAYS}/*.yaml") if not named(file))


def check_pathways(files: Iterable[Path], sheets: Sheets) -> list[str]:
    """Return every problem of these pathway files, as ``file:line: path: expected X, got Y``."""
    return [problem for path in files for problem in _examine(path, sheets)[1]]


def load_pathway(path: Path, sheets: Sheets) -> Pathway:
    """Return the pathway of a file; WorksheetError with every problem of it."""
    pathway, problems = _examine(path, sheets)
    if pathway is None or problems:
        raise WorksheetError(problems)
    return pathway


def load_pathways(sheets: Sheets, *extra: Path, language: str = "en") -> dict[str, Pathway]:
    """Return our pathways and those of other folders by id; a later one takes the place of an earlier one.

    One that does not fit these worksheets is left out: ``iopkit worksheets check`` says why.
    """
    folders = [content_folder("worksheets"), *extra]
    files = [file for folder in folders for file in pathway_files(folder)]
    found = {file: pathway for file in files if (pathway := _fitting(file, sheets)) is not None}
    return {pathway.id: _in_language(file, pathway, language) for file, pathway in found.items()}


def _fitting(path: Path, sheets: Sheets) -> Pathway | None:
    pathway, problems = _examine(path, sheets)
    return None if problems else pathway


def _in_language(path: Path, pathway: Pathway, language: str) -> Pathway:
    beside = path.with_name(f"{path.stem}.{language}.yaml")
    if not beside.is_file():
        return pathway
    return said_in(pathway, _texts(beside))


@cache
def _texts(path: Path) -> Mapping[str, str]:
    return read_translation(path).texts


def said_in(pathway: Pathway, texts: Mapping[str, str]) -> Pathway:
    """Return a pathway with its texts in another language; ids stay."""
    data = translated(pathway.model_dump(mode="json"), texts, keys=WALKED)
    return Pathway.model_validate_json(json.dumps(data))


def _examine(path: Path, sheets: Sheets) -> tuple[Pathway | None, list[str]]:
    try:
        document = read_document(path)
    except WorksheetError as error:
        return None, list(error.problems)
    pathway, problems = fit(document, Pathway)
    if pathway is None:
        return None, problems
    return pathway, [document.problem(place, text) for place, text in _problems(document, pathway, sheets)]


def _problems(document: Document, pathway: Pathway, sheets: Sheets) -> Found:
    if pathway.id != document.path.stem:
        yield ("id",), f"expected '{document.path.stem}', the name of the file, got '{pathway.id}'"
    seen: list[str] = []
    for index, step in enumerate(pathway.steps):
        place: Place = ("steps", index)
        if step.id in seen:
            yield (*place, "id"), f"expected an id of its own, got '{step.id}' again"
        if step.after is not None and step.after not in seen:
            yield (*place, "after"), f"expected a step above, got '{step.after}'{_near(step.after, seen)}"
        if step.after is None and step.entries > 1:
            yield (*place, "entries"), "expected 'after', the step whose entries are counted, got nothing"
        seen.append(step.id)
        for key, text in _worksheet(pathway, step, sheets):
            yield (*place, key), text
        for text in _when(pathway, step, sheets):
            yield (*place, "when"), text
        if step.ask is None and needs_yes(step, sheets):
            what = f"'{step.worksheet}' has a safety meaning and opens by itself"
            yield place, f"expected 'ask', what a clinician says yes to, because {what}, got nothing"


def needs_yes(step: Way, sheets: Sheets) -> bool:
    """Return whether a step may open only with a clinician's yes: it opens later and has a safety meaning."""
    sheet = sheets.get(step.worksheet)
    later = step.after is not None or step.delay > 0 or step.when is not None
    return (
        later
        and sheet is not None
        and (bool(sheet.flags) or sheet.id in CAREFUL or sheet.audience == "couple")
    )


def _worksheet(pathway: Pathway, step: Way, sheets: Sheets) -> Iterator[tuple[str, str]]:
    sheet = sheets.get(step.worksheet)
    if sheet is None:
        near = _near(step.worksheet, list(sheets))
        yield "worksheet", f"expected the id of a worksheet, got '{step.worksheet}'{near}"
    elif sheet.audience == "clinician":
        yield "worksheet", f"expected a worksheet for clients, got '{sheet.id}', filled in by clinicians"
    elif sheet.audience == "couple" and pathway.domain != "couples":
        yield "worksheet", f"expected a worksheet for one client, got '{sheet.id}', for a couple"
    elif sheet.status == "retired":
        yield "worksheet", f"expected a worksheet in use, got '{sheet.id}', retired"


def _when(pathway: Pathway, step: Way, sheets: Sheets) -> Iterator[str]:
    if step.when is None:
        return
    try:
        tree = parse(flat(step.when))
    except ConditionError as error:
        yield str(error)
        return
    scores = scores_in(step.when)
    known = {name(*one) for one in scores}
    for variable in variables(tree):
        if variable.name not in known:
            yield f"expected a score such as {{phq-9.total}}, got '{{{variable.name}}}'"
    for worksheet, score in scores:
        sheet = sheets.get(worksheet)
        if sheet is None:
            yield f"expected the id of a worksheet, got '{worksheet}'{_near(worksheet, list(sheets))}"
        elif score not in (names := [one.name for one in sheet.scores]):
            yield f"expected a score of '{worksheet}', got '{score}'{_near(score, names)}"
        elif sheet.domain != pathway.domain:
            yield f"expected a score of the domain '{pathway.domain}', got '{worksheet}' of '{sheet.domain}'"


def _near(word: str, words: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""
