"""The pictures of a worksheet come from its own ``charts``, from real answers, or say what they wait for."""

import re
from datetime import date, timedelta
from functools import cache

import pytest
from drawing import parts, texts

from iopkit.charts import Pictures, pictures
from iopkit.charts.choices import choice_texts
from iopkit.measures.shapes import Filled
from iopkit.worksheets import Worksheet, load_catalog, score

MONDAY = date(2026, 3, 2)
SPAN = {"start": MONDAY - timedelta(49), "end": MONDAY + timedelta(6)}
ZONE = "America/New_York"
ATTRIBUTE = re.compile(r"^(?!on|style$|href$|xlink)[a-zA-Z][a-zA-Z-]*$")
"""What the page lets through (frontend/src/figure.js)."""


@cache
def catalog() -> dict[str, Worksheet]:
    return dict(load_catalog())


def filled(worksheet_id: str, *days: tuple[int, dict[str, object]]) -> list[Filled]:
    """Score answers as the store does, ``days`` after the Monday."""
    sheet = catalog()[worksheet_id]
    found = []
    for after, answers in days:
        day = MONDAY + timedelta(after)
        scored = score(sheet, answers, day=day, zone=ZONE)
        found.append(Filled(day, answers, scored.scores, scored.bands, sheet.version))
    return found


def draw(worksheet_id: str, *days: tuple[int, dict[str, object]], clinician: bool = False) -> Pictures:
    found = pictures(catalog()[worksheet_id], filled(worksheet_id, *days), clinician=clinician, **SPAN)
    assert found is not None
    return found


def urges(*rows: dict[str, object]) -> dict[str, object]:
    return {"urges": list(rows), "safe_now": "yes"}


def urge(time: str, *, used: str = "no", coping: str = "called", craving: int = 6) -> dict[str, object]:
    return {"time": time, "craving": craving, "intention": 3, "used": used, "coping": [coping]}


def summaries(found: Pictures) -> dict[str, str]:
    return {figure.title: figure.summary for figure in found.figures}


def test_a_worksheet_without_entries_has_no_pictures() -> None:
    assert pictures(catalog()["urge-log"], [], **SPAN) is None


def test_entries_outside_the_time_are_left_out() -> None:
    early = filled("urge-log", (-90, urges(urge("21:00"))))

    assert pictures(catalog()["urge-log"], early, **SPAN) is None


def test_too_few_entries_say_how_many_more_are_needed() -> None:
    found = draw("urge-log", (0, urges(urge("21:00"), urge("22:00"))))

    assert found.title == "Urge log"
    assert found.figures == []
    assert found.waiting == [
        "“When urges come” needs 3 more (urges with a time), then it is drawn here.",
        "“Ridden out, by way to cope” needs 1 more (urges with a way to cope), then it is drawn here.",
        "“Urges by day” needs 1 more (entries), then it is drawn here.",
        "“Craving and intention” needs 1 more (entries), then it is drawn here.",
    ]


def test_urges_become_a_grid_of_hours_ways_with_n_a_calendar_and_lines() -> None:
    found = draw(
        "urge-log",
        (0, urges(urge("21:10"), urge("22:30", used="some", coping="left"))),
        (1, urges(urge("21:50", craving=8), urge("07:15", coping="left", used="some"))),
        (3, urges(urge("21:00", coping="left"), urge("23:00", used="yes"))),
    )

    assert found.waiting == []
    assert summaries(found) == {
        "When urges come": "6 urges with a time: most from 9 pm (3).",
        "Ridden out, by way to cope": (
            "Ridden out, by way to cope: highest for “Called or texted somebody”, 67%, n 3, "
            "lowest for “Left the place”, 33%, n 3."
        ),
        "Urges by day": "Urges by day: 6 in all, on 3 days in 8 weeks.",
        "Craving and intention": "Craving 6 → 6, Intention to act 3 → 3; 2 Mar to 5 Mar, n 3.",
    }


def test_each_feeling_of_thought_records_is_a_slope_with_its_name() -> None:
    record = {
        "feelings": [{"feeling": "hurt", "before": 80, "after": 45}],
        "thoughts": [{"thought": "He is sick of me.", "belief": 90}],
        "evidence_against": "He works until eight.",
        "balanced_thought": "He works until eight.",
        "hot_belief_after": 40,
        "situation": "No answer.",
    }

    found = draw("thought-record", (0, record), (2, {**record, "hot_belief_after": 30}))

    assert summaries(found)["Belief in the hot thought"] == (
        "Belief in the hot thought: on average before 90, after 35, n 2."
    )
    assert found.figures[0].table.rows[0][1:] == ["80", "45", "2"]
    assert found.figures[0].table.rows[0][0].lower() == "hurt"


def test_the_diary_card_is_a_week_on_one_page_and_urges_without_acts() -> None:
    def card(urge: int, acted: str) -> dict[str, object]:
        return {"behaviors": [{"behavior": "Drinking alone", "urge": urge, "acted": acted}]}

    found = draw("dbt-diary-card", (0, card(4, "no")), (1, card(2, "yes")), (3, card(0, "no")))

    assert summaries(found)["The week on one page"] == (
        "The week of 2 Mar, 3 days of 7 with a card: urges not acted on 1 ×, acted on 1 ×."
    )
    assert summaries(found)["Urges, acted on or not"] == (
        "2 answers about a behavior in 1 week: 1 urge, not acted on, 1 acted on."
    )


def test_weeks_of_medicine_minutes_and_anchors_are_columns() -> None:
    medicine = [(day, {"medicines": [{"medicine": "A", "taken": "no" if day else "yes"}]}) for day in (0, 1)]
    practice = [(day, {"minutes": 10}) for day in (0, 7 - 14)]
    anchor = {"anchors": [{"anchor": "wake", "planned": "07:00", "done": "yes", "actual": "07:00"}]}

    assert summaries(draw("medication-log", *medicine))["Taken as prescribed, by week"] == (
        "Taken as prescribed, by week: 50% in the week of 2 Mar (2 due on 2 of 7 days)."
    )
    assert summaries(draw("mindfulness-practice", *practice))["Minutes practised a week"] == (
        "Minutes practised a week: 10 min in the week of 23 Feb, 10 min in the week of 2 Mar, n 2 weeks."
    )
    routine = summaries(draw("daily-routine", (0, anchor), (1, anchor), (2, anchor)))
    assert routine["Share of anchors kept, by week"] == (
        "Share of anchors kept, by week: 100% in the week of 2 Mar (3 of 7 days)."
    )
    assert routine["How much getting up varies"] == (
        "How much getting up varies: 0 min in the week of 2 Mar (3 mornings)."
    )


def test_what_became_of_a_plan_is_a_stack_and_expected_beside_real_a_slope() -> None:
    plan = {"activities": [{"activity": "Walk", "done": "yes"}, {"activity": "Call Jo", "done": "no"}]}
    test = {"predicted": 8, "actual": 3, "done": "yes"}

    assert summaries(draw("behavioral-activation", (0, plan), (3, plan)))["What became of the plan"] == (
        "4 planned activities in 1 week: 2 done, at least in part, 2 not this time."
    )
    assert summaries(draw("social-challenge", (0, {**test, "step": "Say hello."})))["Expected and real"] == (
        "Expected and real: on average expected 8, real 3, n 1."
    )


def test_feelings_by_part_of_day_name_each_part_with_n() -> None:
    felt = [
        (day, {"time": time, "feelings": [{"feeling": "angry", "before": strength, "after": 20}]})
        for day, time, strength in ((0, "08:00", 40), (1, "09:00", 60), (2, "21:00", 80), (3, "21:30", 90))
    ]

    waiting = draw("emotion-log", *felt)
    found = draw("emotion-log", *felt, (4, felt[0][1]))

    assert waiting.waiting == [
        "“How strong, by part of the day” needs 1 more (entries with a time and a feeling), "
        "then it is drawn here."
    ]
    assert texts(found.figures[1].svg) == ["Morning", "47, n 3", "Evening", "85, n 2"]


def test_what_compares_two_people_is_for_the_clinician_only() -> None:
    talk = {
        "turns": [{"speaker": "me", "confirmed": "yes"}, {"speaker": "partner", "confirmed": "partly"}],
        "felt_heard": 6,
    }
    days = [(-7, talk), (0, talk)]

    own = [figure.title for figure in draw("speaker-listener", *days).figures]
    all_ = [figure.title for figure in draw("speaker-listener", *days, clinician=True).figures]

    assert "Turns in which the writer spoke" not in own
    assert all_ == [*own, "Turns in which the writer spoke"]


def test_an_instrument_is_drawn_with_its_bands_from_the_first_entry_on() -> None:
    found = draw("phq-9", (0, {f"phq9_{number}": 1 for number in range(1, 10)}))

    (figure,) = found.figures
    assert figure.summary == "PHQ-9 total: one entry, 9 on 2 Mar."
    assert "moderately severe" in texts(figure.svg)
    assert figure.table.rows == [["Mon 2 March", "9", "mild, version 1.0"]]


def test_two_entries_of_an_instrument_on_one_day_count_once() -> None:
    answers = {f"phq9_{number}": 1 for number in range(1, 10)}

    found = draw("phq-9", (0, answers), (0, {**answers, "phq9_1": 3}))

    assert found.figures[0].table.rows == [["Mon 2 March", "11", "moderate, version 1.0"]]


def test_minutes_of_one_day_are_added_in_the_calendar() -> None:
    found = draw("mindfulness-practice", (0, {"minutes": 10}), (0, {"minutes": 5}), (1, {"minutes": 8}))

    calendar = next(figure for figure in found.figures if figure.title == "Days with practice")
    assert calendar.table.rows == [["Mon 2 March", "15 min"], ["Tue 3 March", "8 min"]]


def test_the_texts_of_choices_come_without_their_explanation() -> None:
    styles = choice_texts(catalog()["thought-record"], "styles")

    assert styles["mind_reading"] == "Mind reading"
    assert choice_texts(catalog()["urge-log"], "urges.coping")["called"] == "Called or texted somebody"
    assert choice_texts(catalog()["urge-log"], "learned")["other"] == "something else"


@pytest.mark.parametrize("sheet", sorted(catalog()))
def test_no_chart_of_a_shared_room_is_about_the_partner(sheet: str) -> None:
    for chart in catalog()[sheet].charts:
        words = f"{chart.title} {' '.join(chart.scores)}".lower()
        assert chart.audience == "clinician" or not {"partner", "my_turns"} & set(words.split())


def test_every_shape_in_a_picture_can_be_built_by_the_page() -> None:
    allowed = {"svg", "g", "title", "desc", "path", "line", "polyline", "polygon", "rect", "circle", "text"}
    found = draw("urge-log", *((day, urges(urge("21:00"), urge("22:00"))) for day in range(4)))

    used = {tag for figure in found.figures for tag in allowed if parts(figure.svg, tag)}
    everything = {part[0] for figure in found.figures for part in walk(figure.svg)}

    assert everything == used
    assert [
        name for figure in found.figures for name in attributes(figure.svg) if not ATTRIBUTE.match(name)
    ] == []


def attributes(drawn: list) -> set[str]:
    return {name for part in walk(drawn) for name in part[1]}


def walk(drawn: list) -> list:
    return [drawn, *(part for child in drawn[2] if isinstance(child, list) for part in walk(child))]
