"""Files that nobody should import, by the thousand: no crash, no hang, no traceback; each seed the same."""

import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from iopkit.errors import IopkitError
from iopkit.exchange.calendar_in import busy_times
from iopkit.exchange.fhir.answers import response
from iopkit.exchange.fhir.questionnaire import questionnaire
from iopkit.exchange.fhir.read import read_json, read_questionnaire
from iopkit.exchange.transcript import read_csv, read_result
from iopkit.exchange.yaml_text import as_yaml
from iopkit.worksheets import load_catalog, load_worksheet, validate
from iopkit.worksheets.check import check_paths

CATALOG = load_catalog()
HERE = Path(__file__).parent
FORMS = [json.loads(one.read_text()) for one in sorted((HERE / "reference").glob("questionnaire-*.json"))]
OURS = ("urge-log", "sleep-diary", "thought-record", "phq-9")
FORMS += [questionnaire(CATALOG[one]).resource for one in OURS]
SHEETS = [path.read_bytes() for path in sorted((HERE.parent / "worksheets").rglob("*log.yaml"))]
RESULT = {
    "format": "iopkit-answers",
    "worksheet": "urge-log",
    "worksheet_version": "1.0",
    "answered_at": "2026-03-12T21:30:00+00:00",
    "zone": "America/New_York",
    "answers": {"urges": [{"peak": 5}], "note": "words", "day": "2026-03-12"},
}
ANSWERS = {"urges": [{"peak": 5, "trigger": ["other"], "trigger-Comment": "words"}], "day": "2026-03-12"}
RESPONSE = {**response(CATALOG["urge-log"], ANSWERS), "authored": "2026-03-12T21:30:00+00:00"}
CALENDARS = [path.read_bytes() for path in sorted((HERE / "data" / "calendars").glob("*.ics"))]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LINES = (
    *("RRULE:FREQ=SECONDLY", "RRULE:FREQ=DAILY;INTERVAL=0", "RRULE:FREQ=MINUTELY;UNTIL=99991231T235959Z"),
    *("RRULE:FREQ=YEARLY;BYMONTHDAY=-31;COUNT=999999999", "EXDATE:20260303T150000Z"),
    *("RECURRENCE-ID:20260303T150000Z", "DTSTART:00010101T000000Z", "DTEND:99991231T235959Z"),
    *("DTSTART;VALUE=DATE:20260231", "DTSTART;TZID=No/Where:1", "DURATION:-P1000000000D", "DURATION:PT"),
    *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VCALENDAR", "TZOFFSETTO:+9999", "TRANSP:"),
    *("X-A;B=" + "c" * 3000 + ":d", " folded", "UID:" + "u" * 70_000),
)
"""Lines of a calendar that mean trouble."""
CELLS = (
    b"client,worksheet,day,item,value\nava,outside-score,2026-10-01,form,isi\nava,gad-7,2026-10-01,gad7_1,2\n"
)
WORDS = (
    *(
        "",
        "a" * 5000,
        "\x00",
        "\udc00",
        "é" * 300,
        "{{7*7}}",
        "../../etc/passwd",
        "=cmd|' /C calc'!A0",
        "NaN",
    ),
    *("<script>x</script>", "%resource.repeat(item).where(linkId='" + "a" * 3000, "(" * 400, "{a} = 'b'"),
    *("((((" * 200 + "%resource.repeat(item).where(linkId='x').answer.exists()", "group", "choice", "text"),
    *("1.0", "2026-13-40"),
)
SLOWEST = 2.0
"""Seconds of this process's own time that one import may take: a busy machine does not count."""


class Chance:
    """Damages files in many ways."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def value(self, deep: int = 0) -> Any:
        """Return any value of JSON."""
        pick = self.random
        if deep > 3 or pick.random() < 0.6:
            return pick.choice([None, True, -1, 0, 2**63, 1e308, *WORDS])
        inner = [self.value(deep + 1) for _ in range(pick.randrange(4))]
        name = pick.choice(("linkId", "item", "type", "url", "code"))
        return inner if pick.random() < 0.5 else {name: inner}

    def changed(self, whole: Any) -> Any:
        """Return a copy of a document with some of its parts changed, doubled, moved or gone."""
        made = json.loads(json.dumps(whole))
        for _ in range(self.random.randint(1, 6)):
            place = made
            while isinstance(place, dict | list) and place:
                key = self.random.choice(list(place) if isinstance(place, dict) else range(len(place)))
                if isinstance(place[key], dict | list) and place[key] and self.random.random() < 0.85:
                    place = place[key]
                    continue
                self.harm(place, key)
                break
        return made

    def harm(self, place: Any, key: Any) -> None:
        """Do one harm to a part."""
        done = self.random.randrange(4)
        if done == 0:
            place[key] = self.value()
        elif done == 1:
            del place[key]
        elif done == 2 and isinstance(place, list):
            place.extend([place[key]] * 40)
        elif done == 3 and isinstance(place, dict):
            place[self.random.choice([*place, *WORDS])] = self.value()

    def bytes(self, raw: bytes) -> bytes:
        """Return bytes of which some are changed, doubled, cut out or cut off."""
        made = bytearray(raw)
        for _ in range(self.random.randint(1, 8)):
            at = self.random.randrange(len(made) + 1)
            done = self.random.randrange(5)
            if done == 0:
                made[at : at + 1] = self.random.randbytes(1)
            elif done == 1:
                del made[at : at + self.random.randrange(60)]
            elif done == 2:
                made[at:at] = made[at : at + 200]
            elif done == 3:
                made[at:at] = self.random.choice(WORDS).encode("utf-8", "surrogatepass")
            else:
                del made[at : None if self.random.random() < 0.1 else at + 1]
        return bytes(made)

    def lines(self, raw: bytes) -> bytes:
        """Return a file of which some lines are others, doubled, moved or gone; sometimes some bytes too."""
        made = raw.splitlines(keepends=True)
        for _ in range(self.random.randint(1, 2)):
            at = self.random.randrange(len(made))
            done = self.random.randrange(4)
            if done == 0:
                made[at] = self.random.choice(LINES).encode() + b"\r\n"
            elif done == 1:
                made.insert(at, self.random.choice(LINES).encode() + b"\r\n")
            elif done == 2:
                made[at:at] = made[at : at + 30] * self.random.choice((1, 20))
            elif len(made) > 1:
                del made[at]
        joined = b"".join(made)
        return self.bytes(joined) if self.random.random() < 0.1 else joined

    def document(self, whole: Any) -> bytes:
        """Return a damaged document as bytes, sometimes nested without end or no JSON at all."""
        pick = self.random.random()
        if pick < 0.02:
            return b'{"item":' + b"[" * 100_000
        if pick < 0.25:
            return self.bytes(json.dumps(whole).encode())
        return json.dumps(self.changed(whole)).encode("utf-8", "surrogatepass")


def a_form(chance: Chance, place: Path) -> None:
    found = read_questionnaire(read_json(chance.document(chance.random.choice(FORMS))))
    if chance.random.random() < 0.1:
        out = place / "form.yaml"
        out.write_text(as_yaml(found.worksheet), encoding="utf-8")
        check_paths(out)


def a_sheet(chance: Chance, place: Path) -> None:
    out = place / "sheet.yaml"
    out.write_bytes(chance.bytes(chance.random.choice(SHEETS)))
    load_worksheet(out)


def a_result(chance: Chance, place: Path) -> None:
    told = read_result(chance.document(chance.random.choice([RESULT, RESPONSE])), CATALOG)
    sheet = CATALOG.get(told.worksheet_id)
    if sheet is not None:
        validate(sheet, told.answers, final=True, day=told.day)
    assert len(told.message_id) == 64


def some_cells(chance: Chance, place: Path) -> None:
    for one in read_csv(chance.bytes(CELLS), CATALOG):
        validate(CATALOG[one.worksheet_id], one.answers, final=True, day=one.day)


def a_calendar(chance: Chance, place: Path) -> None:
    found = busy_times(chance.lines(chance.random.choice(CALENDARS)), zone="America/New_York", now=NOW)
    assert all(one.start < one.end for one in found.spans)


KINDS: dict[str, Callable[[Chance, Path], None]] = {
    "FHIR": a_form,
    "worksheet": a_sheet,
    "result file": a_result,
    "CSV": some_cells,
    "iCalendar": a_calendar,
}


def bombard(kind: str, count: int, place: Path) -> int:
    """Return how many of so many files were refused; anything but a refusal in words is a failure."""
    refused = 0
    for seed in range(count):
        began = time.process_time()
        try:
            KINDS[kind](Chance(seed), place)
        except IopkitError as error:
            refused += bool(str(error))
        except Exception as error:
            raise AssertionError(f"{kind}, seed {seed}: {type(error).__name__}") from error
        assert time.process_time() - began < SLOWEST, (kind, seed)
    return refused


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_damaged_file_is_read_or_refused_in_words(kind: str, tmp_path: Path):
    assert bombard(kind, 30 if kind == "worksheet" else 90, tmp_path) > 5


@pytest.mark.soak
@pytest.mark.parametrize("kind", list(KINDS))
def test_ten_thousand_damaged_files_are_read_or_refused_in_words(kind: str, tmp_path: Path):
    assert bombard(kind, 2_500, tmp_path) > 500


def test_a_file_that_is_too_large_is_refused_before_it_is_read_as_json():
    with pytest.raises(IopkitError, match="expected a file of at most 2000000 bytes"):
        read_json(b" " * 2_000_001)
    with pytest.raises(IopkitError, match="expected a file of at most 4000000 bytes"):
        read_csv(b" " * 4_000_001, CATALOG)
