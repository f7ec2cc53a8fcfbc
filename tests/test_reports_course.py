"""The course of one client: nights as bars, measures as lines, homework as counts."""

from datetime import date, time, timedelta

import pytest
from conftest import Clinic, Clock
from shipped import NIGHT, catalog, load, phq9, send

from iopkit.charts import NightBar
from iopkit.reports.course import course, night_bars, nights, weeks_before
from iopkit.reports.homework import due, period_adherence, week_adherence

__all__ = ["catalog"]
TODAY = date(2026, 3, 13)
ZONE = "America/New_York"


def test_the_worked_night_becomes_a_bar_from_the_evening_before(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.ava)
    send(desk, "sleep-diary", NIGHT)

    assert night_bars(desk.entries(clinic.ava.id)) == [
        NightBar(TODAY, into_bed=-75, asleep=-20, awake=390, out_of_bed=420, tst=370, se=74.7)
    ]
    assert nights(desk.entries(clinic.ava.id))[TODAY].se_dse == 85.1


def test_to_bed_after_midnight_lies_on_the_same_day(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.ava)
    late = {
        "into_bed": "00:10",
        "tried_to_sleep": "00:40",
        "final_awakening": "06:20",
        "out_of_bed": "06:20",
        "sleep_latency": 45,
        "awakenings": 0,
        "awake_minutes": 0,
    }
    send(desk, "sleep-diary", late)

    (bar,) = night_bars(desk.entries(clinic.ava.id))
    assert (bar.into_bed, bar.asleep, bar.awake, bar.out_of_bed, bar.tst) == (10, 85, 380, 380, 295)


def test_two_entries_about_one_day_count_once_and_the_later_stands(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    send(desk, "phq-9", phq9(18))
    clock.pass_(minutes=5)
    send(desk, "phq-9", phq9(12))

    line = course(desk.entries(clinic.ava.id), load()["phq-9"])

    assert [(point.day, point.value, point.note) for point in line.points] == [
        (TODAY, 12.0, "moderate, version 1.0")
    ]
    assert line.change() is None


def test_a_measure_takes_its_range_and_bands_from_the_worksheet(clinic: Clinic) -> None:
    line = course([], load()["phq-9"])

    assert (line.scale.low, line.scale.high) == (0, 27)
    assert [(band.name, band.low, band.high) for band in line.scale.bands] == [
        ("minimal", 0, 4),
        ("mild", 5, 9),
        ("moderate", 10, 14),
        ("moderately severe", 15, 19),
        ("severe", 20, 27),
    ]


def test_weeks_end_on_the_day_and_both_ends_count() -> None:
    span = weeks_before(TODAY, 2)

    assert (span["end"] - span["start"]).days == 13


def test_what_is_due_is_paired_with_what_came_in(clinic: Clinic) -> None:
    given = clinic.desk(clinic.ina).assign(
        clinic.ava.id, "sleep-diary", "individual", note="", rrule="FREQ=DAILY", starts=TODAY - timedelta(1)
    )
    desk = clinic.desk(clinic.ava)
    entry_id = send(desk, "sleep-diary", NIGHT, assignment_id=given.id)

    pairs = due(given, desk.entries(clinic.ava.id), today=TODAY, zone=ZONE)

    assert [(one.occurrence.day, one.entry and one.entry.id) for one in pairs[:3]] == [
        (TODAY - timedelta(1), None),
        (TODAY, entry_id),
        (TODAY + timedelta(1), None),
    ]


def test_an_entry_made_for_one_assignment_does_not_count_for_another(clinic: Clinic) -> None:
    assign = clinic.desk(clinic.ina).assign
    first = assign(clinic.ava.id, "sleep-diary", "individual", note="", starts=TODAY)
    second = assign(clinic.ava.id, "sleep-diary", "individual", note="", starts=TODAY)
    desk = clinic.desk(clinic.ava)
    send(desk, "sleep-diary", NIGHT, assignment_id=first.id)

    entries = desk.entries(clinic.ava.id)

    assert due(first, entries, today=TODAY, zone=ZONE)[0].entry is not None
    assert due(second, entries, today=TODAY, zone=ZONE)[0].entry is None


def test_an_entry_nobody_asked_for_counts_for_what_was_given(clinic: Clinic) -> None:
    given = clinic.desk(clinic.ina).assign(clinic.ava.id, "sleep-diary", "individual", note="", starts=TODAY)
    desk = clinic.desk(clinic.ava)
    send(desk, "sleep-diary", NIGHT)

    assert due(given, desk.entries(clinic.ava.id), today=TODAY, zone=ZONE)[0].entry is not None


@pytest.mark.parametrize(("hour", "words"), [(18, "0 of 2"), (22, "0 of 1")])
def test_the_week_counts_what_was_due_by_now(clinic: Clinic, clock: Clock, hour: int, words: str) -> None:
    given = clinic.desk(clinic.ina).assign(
        clinic.ava.id,
        "sleep-diary",
        "individual",
        note="",
        rrule="FREQ=DAILY",
        due=time(hour),
        starts=TODAY - timedelta(1),
    )

    assert week_adherence([given], [], now=clock(), zone=ZONE).words == words


def test_a_period_counts_only_its_own_days(clinic: Clinic, clock: Clock) -> None:
    given = clinic.desk(clinic.ina).assign(
        clinic.ava.id, "sleep-diary", "individual", note="", rrule="FREQ=DAILY", starts=TODAY - timedelta(9)
    )
    span = {"since": TODAY - timedelta(5), "until": TODAY - timedelta(3)}

    counts = period_adherence([given], [], **span, now=clock(), zone=ZONE)

    assert counts.words == "0 of 3"
