from datetime import date

from iopkit.measures.diary_card import BehaviorWeek, CardWeek, card, card_weeks

DAY = date(2026, 1, 14)


def figures(**answers: object) -> dict[str, float | None]:
    return dict(card(answers, day=DAY, zone="UTC").values)


def behavior(name: str, urge: int | None, acted: str | None) -> dict[str, object]:
    row = {"behavior": name, "urge": urge, "acted": acted}
    return {key: answer for key, answer in row.items() if answer is not None}


def test_an_urge_and_acting_on_it_are_counted_apart():
    found = figures(
        behaviors=[
            behavior("Drinking", 4, "no"),
            behavior("Shouting", 0, "yes"),
            behavior("Skipping group", 2, "yes"),
            behavior("Scrolling", None, None),
        ]
    )

    assert (found["urge_max"], found["urge_mean"]) == (4, 2)
    assert (found["urges_not_acted"], found["acted"]) == (1, 2)


def test_no_urge_and_no_act_is_not_an_urge_held():
    assert figures(behaviors=[behavior("Drinking", 0, "no")])["urges_not_acted"] == 0


def test_the_strongest_hard_feeling_leaves_joy_out():
    assert figures(sadness=2, shame=3, joy=5)["emotion_max"] == 3
    assert figures(joy=5)["emotion_max"] is None


def test_skills_are_counted_over_the_modules_with_those_that_helped():
    found = figures(
        skills_mindfulness=[{"skill": "observed", "helped": "no"}, {"helped": "lot"}],
        skills_people=[{"skill": "asked", "helped": "some"}, {"skill": "said_no"}],
    )

    assert (found["skills"], found["skills_helped"]) == (3, 1)


def test_a_card_without_skills_has_0_of_them_and_an_empty_card_has_no_figure():
    found = figures(behaviors=[behavior("Drinking", 2, None)])

    assert (found["skills"], found["skills_helped"]) == (0, None)
    assert set(figures().values()) == {None}


def test_a_week_has_each_behavior_with_its_ratings_and_their_number():
    cards = [
        (date(2026, 1, 13), {"behaviors": [behavior("drinking ", 1, "yes")]}),
        (
            date(2026, 1, 12),
            {
                "behaviors": [behavior("Drinking", 4, "no"), behavior("Shouting", None, "yes")],
                "skills_emotion": [{"skill": "named"}],
            },
        ),
        (date(2026, 1, 19), {}),
    ]

    assert card_weeks(cards) == [
        CardWeek(
            start=date(2026, 1, 12),
            days=2,
            skills_days=1,
            behaviors=(
                BehaviorWeek("Drinking", 4, 2.5, n=2, acted=1, urge_without_act=1),
                BehaviorWeek("Shouting", None, None, n=0, acted=1, urge_without_act=0),
            ),
        ),
        CardWeek(start=date(2026, 1, 19), days=1, skills_days=0, behaviors=()),
    ]
