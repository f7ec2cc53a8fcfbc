"""What went well in the last seven days: entries, minutes of practice, small wins. No streaks to lose."""

from collections.abc import Sequence
from datetime import date, timedelta

from iopkit.clinic.record import Entry
from iopkit.words import say, several
from iopkit.worksheets.evaluation import rows

DAYS = timedelta(6)
PRACTICE = ("mindfulness-practice", "guided-breathing", "body-scan", "five-senses-grounding")
SMALL_WINS = "small-wins"
LONGEST = 90


def wins(entries: Sequence[Entry], today: date, language: str = "en") -> list[str]:
    """Return a few lines about the last seven days; none when there is nothing to tell."""
    recent = [entry for entry in entries if today - DAYS <= entry.about <= today]
    lines = []
    if recent:
        lines.append(
            several(
                "{count} worksheet in the last 7 days",
                "{count} worksheets in the last 7 days",
                language,
                len(recent),
            )
        )
    minutes = practised(recent)
    if minutes:
        lines.append(several("{count} minute of practice", "{count} minutes of practice", language, minutes))
    win = small_win(recent)
    return [*lines, *([say("A win you noted: {win}", language, win=win)] if win else [])]


def practised(entries: Sequence[Entry]) -> int:
    """Return the minutes of practice in some entries, as far as they were noted."""
    found = (entry.scores.get("minutes") for entry in entries if entry.worksheet_id in PRACTICE)
    return round(sum(minutes for minutes in found if minutes))


def small_win(entries: Sequence[Entry]) -> str:
    """Return the newest small win in the client's own words, shortened; "" without one."""
    for entry in entries:
        if entry.worksheet_id == SMALL_WINS:
            for row in rows(entry.answers.get("wins")):
                text = " ".join(str(row.get("win") or "").split())
                if text:
                    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
    return ""
