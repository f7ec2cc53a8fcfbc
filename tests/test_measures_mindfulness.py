from datetime import date

from iopkit.measures.mindfulness import PracticeWeek, practice_weeks

MONDAY = date(2026, 1, 12)


def test_a_week_adds_minutes_and_counts_days_once():
    sessions = [(date(2026, 1, 12), 10.0), (date(2026, 1, 12), 5.0), (date(2026, 1, 18), 20.0)]

    assert practice_weeks(sessions) == [PracticeWeek(MONDAY, days=2, sessions=3, timed=3, minutes=35)]


def test_a_session_without_minutes_makes_a_day_and_adds_none():
    sessions = [(MONDAY, None), (date(2026, 1, 13), 12.0)]

    assert practice_weeks(sessions) == [PracticeWeek(MONDAY, days=2, sessions=2, timed=1, minutes=12)]
    assert practice_weeks([(MONDAY, None)])[0].minutes is None


def test_zero_minutes_is_no_practice():
    assert practice_weeks([(MONDAY, 0)]) == []


def test_weeks_begin_on_monday_and_come_oldest_first():
    weeks = practice_weeks([(date(2026, 1, 19), 5.0), (date(2026, 1, 11), 7.0)])

    assert [(week.start, week.minutes) for week in weeks] == [(date(2026, 1, 5), 7), (date(2026, 1, 19), 5)]
