"""``iopkit import``: worksheets of other programs, and answers that were given elsewhere."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from iopkit.cli.export import write
from iopkit.cli.place import Database, KeyFile
from iopkit.clinic import open_store
from iopkit.errors import AnswerError, NotFoundError
from iopkit.exchange.fhir.read import MAX_BYTES, read_json, read_questionnaire
from iopkit.exchange.transcript import MAX_BYTES as MOST_BYTES
from iopkit.exchange.transcript import Told, read_csv, read_result
from iopkit.exchange.yaml_text import as_yaml
from iopkit.worksheets import Worksheet, load_catalog, validate
from iopkit.worksheets.check import check_paths

app = typer.Typer(no_args_is_help=True, help="Read worksheets of other programs and answers given elsewhere.")
File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")]
Owner = Annotated[str, typer.Option("--for", metavar="USER", help="The client whose answers they are.")]


@app.command()
def fhir(
    file: File,
    out: Annotated[Path, typer.Option("--out", metavar="YAML", help="The worksheet file to write.")],
) -> None:
    """Turn a FHIR R4 Questionnaire into a worksheet file, and list all that could not be kept."""
    found = read_questionnaire(read_json(take(file, MAX_BYTES)))
    if out.exists():
        raise AnswerError([f"{out} is there already. Name another file."])
    for line in found.lost:
        print(f"Not kept: {line}", file=sys.stderr)
    write(out, as_yaml(found.worksheet))
    for problem in check_paths(out):
        print(f"To settle: {problem}", file=sys.stderr)


@app.command()
def answers(file: File, user: Owner, database: Database = None, key_file: KeyFile = None) -> None:
    """Enter the result file of an offline form, or a FHIR QuestionnaireResponse, as a client's entry."""
    raw = take(file, MOST_BYTES)
    told = read_result(raw, load_catalog())
    with open_store(database, key_file, create=False) as store:
        desk = store.desk_for(user)
        saved = desk.transcribe(
            told.worksheet_id,
            told.answers,
            answered_at=told.answered_at,
            message_id=told.message_id,
            version=told.version,
            assignment_id=told.assignment_id,
            day=told.day,
        )
    print("It was entered before; nothing was changed." if saved.repeated else "Entered.")


@app.command()
def csv(file: File, database: Database = None, key_file: KeyFile = None) -> None:
    """Enter measures from rows of client, worksheet, day, item, value: all of them, or none and why."""
    catalog = load_catalog()
    told = read_csv(take(file, MOST_BYTES), catalog)
    faults = [line for one in told for line in refused(catalog, one)]
    if faults:
        raise AnswerError(faults[:50])
    entered = repeated = 0
    with open_store(database, key_file, create=False) as store:
        desks = {one.client: store.desk_for(one.client) for one in told}
        for one in told:
            saved = desks[one.client].transcribe(
                one.worksheet_id,
                one.answers,
                answered_at=one.answered_at,
                message_id=one.message_id,
                day=one.day,
            )
            entered, repeated = entered + (not saved.repeated), repeated + saved.repeated
    print(f"Entered {entered}; {repeated} were there already.")


def refused(catalog: Mapping[str, Worksheet], one: Told) -> list[str]:
    """Return a line for each item that its worksheet would refuse, by worksheet and day."""
    found = validate(catalog[one.worksheet_id], one.answers, final=True, day=one.day)
    return [f"{one.worksheet_id} of {one.day}: {item}: {text}" for item, text in found.refused.items()]


def take(file: Path, most: int) -> bytes:
    """Return what is in a file of at most so many bytes."""
    try:
        if file.stat().st_size > most:
            raise AnswerError([f"{file}: expected at most {most} bytes, got {file.stat().st_size}"])
        return file.read_bytes()
    except OSError as error:
        raise NotFoundError(f"{file} could not be read: {error.strerror or 'no reason given'}.") from error
