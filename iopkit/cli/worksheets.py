"""``iopkit worksheets``: list, check, show and score worksheets. Needs no database and nobody signed in."""

import difflib
import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.console import Console
from rich.table import Table

from iopkit.cli.watch import check_on_save
from iopkit.errors import AnswerError, NotFoundError
from iopkit.worksheets import Catalog, Scored, Worksheet, check_paths, load_catalog, score
from iopkit.worksheets.catalog import folders, translation_files, worksheet_files
from iopkit.worksheets.drill_check import check_drills, drill_files
from iopkit.worksheets.overrides import override_problems
from iopkit.worksheets.pathway_check import check_pathways, pathway_files
from iopkit.worksheets.place import content_folder
from iopkit.worksheets.short import short_problems

app = typer.Typer(no_args_is_help=True, help="List, check, show and score worksheets.")

BROWSE = ("id", "version", "title", "category", "domain", "audience", "minutes")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


@app.command("list")
def list_worksheets(as_json: Json = False) -> None:
    """List the newest version of each worksheet."""
    rows = [{key: getattr(one, key) for key in BROWSE} for one in load_catalog().values()]
    if as_json:
        print(_dump(rows))
        return
    table = Table(box=None)
    for key in BROWSE:
        table.add_column(key, no_wrap=key == "id")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console().print(table)


@app.command()
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Files or folders. Ours when left out.")
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again on each save, until Ctrl-C.")] = False,
) -> None:
    """Print every problem of worksheet files as file:line: path: expected X, got Y."""
    places = paths or folders()
    good = _check_once(places)
    if watch:
        check_on_save(places, lambda: _check_once(places))
    elif not good:
        raise typer.Exit(1)


@app.command()
def show(worksheet_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a worksheet.")]) -> None:
    """Print one worksheet as data."""
    worksheet = _find(load_catalog(), worksheet_id)
    print(_dump(worksheet.model_dump(mode="json", exclude_defaults=True)))


@app.command("score")
def score_answers(
    worksheet_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a worksheet.")],
    answers: Annotated[Path, typer.Argument(metavar="ANSWERS.json", help="A flat JSON object of answers.")],
    day: Annotated[
        str, typer.Option("--date", help="The day the answers report about; today unless given.")
    ] = "",
    zone: Annotated[
        str, typer.Option("--zone", help="The IANA zone of the clock times; this computer's unless given.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Print scores, bands, flags and problems of a file of answers."""
    place = _zone(zone)
    worksheet = _find(load_catalog(), worksheet_id)
    found = _read_answers(answers)
    scored = score(worksheet, found, day=_day(day, found, place), zone=place)
    if as_json:
        print(_dump(_scored_document(worksheet, scored)))
    else:
        _print_scored(worksheet, scored)


def _scored_document(worksheet: Worksheet, scored: Scored) -> dict[str, Any]:
    return {
        "worksheet": worksheet.id,
        "version": worksheet.version,
        "scores": scored.scores,
        "bands": scored.bands,
        "flags": scored.flags,
        "problems": scored.problems,
    }


def _print_scored(worksheet: Worksheet, scored: Scored) -> None:
    table = Table("score", "value", "unit", "band", box=None)
    for one in worksheet.scores:
        value = scored.scores[one.name]
        shown = "–" if value is None else f"{value:g}"
        table.add_row(one.title, shown, one.unit or "", scored.bands.get(one.name, ""))
    console = Console()
    console.print(table)
    for flag in scored.flags:
        console.print(f"flag: {flag} ({scored.priorities[flag]} priority)", markup=False)
    for problem in scored.problems:
        console.print(f"ask: {problem}", markup=False)


def _check_once(places: Iterable[Path]) -> bool:
    """Print the problems of all files below ``places`` and return whether there are none."""
    places = list(places)
    drills = [path for place in places for path in drill_files(place)]
    paths = [path for place in places for path in pathway_files(place)]
    files = [path for place in places for path in worksheet_files(place) if path not in (*drills, *paths)]
    translations = [path for place in places if place.is_dir() for path in translation_files(place)]
    ours = worksheet_files(content_folder("worksheets"))
    problems = [
        *check_paths(*files, *translations),
        *override_problems([*ours, *files]),
        *short_problems([*ours, *files]),
        *check_drills(*drills),
    ]
    if paths and not problems:
        problems = check_pathways(paths, load_catalog(*(place for place in places if place.is_dir())))
    for problem in problems:
        print(problem)
    if not problems:
        if paths:
            print(f"{len(paths)} {'pathway' if len(paths) == 1 else 'pathways'}, no problems")
        if files or not paths:
            print(f"{len(files)} worksheets, no problems")
    return not problems


def _find(catalog: Catalog, worksheet_id: str) -> Worksheet:
    try:
        return catalog[worksheet_id]
    except KeyError:
        near = difflib.get_close_matches(worksheet_id, catalog, n=1)
        hint = f"; did you mean '{near[0]}'?" if near else "."
        told = f"There is no worksheet '{worksheet_id}'{hint} See them with: iopkit worksheets list"
        raise NotFoundError(told) from None


def _read_answers(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AnswerError([f"{path}: expected a file of answers, got: {error.strerror}"]) from error
    except (ValueError, RecursionError) as error:
        raise AnswerError([f"{path}: expected one JSON object of answers, got something else"]) from error
    if not isinstance(found, dict):
        raise AnswerError([f"{path}: expected one JSON object of answers, got something else"])
    return found


def _day(text: str, answers: dict[str, Any], zone: str) -> date:
    """Return the day of ``--date``, else of the answer ``day``, else today in the zone."""
    if text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise typer.BadParameter("expected a date such as 2026-01-31", param_hint="--date") from None
    try:
        return date.fromisoformat(str(answers.get("day")))
    except ValueError:
        return datetime.now(ZoneInfo(zone)).date()


def _zone(name: str) -> str:
    """Return the IANA zone to use: the one given, else this computer's where it has a name, else UTC."""
    if not name:
        return _local_name()
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise typer.BadParameter(
            "expected an IANA zone such as America/New_York", param_hint="--zone"
        ) from None


def _local_name() -> str:
    """Return the name behind /etc/localtime, or UTC."""
    target = str(Path("/etc/localtime").resolve())
    _, found, name = target.partition("zoneinfo/")
    return name if found else "UTC"


def _dump(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False)
