"""Marks of appointments: on the axis that all pictures share, and named for whoever listens."""

from datetime import date, timedelta

import pytest
from drawing import parts
from shipped import load

from iopkit.charts import Band, Point, Scale, pictures, to_svg, trend
from iopkit.charts.appointments import mark_appointments
from iopkit.charts.axis import Frame, size
from iopkit.charts.span import Span
from iopkit.measures.shapes import Filled

START, END = date(2026, 1, 12), date(2026, 3, 8)
MET = [date(2026, 2, 3), date(2026, 2, 10)]


def marked(days, language="en"):
    points = [Point(START + timedelta(7 * n), 10) for n in range(6)]
    figure = trend("PHQ-9", points, scale=Scale(0, 27), start=START, end=END, language=language)
    return figure, mark_appointments(figure, days, Span(START, END, language))


def lines(figure):
    return [one for one in parts(figure.svg, "path") if one[1]["class"] == "chart-appointment"]


def names(figure):
    """Return what the parts of a picture are called."""
    return [one[2][0] for one in parts(figure.svg, "title")]


def test_each_appointment_is_a_line_through_the_picture_on_a_triangle():
    _plain, figure = marked(MET)

    x = size(Frame(START, END, 0, 1).x(MET[0]))
    assert lines(figure)[0][1]["d"] == f"M{x} 16V194"
    assert len(parts(figure.svg, "polygon")) == 2


def test_the_days_stand_in_the_words_and_in_each_mark():
    plain, figure = marked(MET)

    assert figure.summary == f"{plain.summary} Appointments on 3 Feb, 10 Feb."
    assert names(figure)[1] == "Appointment: Tue 3 February"
    assert parts(figure.svg, "desc")[0][2] == [figure.summary]
    assert figure.table == plain.table


def test_many_are_counted_and_not_named():
    _plain, figure = marked([START + timedelta(7 * n) for n in range(8)])

    assert figure.summary.endswith(" 8 appointments are marked.")


@pytest.mark.parametrize("days", [[], [START - timedelta(1), END + timedelta(1)]])
def test_without_an_appointment_in_its_days_a_picture_stays_as_it_is(days):
    plain, figure = marked(days)

    assert figure is plain


def test_two_on_one_day_are_one_mark():
    _plain, figure = marked([MET[0], MET[0]])

    assert len(lines(figure)) == 1
    assert figure.summary.endswith(" Appointment on 3 Feb.")


def test_the_marks_lie_over_the_bands_and_behind_what_was_measured():
    points = [Point(START + timedelta(7 * n), 10) for n in range(6)]
    scale = Scale(0, 27, (Band("few", 0, 9), Band("many", 10, 27)))
    figure = trend("PHQ-9", points, scale=scale, start=START, end=END)

    svg = to_svg(mark_appointments(figure, MET, Span(START, END)).svg)

    places = [svg.index(name) for name in ("chart-band-2", "chart-appointment", "chart-grid", "chart-dot")]
    assert places == sorted(places)


def test_words_are_in_the_readers_language():
    assert marked(MET, "es")[1].summary.endswith(" Citas el 3 feb, 10 feb.")


def entries(worksheet, scores):
    """Return an entry each week."""
    days = [START + timedelta(7 * n) for n in range(6)]
    return [Filled(day, {}, scores | {"total": 10.0 + n}) for n, day in enumerate(days)]


def test_all_pictures_of_a_worksheet_with_time_on_their_axis_have_the_same_marks():
    sheet = load()["phq-9"]

    drawn = pictures(sheet, entries(sheet, {}), start=START, end=END, clinician=True, marked=MET)

    found = {line[1]["d"].split("V")[0] for figure in drawn.figures for line in lines(figure)}
    xs = {f"M{size(Frame(START, END, 0, 1).x(day))} 16" for day in MET}
    assert found == xs
