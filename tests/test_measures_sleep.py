from datetime import date

import pytest

from iopkit.measures.sleep import night

NEW_YORK = "America/New_York"


def diary(
    times: str, latency: int = 0, awakenings: int = 0, awake: int = 0, **more: object
) -> dict[str, object]:
    into, tried, final, out = times.split()
    return {
        "into_bed": into,
        "tried_to_sleep": tried,
        "final_awakening": final,
        "out_of_bed": out,
        "sleep_latency": latency,
        "awakenings": awakenings,
        "awake_minutes": awake,
        **more,
    }


@pytest.mark.parametrize(
    ("day", "answers", "figures"),
    [
        (
            date(2026, 1, 13),
            diary("22:45 23:15 06:30 07:00", 25, 3, 40),
            {"tib": 495, "spt": 435, "tst": 370, "twak": 30, "se": 74.7, "se_dse": 85.1, "midsleep": 185},
        ),
        (
            date(2026, 1, 13),
            diary("22:45 23:15 06:30 07:00", 25, 3, 40, terminal_minutes=20),
            {"tib": 495, "spt": 435, "tst": 370, "twak": 30, "se": 74.7, "se_dse": 81.3, "midsleep": 185},
        ),
        (
            date(2026, 3, 8),
            diary("23:00 23:15 06:45 07:00", 20, 1, 15),
            {"tib": 420, "spt": 390, "tst": 355, "twak": 15, "se": 84.5, "se_dse": 91.0, "midsleep": 220},
        ),
        (
            date(2026, 1, 14),
            diary("00:10 00:40 06:20 06:20", 45),
            {"tib": 370, "spt": 340, "tst": 295, "twak": 0, "se": 79.7, "se_dse": 86.8, "midsleep": 232.5},
        ),
    ],
    ids=["winter night", "still trying to sleep", "spring forward", "after midnight"],
)
def test_the_worked_nights_come_out(day: date, answers: dict[str, object], figures: dict[str, float]):
    worked = night(answers, day=day, zone=NEW_YORK)

    assert worked.values == figures
    assert worked.asks == {}
    assert worked.refused == {}


def test_an_hour_won_in_autumn_is_time_in_bed():
    worked = night(diary("23:00 23:00 06:00 06:00"), day=date(2026, 11, 1), zone=NEW_YORK)

    assert worked.values["tib"] == 8 * 60


def test_where_clocks_do_not_change_the_wall_clock_counts():
    worked = night(diary("23:00 23:15 06:45 07:00", 20, 1, 15), day=date(2026, 3, 8), zone="America/Phoenix")

    assert worked.values["tib"] == 480


def test_a_night_that_begins_before_midnight_the_day_before_last_is_one_night():
    worked = night(diary("23:50 23:55 23:40 23:45"), day=date(2026, 1, 13), zone=NEW_YORK)

    assert worked.values["tib"] == 23 * 60 + 55
    assert worked.asks["out_of_bed"] == "This makes 23 h 55 min in bed. Is that right?"


def test_never_waking_up_means_no_minutes_awake():
    answers = diary("22:45 23:15 06:30 07:00", 25)
    del answers["awake_minutes"]

    assert night(answers, day=date(2026, 1, 13), zone=NEW_YORK).values["tst"] == 410


@pytest.mark.parametrize(
    ("times", "item", "text"),
    [
        ("23:30 23:15 06:30 07:00", "tried_to_sleep", "This is before you got into bed."),
        ("22:45 23:15 07:30 07:00", "out_of_bed", "This is before you woke up for the last time."),
        ("22:45 23:15 18:30 07:00", "final_awakening", "Is this 6:30 am, with morning and evening mixed up?"),
        ("22:45 11:15 06:30 07:00", "tried_to_sleep", "Is this 11:15 pm, with morning and evening mixed up?"),
    ],
)
def test_times_that_cannot_follow_one_another_are_refused(times: str, item: str, text: str):
    worked = night(diary(times), day=date(2026, 1, 13), zone=NEW_YORK)

    assert list(worked.refused) == [item]
    assert worked.refused[item].startswith(text)
    assert worked.values == {}


def test_more_minutes_awake_than_the_night_has_are_refused():
    worked = night(diary("22:45 23:15 06:30 07:00", 400, 2, 36), day=date(2026, 1, 13), zone=NEW_YORK)

    longer = "These minutes awake are longer than from lights out to waking up. Please check them."
    assert worked.refused == {"awake_minutes": longer}


def test_awake_for_the_whole_night_is_possible():
    worked = night(diary("22:45 23:15 06:30 07:00", 400, 2, 35), day=date(2026, 1, 13), zone=NEW_YORK)

    assert worked.refused == {}
    assert worked.values["tst"] == 0
    assert worked.values["se"] == 0.0


@pytest.mark.parametrize(
    ("answers", "item", "text"),
    [
        (diary("05:00 05:00 07:59 07:59"), "out_of_bed", "This makes 2 h 59 min in bed. Is that right?"),
        (diary("19:00 19:00 09:01 09:01"), "out_of_bed", "This makes 14 h 1 min in bed. Is that right?"),
        (
            diary("10:45 23:15 06:30 07:00"),
            "into_bed",
            "Is this 10:45 pm, with morning and evening mixed up?",
        ),
        (
            diary("22:45 23:15 06:30 07:00", 10, 0, 30),
            "awakenings",
            "No waking up, yet minutes awake in the night. Which of the two is right?",
        ),
        (
            diary("22:45 23:15 06:30 07:00", terminal_minutes=31),
            "terminal_minutes",
            "This is longer than from the last waking to getting up. Is that right?",
        ),
    ],
)
def test_an_unlikely_night_is_asked_about_and_still_worked_out(
    answers: dict[str, object], item: str, text: str
):
    worked = night(answers, day=date(2026, 1, 13), zone=NEW_YORK)

    assert worked.asks[item] == text
    assert worked.refused == {}
    assert worked.values["tst"] is not None


@pytest.mark.parametrize("times", ["05:00 05:00 08:00 08:00", "19:00 19:00 09:00 09:00"])
def test_three_and_fourteen_hours_in_bed_are_not_asked_about(times: str):
    assert night(diary(times), day=date(2026, 1, 13), zone=NEW_YORK).asks == {}


def test_a_time_that_the_clock_change_skips_is_asked_again():
    worked = night(diary("02:30 02:40 08:00 08:00"), day=date(2026, 3, 8), zone=NEW_YORK)

    asked = "The clocks went forward that night and this time did not exist. When was it?"
    assert worked.asks == {"into_bed": asked, "tried_to_sleep": asked}
    assert worked.values == {}


def test_a_time_that_the_clock_change_doubles_is_asked_about():
    worked = night(diary("01:30 02:10 08:00 08:00"), day=date(2026, 11, 1), zone=NEW_YORK)

    assert worked.asks == {
        "into_bed": "The clocks went back and this time came twice. The first is used here. Is it right?"
    }
    assert worked.values["tib"] == 7.5 * 60


def test_a_missing_time_leaves_no_figures_and_says_so():
    answers = diary("22:45 23:15 06:30 07:00")
    del answers["out_of_bed"]

    worked = night(answers, day=date(2026, 1, 13), zone=NEW_YORK)

    assert worked.values == {}
    assert worked.gaps == {"out_of_bed": "No time, so the night cannot be worked out."}


def test_without_minutes_of_falling_asleep_only_spans_are_known():
    answers = diary("22:45 23:15 06:30 07:00")
    del answers["sleep_latency"]

    worked = night(answers, day=date(2026, 1, 13), zone=NEW_YORK)

    assert worked.values == {"tib": 495, "spt": 435, "twak": 30}
    assert worked.gaps == {"sleep_latency": "No minutes, so sleep time cannot be worked out."}
