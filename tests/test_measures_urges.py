from datetime import date

import pytest

from iopkit.measures.urges import Hour, Way, card, hours, log, meeting, trigger_map, ways

DAY = date(2026, 1, 14)


def figures(*urges: dict[str, object]) -> dict[str, float | None]:
    return dict(log({"urges": list(urges)}, day=DAY, zone="UTC").values)


def test_a_log_has_means_the_strongest_urge_and_the_share_ridden_out():
    found = figures(
        {"craving": 7, "intention": 3, "peak": 9, "minutes": 20, "used": "no"},
        {"craving": 4, "intention": 0, "peak": 4, "minutes": 40, "used": "some"},
        {"craving": 4, "used": "no"},
    )

    assert found == {
        "craving": 5,
        "intention": 1.5,
        "peak": 9,
        "ridden_out": 2,
        "ridden_share": pytest.approx(66.67, abs=0.01),
        "minutes": 30,
    }


def test_an_urge_without_a_rating_of_its_worst_moment_counts_with_its_craving():
    assert figures({"craving": 8}, {"craving": 2, "peak": 5})["peak"] == 8


def test_an_answer_held_back_is_neither_used_nor_ridden_out():
    found = figures({"craving": 5, "used": "refused"})

    assert (found["ridden_out"], found["ridden_share"]) == (None, None)


def test_a_rated_0_is_an_answer_and_no_rating_is_none():
    assert figures({"craving": 0, "used": "yes"})["craving"] == 0
    assert set(figures({"what": ["alcohol"]}).values()) == {None}
    assert set(figures().values()) == {None}


def urge(used: str, *coping: str) -> dict[str, object]:
    return {"urges": [{"used": used, "coping": list(coping)}]}


def test_ways_to_cope_are_ordered_by_the_share_ridden_out():
    entries = [
        urge("no", "called", "left"),
        urge("no", "called"),
        urge("yes", "left"),
        urge("no", "called"),
        urge("some", "left"),
        urge("no", "shower"),
    ]

    assert ways(entries) == [Way("called", 100, 3), Way("left", pytest.approx(33.33, abs=0.01), 3)]


def test_doing_nothing_or_holding_the_answer_back_is_no_way_to_cope():
    entries = [*[urge("no", "none")] * 3, *[urge("refused", "called")] * 3, {"urges": [{"used": "no"}]}]

    assert ways(entries) == []


def test_urges_fall_into_hours_of_the_week():
    entries = [
        (date(2026, 1, 12), {"urges": [{"time": "21:30", "craving": 6}, {"time": "21:00", "craving": 8}]}),
        (date(2026, 1, 19), {"urges": [{"time": "21:59"}, {"craving": 3}]}),
        (date(2026, 1, 18), {"urges": [{"time": "00:10"}]}),
    ]

    assert hours(entries) == [Hour(0, 21, 3, 7), Hour(6, 0, 1, None)]


def test_a_trigger_map_counts_triggers_with_a_plan():
    answers = {
        "triggers": [
            {"trigger": "Fourth Street", "strength": 8, "ready": 4, "avoid_how": "Oak Street"},
            {"trigger": "Payday", "strength": 6, "ready": 6, "meet_how": "My sister holds the card"},
            {"trigger": "Mondays"},
            {"strength": 1},
        ]
    }

    assert trigger_map(answers, day=DAY, zone="UTC").values == {"strength": 7, "ready": 5, "planned": 2}
    assert trigger_map({}, day=DAY, zone="UTC").values == {"strength": None, "ready": None, "planned": None}


def test_a_card_and_a_meeting_have_ratings_only_when_there_was_one():
    assert card({"helped": 0}, day=DAY, zone="UTC").values == {"helped": 0}
    assert card({}, day=DAY, zone="UTC").values == {"helped": None}
    assert meeting({"welcome": 4}, day=DAY, zone="UTC").values == {"welcome": 4, "useful": None}
