"""The series that entries offer: which scores, one value a day, from which versions."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from shipped import load

from iopkit.clinic.record import Entry
from iopkit.reports.series import CLOCK, Track, is_daily, tracks

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def entry(
    worksheet: str, day: int, scores: Mapping[str, float | None], *, version: str = "1.0", hour: int = 12
) -> Entry:
    at = NOON.replace(day=day, hour=hour)
    return Entry(
        f"{worksheet}-{day}-{hour}",
        "ava",
        worksheet,
        version,
        "individual",
        None,
        "submitted",
        date(2026, 3, day),
        "UTC",
        at,
        at,
        at,
        1,
        0,
        answers={},
        scores=scores,
        bands={},
        flags=(),
    )


def found(*entries: Entry) -> dict[str, Track]:
    catalog = load()
    return {one.name: one for one in tracks(entries, lambda name: catalog[name])}


def test_a_series_has_one_value_a_day() -> None:
    track = found(entry("sleep-diary", 2, {"se": 80.0}), entry("sleep-diary", 4, {"se": 90.0}))[
        "sleep-diary.se"
    ]

    assert track.days == {date(2026, 3, 2): 80.0, date(2026, 3, 4): 90.0}
    assert (track.unit, track.ends) == ("%", (0.0, 100.0))


def test_a_day_with_several_entries_has_the_sum_of_minutes_and_the_mean_of_a_scale() -> None:
    minutes = {"minutes": 10.0, "urge_before": 4.0}

    tracks_of = found(
        entry("mindfulness-practice", 2, minutes),
        entry("mindfulness-practice", 2, {"minutes": 20.0, "urge_before": 8.0}, hour=18),
    )

    assert tracks_of["mindfulness-practice.minutes"].days == {date(2026, 3, 2): 30.0}
    assert tracks_of["mindfulness-practice.urge_before"].days == {date(2026, 3, 2): 6.0}


def test_what_was_not_answered_is_no_day_and_a_nought_is_one() -> None:
    track = found(entry("urge-log", 2, {"craving": None, "urges": 0}), entry("urge-log", 3, {"craving": 0.0}))

    assert track["urge-log.craving"].days == {date(2026, 3, 3): 0.0}
    assert track["urge-log.urges"].days == {date(2026, 3, 2): 0}
    assert "urge-log.peak" not in track


def test_measures_and_clock_times_are_no_series() -> None:
    names = set(
        found(
            entry("phq-9", 2, {"total": 12.0}),
            entry("sleep-diary", 2, {"midsleep": 200.0, "tst": 400.0}),
        )
    )

    assert names == {"sleep-diary.tst"}


def test_no_score_with_an_order_is_left_out_of_daily_worksheets() -> None:
    left = [
        f"{sheet.id}.{score.name}"
        for sheet in load().values()
        for score in sheet.scores
        if sheet.category != "measures" and not is_daily(score) and score.unit != CLOCK
    ]

    assert left == []


def test_versions_are_known() -> None:
    track = found(
        entry("sleep-diary", 2, {"se": 80.0}, version="1.1"), entry("sleep-diary", 3, {"se": 90.0})
    )["sleep-diary.se"]

    assert track.versions == ("1.0", "1.1")


def test_worksheets_come_by_their_title() -> None:
    names = list(found(entry("urge-log", 2, {"craving": 3.0}), entry("sleep-diary", 2, {"se": 80.0})))

    assert names == ["sleep-diary.se", "urge-log.craving"]
