"""Finds every problem of drill files, and loads those that have none.

A drill is a graph: the checker proves that each step is reached from the start, that from each step an end
can be reached, and that no ring of steps turns by timers alone.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from iopkit.errors import WorksheetError
from iopkit.worksheets.drill import Ask, Drill, Exit, Step
from iopkit.worksheets.load import Document, Place, read_document
from iopkit.worksheets.place import content_folder
from iopkit.worksheets.shape import fit
from iopkit.worksheets.translation import SPOKEN, read_translation, translated

SUFFIX = ".drill.yaml"
Found = Iterator[tuple[Place, str]]


def drill_files(path: Path) -> list[Path]:
    """Return the drill files below a folder (or the file itself), sorted."""
    if path.is_file():
        return [path] if path.name.endswith(SUFFIX) else []
    return sorted(path.rglob(f"*{SUFFIX}"))


def load_drill(path: Path) -> Drill:
    """Return the drill of a file; WorksheetError with every problem of it."""
    drill, problems = _examine(path)
    if drill is None or problems:
        raise WorksheetError(problems)
    return drill


def check_drills(*paths: Path) -> list[str]:
    """Return every problem of these drill files, as ``file:line: path: expected X, got Y``."""
    return [problem for path in paths for problem in _examine(path)[1]]


def load_drills(*folders: Path) -> dict[str, Drill]:
    """Return the drills below these folders by id; a later one takes the place of an earlier one."""
    return {drill.id: drill for folder in folders for drill in map(load_drill, drill_files(folder))}


@cache
def own_drills(site: str = "", language: str = "en") -> dict[str, Drill]:
    """Return our drills and those of a site's own folder, read once, in a language where they have it."""
    folders = [content_folder("worksheets"), *([Path(site)] if site else [])]
    files = [path for folder in folders for path in drill_files(folder)]
    return {drill.id: drill for drill in (_in_language(path, language) for path in files)}


def _in_language(path: Path, language: str) -> Drill:
    """Return the drill of a file with its texts in a language; ids, names and values are the same."""
    drill, beside = load_drill(path), path.with_name(f"{path.stem}.{language}.yaml")
    if not beside.is_file():
        return drill
    texts = read_translation(beside).texts
    return Drill.model_validate_json(
        json.dumps(translated(drill.model_dump(mode="json"), texts, keys=SPOKEN))
    )


def _examine(path: Path) -> tuple[Drill | None, list[str]]:
    try:
        document = read_document(path)
    except WorksheetError as error:
        return None, list(error.problems)
    drill, problems = fit(document, Drill)
    if drill is None:
        return None, problems
    return drill, [document.problem(place, text) for place, text in _problems(document, drill)]


def _problems(document: Document, drill: Drill) -> Found:
    if drill.id != document.path.name.removesuffix(SUFFIX):
        got = f"'{drill.id}' in {document.path.name}"
        yield ("id",), f"expected the file's name without {SUFFIX}, got {got}"
    seen: set[str] = set()
    for index, step in enumerate(drill.steps):
        if step.id in seen:
            yield ("steps", index, "id"), f"expected an id of its own, got '{step.id}' again"
        seen.add(step.id)
    unknown = list(_unknown(drill))
    yield from unknown
    for index, step in enumerate(drill.steps):
        for place, text in _step(drill, step):
            yield ("steps", index, *place), text
    if not unknown:
        yield from _ways(drill)


def _unknown(drill: Drill) -> Found:
    """Yield names of steps that are not there."""
    targets: list[tuple[Place, str | None]] = [(("start",), drill.start)]
    for index, step in enumerate(drill.steps):
        targets.append((("steps", index, "lapse"), step.lapse))
        for number, way in enumerate(step.go):
            targets.append((("steps", index, "go", number, "to"), way.to))
            targets.append((("steps", index, "go", number, "then"), way.then))
    for place, name in targets:
        if name is not None and name not in drill.by_id:
            yield place, f"expected the id of a step, got '{name}'"


def _step(drill: Drill, step: Step) -> Found:
    if step.ask:
        yield from (((("ask", *place)), text) for place, text in _ask(step.ask, step))
    for name in step.shows:
        yield from _shown(drill, step, name)
    if step.if_both and getattr(drill.asks.get(step.if_both), "kind", "") != "choice":
        yield ("if_both",), f"expected the name of a choice, got '{step.if_both}'"
    if step.until and getattr(drill.asks.get(step.until), "kind", "") != "minutes":
        yield ("until",), f"expected the name of minutes that a step asks for, got '{step.until}'"
    if step.lapse and not (step.seconds or step.until):
        yield ("lapse",), "expected 'seconds' or 'until' beside it, got neither"
    if step.floor == "each" and step.go and step.go[-1].when:
        yield ("go",), "expected a last way without 'when', got none that is always open"
    if step.go and all(way.when for way in step.go) and step.floor != "each":
        yield ("go",), "expected one way without 'when', got none that is always open"
    for number, way in enumerate(step.go):
        yield from ((("go", number, *place), text) for place, text in _exit(drill, way))


def _ask(ask: Ask, step: Step) -> Found:
    if ask.kept != "both" and step.floor != "each":
        yield ("kept",), f"expected 'both', since one acts here and not each, got '{ask.kept}'"
    if (ask.kind == "choice") != bool(ask.choices):
        yield ("choices",), "expected choices for a choice and for nothing else"
    if ask.kind == "rating" and not (ask.low and ask.high):
        yield ("low",), "expected words for both ends, 'low' and 'high', got fewer"


def _shown(drill: Drill, step: Step, name: str) -> Found:
    ask = drill.asks.get(name)
    if ask is None:
        yield ("shows",), f"expected the name of what a step asks, got '{name}'"
    elif ask.kept == "own" and not step.if_both:
        yield ("shows",), f"expected 'if_both' for '{name}', which each keeps to themself, got nothing"


def _exit(drill: Drill, way: Exit) -> Found:
    if bool(way.times) != bool(way.then):
        yield ("times",), "expected 'times' and 'then' together, got one of them"
    if way.when and way.when.name not in drill.asks:
        yield ("when", "name"), f"expected the name of what a step asks, got '{way.when.name}'"
    if way.when and (way.when.at_least is None) == (way.when.equals is None):
        yield ("when",), "expected one of 'at_least' and 'equals', got both or none"


def _ways(drill: Drill) -> Found:
    """Yield steps that nobody reaches, that never end, and rings that turn by timers alone."""
    leads = {step.id: _targets(step) for step in drill.steps}
    reached = _closure({drill.start}, leads)
    back: dict[str, set[str]] = {name: set() for name in leads}
    for name, targets in leads.items():
        for target in targets:
            back[target].add(name)
    ending = _closure({step.id for step in drill.steps if not step.go and not step.lapse}, back)
    for index, step in enumerate(drill.steps):
        if step.id not in reached:
            yield ("steps", index, "id"), f"expected a step that is reached, got '{step.id}'"
        if step.id not in ending:
            yield ("steps", index, "id"), f"expected a way to an end, got none from '{step.id}'"
        if _turns(drill, step):
            yield ("steps", index, "lapse"), "expected a ring of steps that waits for somebody, got timers"


def _targets(step: Step) -> set[str]:
    ways = {way.to for way in step.go} | {way.then for way in step.go if way.then}
    return ways | ({step.lapse} if step.lapse else set())


def _closure(start: set[str], leads: dict[str, set[str]]) -> set[str]:
    found, todo = set(start), list(start)
    while todo:
        for target in leads[todo.pop()] - found:
            found.add(target)
            todo.append(target)
    return found


def _turns(drill: Drill, step: Step) -> bool:
    """Return whether timers alone lead from a step back to it."""
    seen: set[str] = set()
    here = step.lapse
    while here and here not in seen:
        if here == step.id:
            return True
        seen.add(here)
        here = drill.by_id[here].lapse
    return False
