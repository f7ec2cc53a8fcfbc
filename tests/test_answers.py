from pathlib import Path

import pytest

from iopkit.worksheets import Worksheet, load_worksheet, validate
from iopkit.worksheets.catalog import worksheet_files
from iopkit.worksheets.place import content_folder

TEXT = "שלום 👩‍👩‍👧 a\u202eb\u0301\tc\x07\n\u2028end "
"""Right to left, an emoji of several parts, a direction override, a bell: a client may paste anything."""


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    """Return a worksheet with one item of each kind."""
    path = tmp_path_factory.mktemp("site") / "evening-walk.yaml"
    path.write_text(WALK)
    return load_worksheet(path)


WALK = """\
id: evening-walk
version: "1.0"
status: draft
title: Evening walk
category: lifestyle
domain: individual
audience: client
minutes: 3
about: A short walk.
pages:
  - name: walk
    elements:
      - name: route
        type: text
        maxLength: 20
      - name: note
        type: comment
      - name: long_minutes
        type: text
        inputType: number
        min: 0
        max: 600
        step: 1
      - name: drinks
        type: text
        inputType: number
        min: 0
        step: 0.5
      - name: on
        type: text
        inputType: date
        min: "2026-01-01"
      - name: at
        type: text
        inputType: time
      - name: moment
        type: text
        inputType: datetime-local
      - name: company
        type: radiogroup
        choices: [alone, friend, 3]
        showOtherItem: true
      - name: seen
        type: checkbox
        choices: [dog, cat, owl]
        showNoneItem: true
        maxSelectedChoices: 2
      - name: nice
        type: boolean
      - name: mood
        type: rating
        rateMin: 0
        rateMax: 10
        minRateDescription: Low
        maxRateDescription: High
      - name: energy
        type: slider
        step: 5
        customLabels: [{value: 0, text: None}, {value: 100, text: All}]
      - name: stops
        type: paneldynamic
        maxPanelCount: 3
        templateElements:
          - name: place
            type: text
            isRequired: true
          - name: stayed
            type: boolean
          - name: stay_minutes
            type: text
            inputType: number
            visibleIf: "{panel.stayed} = true"
      - name: best
        type: radiogroup
        choicesFromQuestion: stops
        choiceValuesFromQuestion: place
        choiceTextsFromQuestion: place
  - name: later
    visibleIf: "{nice} = true"
    elements:
      - name: again
        type: boolean
      - name: when
        type: panel
        visibleIf: "{again} = true"
        elements:
          - name: next_day
            type: text
            inputType: date
            requiredIf: "{mood} > 5"
            requiredErrorText: Pick a day.
"""


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"route": "to the lake and back"},
        {"note": TEXT},
        {"note": "x" * 20_000},
        {"long_minutes": 0, "drinks": 1.5},
        {"long_minutes": 600},
        {"on": "2026-01-01", "at": "00:00", "moment": "2026-02-28T23:59"},
        {"company": "friend"},
        {"company": 3},
        {"company": "other", "company-Comment": TEXT},
        {"seen": ["owl", "cat"]},
        {"seen": ["none"]},
        {"nice": False},
        {"mood": 0, "energy": 85},
        {"stops": [{"place": "bench", "stayed": True, "stay_minutes": 3}, {"place": "gate"}], "best": "gate"},
    ],
)
def test_answers_that_fit_are_kept_letter_for_letter(walk: Worksheet, answers: dict[str, object]):
    checked = validate(walk, answers, final=True)

    assert checked.answers == answers
    assert checked.refused == {}
    assert checked.asks == {}


WHOLE = "Please give a whole number from 0 to 600."
MOOD = "Please give a whole number from 0 to 10."


@pytest.mark.parametrize(
    ("answers", "refused"),
    [
        ({"route": "x" * 21}, {"route": "Please keep this to 20 characters; these are 21."}),
        ({"note": "x" * 1_000_000}, {"note": "Please keep this to 20,000 characters; these are 1,000,000."}),
        ({"route": 5}, {"route": "Please answer in words."}),
        (
            {"note": "a\x00b"},
            {"note": "This holds a broken character that cannot be stored. Please type it again."},
        ),
        (
            {"note": "a\ud800"},
            {"note": "This holds a broken character that cannot be stored. Please type it again."},
        ),
        ({"long_minutes": -1}, {"long_minutes": WHOLE}),
        ({"long_minutes": 601}, {"long_minutes": WHOLE}),
        ({"long_minutes": "30"}, {"long_minutes": WHOLE}),
        ({"long_minutes": 2.5}, {"long_minutes": WHOLE}),
        ({"long_minutes": True}, {"long_minutes": WHOLE}),
        ({"long_minutes": float("nan")}, {"long_minutes": WHOLE}),
        ({"long_minutes": [30]}, {"long_minutes": WHOLE}),
        ({"drinks": 1.3}, {"drinks": "Please give a number of 0 or more, in steps of 0.5."}),
        ({"drinks": 10**13}, {"drinks": "Please give a number of 0 or more."}),
        ({"drinks": 10**400}, {"drinks": "Please give a number of 0 or more."}),
        ({"on": "2026-02-30"}, {"on": "Please give a date such as 2026-01-31."}),
        ({"on": "31.1.2026"}, {"on": "Please give a date such as 2026-01-31."}),
        ({"on": "2025-12-31"}, {"on": "Please give a date such as 2026-01-31, not before 2026-01-01."}),
        ({"at": "24:00"}, {"at": "Please give a clock time such as 22:45."}),
        ({"at": "7 pm"}, {"at": "Please give a clock time such as 22:45."}),
        ({"at": "٠٧:٠٠"}, {"at": "Please give a clock time such as 22:45."}),
        ({"moment": "2026-01-31"}, {"moment": "Please give a date and time such as 2026-01-31T22:45."}),
        ({"company": "nobody"}, {"company": "Please choose one of the answers shown."}),
        ({"company": ["alone"]}, {"company": "Please choose one of the answers shown."}),
        ({"company": "3"}, {"company": "Please choose one of the answers shown."}),
        ({"seen": "dog"}, {"seen": "Please choose from the answers shown."}),
        ({"seen": ["dog", "bear"]}, {"seen": "Please choose from the answers shown."}),
        ({"seen": ["dog", "dog"]}, {"seen": "Please choose each answer once."}),
        ({"seen": ["none", "dog"]}, {"seen": "Please choose either that none fits, or the ones that do."}),
        ({"seen": ["dog", "cat", "owl"]}, {"seen": "Please choose at most 2."}),
        ({"nice": "yes"}, {"nice": "Please answer yes or no."}),
        ({"mood": 11}, {"mood": MOOD}),
        ({"mood": 5.5}, {"mood": MOOD}),
        ({"energy": 83}, {"energy": "Please give a number from 0 to 100, in steps of 5."}),
        ({"stops": {"place": "bench"}}, {"stops": "Please answer with a list of rows."}),
        ({"stops": ["bench"]}, {"stops": "Please answer with a list of rows."}),
        ({"stops": [{"place": "a"}] * 4}, {"stops": "Please keep this to 3 rows; these are 4."}),
        ({"stops": [{"place": "a"}, {"place": 1}]}, {"stops[1].place": "Please answer in words."}),
        (
            {"stops": [{"plase": "a"}]},
            {"stops[0].plase": "This worksheet has no such item. Did you mean 'place'?"},
        ),
        ({"mod": 3}, {"mod": "This worksheet has no such item. Did you mean 'mood'?"}),
        ({"My secret": 3}, {"?": "This worksheet has no such item."}),
        ({"note-Comment": "x"}, {"note-Comment": "This worksheet has no such item."}),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_and_says_what_would(
    walk: Worksheet, answers: dict[str, object], refused: dict[str, str]
):
    checked = validate(walk, answers, final=False)

    assert checked.refused == refused


def test_what_is_refused_leaves_the_other_answers_in_place(walk: Worksheet):
    checked = validate(
        walk, {"mood": 99, "route": "lake", "stops": [{"place": "a", "stayed": 1}]}, final=False
    )

    assert checked.answers == {"route": "lake", "stops": [{"place": "a"}]}
    assert list(checked.refused) == ["mood", "stops[0].stayed"]


def test_no_message_repeats_an_answer(walk: Worksheet):
    secret = "canary"
    answers: dict[str, object] = {item: secret for item in walk.items}
    answers |= {
        secret.upper(): secret,
        "route": secret * 9,
        "stops": [{secret.upper(): secret, "stayed": secret}],
    }

    checked = validate(walk, answers, final=True)

    assert len(checked.refused) > 10
    assert secret not in str(checked.refused).lower()
    assert secret not in repr(checked).lower()


@pytest.mark.parametrize("answer", [None, "", {}])
def test_a_cleared_answer_is_no_answer(walk: Worksheet, answer: object):
    assert validate(walk, {"note": answer, "mood": None}, final=False).answers == {}


def test_a_draft_keeps_what_is_hidden_and_a_submitted_entry_does_not(walk: Worksheet):
    answers = {"nice": False, "again": True, "next_day": "2026-02-01"}

    assert validate(walk, answers, final=False).answers == answers
    assert validate(walk, answers, final=True).answers == {"nice": False}


def test_hiding_goes_on_until_nothing_more_is_hidden(walk: Worksheet):
    answers = {"nice": True, "again": False, "next_day": "2026-02-01"}

    assert validate(walk, answers, final=True).answers == {"nice": True, "again": False}


def test_rows_lose_hidden_answers_and_empty_rows_go(walk: Worksheet):
    answers = {
        "stops": [
            {"place": "bench", "stayed": False, "stay_minutes": 3},
            {},
            {"place": "gate", "stayed": True, "stay_minutes": 4},
        ]
    }

    draft, final = validate(walk, answers, final=False), validate(walk, answers, final=True)

    assert draft.answers == answers
    assert final.answers == {
        "stops": [{"place": "bench", "stayed": False}, {"place": "gate", "stayed": True, "stay_minutes": 4}]
    }


def test_an_empty_row_requires_nothing_and_a_begun_one_does(walk: Worksheet):
    checked = validate(walk, {"stops": [{}, {"stayed": True}]}, final=True)

    assert checked.refused == {"stops[1].place": "Please answer this question."}


def test_required_items_may_wait_until_submit(walk: Worksheet):
    answers = {"nice": True, "again": True, "mood": 6, "company": "other"}

    assert validate(walk, answers, final=False).refused == {}
    assert validate(walk, answers, final=True).refused == {
        "next_day": "Pick a day.",
        "company": "Please say in a few words what it is.",
    }


def test_what_is_required_only_sometimes_is_not_required_otherwise(walk: Worksheet):
    assert validate(walk, {"nice": True, "again": True, "mood": 5}, final=True).refused == {}


def test_a_choice_among_rows_that_changed_since_is_asked_about(walk: Worksheet):
    answers = {"stops": [{"place": "bench"}], "best": "gate"}

    checked = validate(walk, answers, final=True)

    assert checked.answers == answers
    assert checked.asks == {"best": "What you chose here has changed above. Please choose again."}


NIGHT = {
    "into_bed": "22:45",
    "tried_to_sleep": "23:15",
    "final_awakening": "06:30",
    "out_of_bed": "07:00",
    "sleep_latency": 300,
    "awakenings": 2,
    "awake_minutes": 300,
}


def test_a_contradiction_is_asked_about_in_a_draft_and_refused_at_submit():
    diary = load_worksheet(content_folder("worksheets") / "lifestyle" / "sleep-diary.yaml")
    longer = "These minutes awake are longer than from lights out to waking up. Please check them."

    draft, final = validate(diary, NIGHT, final=False), validate(diary, NIGHT, final=True)

    assert (draft.refused, draft.asks) == ({}, {"awake_minutes": longer})
    assert (final.refused, final.asks) == ({"awake_minutes": longer}, {})


def test_a_night_is_checked_in_the_zone_and_on_the_day_it_is_about():
    diary = load_worksheet(content_folder("worksheets") / "lifestyle" / "sleep-diary.yaml")
    night = NIGHT | {"into_bed": "02:30", "tried_to_sleep": "03:30", "day": "2026-03-08", "sleep_latency": 5}
    night["awake_minutes"] = 5

    asks = validate(diary, night, final=True, zone="America/New_York").asks

    assert list(asks) == ["into_bed"]
    assert validate(diary, night, final=True, zone="America/Phoenix").asks == {}


def test_a_half_filled_draft_asks_nothing():
    diary = load_worksheet(content_folder("worksheets") / "lifestyle" / "sleep-diary.yaml")

    checked = validate(diary, {"into_bed": "22:45"}, final=False)

    assert (checked.refused, checked.asks) == ({}, {})


def test_the_browser_is_told_the_same_limits(walk: Worksheet):
    found = {element["name"]: element for element in walk.survey()["pages"][0]["elements"]}

    assert found["route"]["maxLength"] == 20
    assert found["note"]["maxLength"] == 20_000
    assert "maxLength" not in found["at"]


def test_answers_with_words_beside_other_have_a_key_of_their_own(walk: Worksheet):
    assert walk.keys - set(walk.items) == {"company-Comment"}


def test_every_worksheet_of_ours_takes_no_answers_as_a_draft(tmp_path: Path):
    for path in worksheet_files(content_folder("worksheets")):
        checked = validate(load_worksheet(path), {}, final=False)

        assert (checked.answers, checked.refused, checked.asks) == ({}, {}, {})
