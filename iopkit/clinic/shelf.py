"""Worksheets as the store keeps them: each version as it was when somebody filled it in."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from iopkit.clinic.office import Office
from iopkit.clinic.tables import EntryRow, WorksheetRow
from iopkit.errors import NotFoundError
from iopkit.words import sentence
from iopkit.worksheets import Catalog, Worksheet, load_catalog
from iopkit.worksheets.search import Index

UNKNOWN = sentence("There is no worksheet by that id and version.")


def catalog(office: Office) -> Catalog:
    """Return the worksheets that can be given, read once for each store."""
    if "catalog" not in office.memory:
        office.memory["catalog"] = load_catalog()
    found: Catalog = office.memory["catalog"]
    return found


def index(office: Office, language: str, worksheets: Iterable[Worksheet]) -> Index:
    """Return the search index of the worksheets in a language, made once for each store."""
    made: dict[str, Index] = office.memory.setdefault("index", {})
    if language not in made:
        made[language] = Index(worksheets)
    return made[language]


def newest(office: Office, worksheet_id: str) -> Worksheet:
    """Return the newest version in the catalog."""
    try:
        return catalog(office)[worksheet_id]
    except KeyError as error:
        raise NotFoundError(UNKNOWN) from error


def said(office: Office, worksheet: Worksheet, language: str) -> Worksheet:
    """Return a worksheet with its texts in a language, as far as the catalog has them."""
    if language == worksheet.language:
        return worksheet
    return catalog(office).in_language(worksheet, language)


def kept(office: Office, session: Session, worksheet_id: str, version: str) -> Worksheet:
    """Return a version as it was filled in."""
    row = session.get(WorksheetRow, (worksheet_id, version))
    if row is None:
        raise NotFoundError(UNKNOWN)
    return _parse(office, row.content)


def as_asked(worksheet: Worksheet, settings: Mapping[str, Any]) -> Worksheet:
    """Return a worksheet with those settings that fit it; an edited one may have let go of some."""
    return worksheet.with_settings(worksheet.fitting(settings))


def keep(office: Office, session: Session, worksheet: Worksheet) -> None:
    """Store a worksheet beside its first entry; until a submit, an edit without a new version replaces it."""
    content = worksheet.model_dump_json()
    row = session.get(WorksheetRow, (worksheet.id, worksheet.version))
    if row is None:
        _insert(session, id=worksheet.id, version=worksheet.version, content=content)
    elif row.content != content and not _is_submitted(session, worksheet):
        row.content = content


def _insert(session: Session, **values: str) -> None:
    """Store a version unless somebody who begins the same worksheet at this moment has just stored it."""
    is_server = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert(WorksheetRow) if is_server else sqlite.insert(WorksheetRow)
    session.execute(insert.values(**values).on_conflict_do_nothing())


def _is_submitted(session: Session, worksheet: Worksheet) -> bool:
    same = select(EntryRow.id).where(
        EntryRow.worksheet_id == worksheet.id,
        EntryRow.version == worksheet.version,
        EntryRow.status == "submitted",
    )
    return session.scalars(same.limit(1)).first() is not None


def _parse(office: Office, content: str) -> Worksheet:
    parsed: dict[str, Worksheet] = office.memory.setdefault("worksheets", {})
    if content not in parsed:
        parsed[content] = Worksheet.model_validate_json(content)
    return parsed[content]
