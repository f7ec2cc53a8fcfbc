"""Reads answers that were given elsewhere: a result file of an offline form, or rows of CSV."""

import csv
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from iopkit.errors import AnswerError, WorksheetError
from iopkit.exchange.fhir.answers import read_response
from iopkit.exchange.fhir.read import read_json
from iopkit.worksheets.elements import BooleanQuestion, ManyQuestion, SelectQuestion, SingleQuestion
from iopkit.worksheets.evaluation import is_number
from iopkit.worksheets.model import Item, Worksheet

FORMAT = "iopkit-answers"
MAX_BYTES = 4_000_000
MOST_ROWS = 20_000
LONGEST_CELL = 20_000
COLUMNS = ("client", "worksheet", "day", "item", "value")
NOON = time(12)


@dataclass(frozen=True, repr=False)
class Told:
    """Answers from elsewhere: of whom (user name or id, "" when the file does not say), to what, when."""

    client: str
    worksheet_id: str
    version: str | None
    assignment_id: str | None
    answers: Mapping[str, Any]
    answered_at: datetime
    day: date | None

    @property
    def message_id(self) -> str:
        """Return an id that the same answers always have, so that a file imported twice is stored once."""
        said = [self.worksheet_id, self.version, self.answers, self.answered_at.isoformat(), str(self.day)]
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def read_result(raw: bytes, worksheets: Mapping[str, Worksheet]) -> Told:
    """Return what a result file of an offline form or a FHIR QuestionnaireResponse holds.

    ``AnswerError`` says what is wrong, never what was answered.
    """
    try:
        data = read_json(raw)
    except WorksheetError as error:
        raise AnswerError(error.problems) from error
    if data.get("resourceType") == "QuestionnaireResponse":
        return _of_response(data, worksheets)
    if data.get("format") != FORMAT:
        raise AnswerError([f"format: expected {FORMAT}, got something else"])
    answers, worksheet = data.get("answers"), data.get("worksheet")
    if not isinstance(answers, dict) or not isinstance(worksheet, str) or len(worksheet) > 64:
        raise AnswerError(["expected a worksheet and its answers, got something else"])
    answered_at = _instant(data.get("answered_at"))
    version, assignment = (_text(data.get(key), 64) for key in ("worksheet_version", "assignment"))
    day = answers.get("day")
    zone = _zone(data.get("zone"))
    about = _day(day) if isinstance(day, str) else answered_at.astimezone(zone).date()
    return Told("", worksheet, version, assignment, answers, answered_at, about)


def _of_response(data: dict[str, Any], worksheets: Mapping[str, Worksheet]) -> Told:
    """Return the answers of a response that names its worksheet and says when it was written."""
    address, _, version = str(data.get("questionnaire") or "").partition("|")
    worksheet = worksheets.get(address.rpartition("/")[2])
    if worksheet is None:
        raise AnswerError(["questionnaire: expected one of the worksheets here, got something else"])
    answers, at = read_response(worksheet, data), _instant(data.get("authored"))
    day = answers.get("day")
    about = _day(day) if isinstance(day, str) else at.date()
    return Told("", worksheet.id, version[:64] or None, None, answers, at, about)


def read_csv(raw: bytes, worksheets: Mapping[str, Worksheet]) -> list[Told]:
    """Return the answers in rows of ``client, worksheet, day, item, value``, one ``Told`` for each day.

    An item that takes several choices may have several rows. ``AnswerError`` names lines, never values.
    """
    if len(raw) > MAX_BYTES:
        raise AnswerError([f"expected a file of at most {MAX_BYTES} bytes, got {len(raw)}"])
    groups: dict[tuple[str, str, date], dict[str, Any]] = {}
    problems: list[str] = []
    try:
        reader = csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline=""))
        missing = [one for one in COLUMNS if one not in (reader.fieldnames or ())]
        if missing:
            raise AnswerError([f"line 1: expected the columns {', '.join(COLUMNS)}; {missing[0]} is missing"])
        for row in reader:
            if reader.line_num > MOST_ROWS or len(problems) > 50:
                problems.append(f"expected at most {MOST_ROWS} lines and few faults; the rest was not read")
                break
            try:
                _take(row, worksheets, groups)
            except (ValueError, AnswerError) as error:
                problems.append(f"line {reader.line_num}: {error}")
    except (UnicodeDecodeError, csv.Error) as error:
        raise AnswerError(["expected CSV in UTF-8, got something else"]) from error
    if problems:
        raise AnswerError(problems)
    return [
        Told(client, worksheet, None, None, answers, datetime.combine(day, NOON, UTC), day)
        for (client, worksheet, day), answers in groups.items()
    ]


def _take(
    row: Mapping[str, Any], worksheets: Mapping[str, Worksheet], groups: dict[tuple[str, str, date], Any]
) -> None:
    """Put one row where it belongs; ``ValueError`` with what was expected."""
    client, worksheet_id, item_id = (str(row[key] or "").strip() for key in ("client", "worksheet", "item"))
    worksheet = worksheets.get(worksheet_id)
    if worksheet is None:
        raise ValueError("worksheet: expected the id of a worksheet, got something else")
    if not client or len(client) > 64:
        raise ValueError("client: expected a user name or id, got something else")
    item = worksheet.items.get(item_id)
    if item is None or item.inner:
        raise ValueError("item: expected an item of this worksheet that is not in a row, got something else")
    day = _day(str(row["day"] or ""))
    answers = groups.setdefault((client, worksheet_id, day), {})
    value = as_answer(item, str(row["value"] or ""))
    if isinstance(item.question, ManyQuestion):
        answers.setdefault(item_id, []).append(value)
    elif item_id in answers:
        raise ValueError("item: expected each item once a day, got it again")
    else:
        answers[item_id] = value


def as_answer(item: Item, text: str) -> object:
    """Return the text of a cell as an answer to an item; ``ValueError`` when it cannot be one."""
    if not text or len(text) > LONGEST_CELL:
        raise ValueError("value: expected a value, got nothing or too much")
    question = item.question
    plain = text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@\t\r" else text
    own = isinstance(question, SingleQuestion) and question.choices_from_question
    if isinstance(question, SelectQuestion) and not own:
        known = {str(one.value): one.value for one in question.options} | {
            one: one for one in question.special
        }
        if plain not in known:
            raise ValueError("value: expected a choice of this item, got something else")
        return known[plain]
    if isinstance(question, BooleanQuestion):
        if plain.lower() not in ("true", "false", "yes", "no", "1", "0"):
            raise ValueError("value: expected yes or no, got something else")
        return plain.lower() in ("true", "yes", "1")
    kind = getattr(question, "input_type", question.type)  # type: ignore[attr-defined]  # each kind has one
    if kind in ("number", "rating", "slider"):
        if not re.fullmatch(r"[-+]?[0-9]{1,12}(\.[0-9]{1,9})?", plain):
            raise ValueError("value: expected a number, got something else")
        number = float(plain)
        return int(number) if number.is_integer() and is_number(number) else number
    return plain


def _text(value: object, most: int) -> str | None:
    return value if isinstance(value, str) and 0 < len(value) <= most else None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if len(text) == 10 else date.fromisoformat("")
    except ValueError as error:
        raise AnswerError(["day: expected a day such as 2026-01-31, got something else"]) from error


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(name) if isinstance(name, str) and 0 < len(name) < 64 else ZoneInfo("UTC")
    except (ValueError, OSError, KeyError):
        return ZoneInfo("UTC")


def _instant(value: object) -> datetime:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) and len(value) < 40 else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not 1900 < found.year < 3000:
        raise AnswerError(["answered_at: expected a time with its zone, got something else"])
    return found
