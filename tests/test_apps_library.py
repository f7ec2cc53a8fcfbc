"""The library: who sees which worksheets there, and what they may do with one."""

from base64 import b64decode
from datetime import date, time, timedelta

import pytest
from conftest import Clinic, Clock
from shipped import catalog

from iopkit.apps.handle import handle
from iopkit.apps.message import Action, Refused, Reply, Shown
from iopkit.apps.message_library import (
    AsGiven,
    Assign,
    Assigned,
    DayLoad,
    End,
    Find,
    Found,
    Prepare,
    Prepared,
    Print,
    Printed,
    Rhythm,
    SetUp,
    Weigh,
    Weighed,
)
from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.view import Client, Home, Library, Message, Preview
from iopkit.apps.view_library import LibraryRow
from iopkit.clinic import Desk
from iopkit.clinic.record import Person

__all__ = ["catalog"]
TODAY = date(2026, 3, 13)
DAILY = Rhythm(often="daily", starts=TODAY, due=time(21))


def shelf(desk: Desk, clock: Clock) -> Library:
    body = make_view(desk, key(desk, "library"), now=clock()).body
    assert isinstance(body, Library)
    return body


def row(desk: Desk, clock: Clock, title: str) -> LibraryRow:
    return next(one for one in shelf(desk, clock).rows if one.title == title)


def asked(desk: Desk, clock: Clock, action: Action) -> Reply:
    return handle(desk, action, now=clock())


def assign(desk: Desk, client: Person, worksheet: str, rhythm: Rhythm = DAILY, **more: object) -> Assign:
    given = {"id": "a1", "domain": "substance-use", "note": "For the hours after ten."} | more
    return Assign(
        key=key(desk, "assign", worksheet), client=key(desk, "client", client.id), rhythm=rhythm, **given
    )


def test_a_clinician_sees_every_worksheet_with_its_status(clinic: Clinic, clock: Clock) -> None:
    found = row(clinic.desk(clinic.sue), clock, "Urge log")

    assert len(shelf(clinic.desk(clinic.sue), clock).rows) == len(clinic.desk(clinic.sue).worksheets())
    assert (found.category, found.domain, found.minutes) == ("Recovery", "Substance use counseling", 6)
    assert found.status == "Not reviewed yet"
    assert found.assign != ""


def test_a_client_sees_no_status_nothing_to_assign_and_nothing_for_clinicians(
    clinic: Clinic, clock: Clock
) -> None:
    rows = shelf(clinic.desk(clinic.cam), clock).rows

    assert {(one.status, one.assign) for one in rows} == {("", "")}
    assert {one.audience for one in rows} == {""}
    assert "ASQ suicide risk screening" not in [one.title for one in rows]


def test_a_client_in_a_couple_sees_what_is_for_couples(clinic: Clinic, clock: Clock) -> None:
    assert "For a couple" in {one.audience for one in shelf(clinic.desk(clinic.ava), clock).rows}


def test_a_coordinator_may_look_and_assigns_nothing(clinic: Clinic, clock: Clock) -> None:
    rows = shelf(clinic.desk(clinic.cora), clock).rows

    assert {one.assign for one in rows} == {""}
    assert "Reviewed" in {one.status for one in rows}


@pytest.mark.parametrize(("who", "opens"), [("ina", True), ("cora", True), ("ava", False), ("cam", False)])
def test_a_worksheet_for_clinicians_opens_for_staff_only(
    clinic: Clinic, clock: Clock, who: str, opens: bool
) -> None:
    desk = clinic.desk(getattr(clinic, who))

    body = make_view(desk, key(desk, "preview", "asq"), now=clock()).body

    assert isinstance(body, Preview if opens else Message)
    if isinstance(body, Message):
        assert body.text == "This worksheet is filled in by clinicians. You can ask yours about it."


def test_a_preview_is_the_real_form_with_its_rules_and_leaves_no_draft(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)

    body = make_view(desk, key(desk, "preview", "phq-9"), now=clock()).body

    assert isinstance(body, Preview)
    assert body.survey["pages"][0]["elements"][0]["name"] == "phq9_1"
    assert list(body.flags) == list(body.messages) != []
    assert body.note.startswith("This is a preview.")
    assert {text.partition(".")[0] for text in body.messages.values()} == {
        "In this preview nobody is told what you choose"
    }
    assert desk.drafts() == []


def test_words_find_rows_and_only_those_the_person_may_see(clinic: Clinic, clock: Clock) -> None:
    sue, ava = clinic.desk(clinic.sue), clinic.desk(clinic.ava)

    found = asked(sue, clock, Find(id="f", text="urges at night"))
    hidden = asked(ava, clock, Find(id="f", text="ASQ"))

    assert isinstance(found, Found)
    assert isinstance(hidden, Found)
    assert found.found[0].key == row(sue, clock, "Urge log").paper
    assert hidden.found == []


def test_a_clinician_chooses_among_the_clients_they_treat_in_their_domains(
    clinic: Clinic, clock: Clock
) -> None:
    desk = clinic.desk(clinic.sue)

    found = asked(desk, clock, Prepare(id="p", key=key(desk, "assign", "urge-log", clinic.ava.id)))

    assert isinstance(found, Prepared)
    assert (found.title, found.minutes, found.nobody) == ("Urge log", 6, "")
    assert [(one.name, one.today) for one in found.clients] == [("Ava Example", TODAY)]
    assert [one.value for one in found.clients[0].domains] == ["substance-use"]
    assert found.chosen == found.clients[0].key


def test_a_couples_worksheet_is_offered_to_the_couples_therapist_only(clinic: Clinic, clock: Clock) -> None:
    cole, sue = clinic.desk(clinic.cole), clinic.desk(clinic.sue)

    found = asked(cole, clock, Prepare(id="p", key=key(cole, "assign", "shared-goals")))
    refused = asked(sue, clock, Prepare(id="p", key=key(sue, "assign", "shared-goals")))

    assert isinstance(found, Prepared)
    assert [one.name for one in found.clients] == ["Ava Example", "Ben Example"]
    assert isinstance(refused, Refused)
    assert refused.text == "You cannot assign this worksheet."


def test_settings_a_worksheet_declares_can_be_set(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ina)
    prepared = asked(desk, clock, Prepare(id="p", key=key(desk, "assign", "dbt-diary-card")))
    assert isinstance(prepared, Prepared)
    assert [(one.name, one.kind) for one in prepared.settings][:3] == [
        ("targets", "texts"),
        ("own_substances", "texts"),
        ("feelings", "section"),
    ]

    settings = {"targets": ["Drinking"], "feelings": False}
    given = assign(desk, clinic.ava, "dbt-diary-card", domain="individual", settings=settings)
    reply = asked(desk, clock, given)

    assert isinstance(reply, Assigned)
    (found,) = clinic.desk(clinic.ava).assignments(clinic.ava.id)
    assert dict(found.settings) == settings


def test_settings_are_shown_before_they_are_given_and_leave_nothing(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ina)
    settings = {"targets": ["Drinking"], "feelings": False}

    reply = asked(desk, clock, SetUp(id="s", key=key(desk, "assign", "dbt-diary-card"), settings=settings))

    assert isinstance(reply, AsGiven)
    assert "sadness" in str(desk.worksheet("dbt-diary-card").survey()).lower()
    assert "sadness" not in str(reply.survey).lower()
    assert "Drinking" in str(reply.begin)
    assert reply.note.startswith("This is a preview")
    assert list(reply.flags) == list(reply.messages) != []
    assert {text.partition(".")[0] for text in reply.messages.values()} == {"In this preview nobody is told"}
    assert clinic.desk(clinic.ava).assignments(clinic.ava.id) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"targets": "Drinking"}, "targets"),
        ({"feelings": "off"}, "feelings"),
        ({"colour": "red"}, "colour"),
        ({"targets": ["x" * 5000]}, "targets"),
    ],
)
def test_settings_of_the_wrong_shape_are_said_before_and_when_they_are_given(
    clinic: Clinic, clock: Clock, settings: dict[str, object], said: str
) -> None:
    desk = clinic.desk(clinic.ina)

    tried = asked(desk, clock, SetUp(id="s", key=key(desk, "assign", "dbt-diary-card"), settings=settings))
    given = asked(
        desk, clock, assign(desk, clinic.ava, "dbt-diary-card", domain="individual", settings=settings)
    )

    assert isinstance(tried, Refused)
    assert isinstance(given, Refused)
    assert tried.text == given.text
    assert said in tried.text
    assert clinic.desk(clinic.ava).assignments(clinic.ava.id) == []


def test_a_client_sets_nothing_up(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)

    reply = asked(desk, clock, SetUp(id="s", key=key(desk, "assign", "dbt-diary-card")))

    assert isinstance(reply, Refused)
    assert reply.text == "You cannot assign this worksheet."


def test_what_is_assigned_is_on_the_clients_home_at_once(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.sue)

    reply = asked(desk, clock, assign(desk, clinic.ava, "urge-log"))

    assert isinstance(reply, Assigned)
    assert reply.text == "Ava Example has “Urge log” now: every day from today, by 9:00 pm."
    home = make_view(clinic.desk(clinic.ava), "", now=clock()).body
    assert isinstance(home, Home)
    assert [(card.title, card.why) for card in home.today] == [
        ("Urge log", "From Sue Invented: For the hours after ten.")
    ]


def test_what_is_assigned_late_in_the_evening_is_there_at_once_and_due_tomorrow(
    clinic: Clinic, clock: Clock
) -> None:
    clock.pass_(hours=1, minutes=7)
    desk = clinic.desk(clinic.sue)
    once = Rhythm(often="once", starts=TODAY, due=time(21))

    weighed = asked(
        desk,
        clock,
        Weigh(
            id="w",
            key=key(desk, "assign", "urge-log"),
            client=key(desk, "client", clinic.ava.id),
            domain="substance-use",
            rhythm=DAILY,
        ),
    )
    reply = asked(desk, clock, assign(desk, clinic.ava, "urge-log", once))
    home = make_view(clinic.desk(clinic.ava), "", now=clock()).body

    assert [day.added for day in weighed.days] == [0, 6, 6, 6, 6, 6, 6]
    assert reply.text == "Ava Example has “Urge log” now: once, by tomorrow, 9:00 pm."
    assert [one.title for one in home.week] == ["Urge log"]
    assert (home.week[0].action, home.today) == ("Start", [])


def test_the_same_message_twice_assigns_once(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.sue)

    first, second = (asked(desk, clock, assign(desk, clinic.ava, "urge-log")) for _ in range(2))

    assert first == second
    assert len(desk.assignments(clinic.ava.id)) == 1


@pytest.mark.parametrize(
    ("rhythm", "rule"),
    [
        (DAILY, "FREQ=DAILY"),
        (Rhythm(often="once", starts=TODAY, ends=TODAY + timedelta(3), due=time(9)), ""),
        (Rhythm(often="weekdays", starts=TODAY, due=time(9)), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        (Rhythm(often="weekly", days=["TH", "TU"], starts=TODAY, due=time(9)), "FREQ=WEEKLY;BYDAY=TU,TH"),
    ],
)
def test_each_rhythm_is_a_rule_of_rfc_5545(clinic: Clinic, clock: Clock, rhythm: Rhythm, rule: str) -> None:
    desk = clinic.desk(clinic.sue)

    asked(desk, clock, assign(desk, clinic.ava, "urge-log", rhythm))

    assert [one.rrule for one in desk.assignments(clinic.ava.id)] == [rule]


@pytest.mark.parametrize(
    ("rhythm", "why"),
    [
        (Rhythm(often="weekly", starts=TODAY, due=time(9)), "Choose at least one day of the week."),
        (
            Rhythm(often="weekly", days=["MO"], starts=TODAY, ends=TODAY + timedelta(1), due=time(9)),
            "There is no such day between the first and the last one. Choose another day or a later end.",
        ),
        (
            Rhythm(often="daily", starts=TODAY, ends=TODAY - timedelta(1), due=time(9)),
            "The last day lies before the first.",
        ),
    ],
)
def test_a_rhythm_that_never_comes_is_refused_in_its_own_words(
    clinic: Clinic, clock: Clock, rhythm: Rhythm, why: str
) -> None:
    desk = clinic.desk(clinic.sue)

    reply = asked(desk, clock, assign(desk, clinic.ava, "urge-log", rhythm))

    assert isinstance(reply, Refused)
    assert reply.text == why
    assert desk.assignments(clinic.ava.id) == []


def test_nobody_assigns_to_somebody_they_do_not_treat_or_in_another_domain(
    clinic: Clinic, clock: Clock
) -> None:
    desk = clinic.desk(clinic.sue)

    for given in (
        assign(desk, clinic.cam, "urge-log"),
        assign(desk, clinic.ava, "urge-log", domain="individual"),
    ):
        assert isinstance(asked(desk, clock, given), Refused)

    assert clinic.desk(clinic.ava).assignments(clinic.ava.id) == []


def test_the_load_of_the_week_is_told_before_assigning_without_other_domains(
    clinic: Clinic, clock: Clock
) -> None:
    clinic.desk(clinic.ina).assign(
        clinic.ava.id, "thought-record", "individual", note="", rrule="FREQ=DAILY", starts=TODAY
    )
    desk = clinic.desk(clinic.sue)
    asked(
        desk,
        clock,
        assign(desk, clinic.ava, "meeting-log", Rhythm(often="weekdays", starts=TODAY, due=time(21))),
    )
    weigh = Weigh(
        id="w",
        key=key(desk, "assign", "urge-log"),
        client=key(desk, "client", clinic.ava.id),
        domain="substance-use",
        rhythm=DAILY,
    )

    found = asked(desk, clock, weigh)

    assert isinstance(found, Weighed)
    assert found.text == (
        "In the next seven days: 20 minutes so far, 62 minutes with this. "
        "Work that other clinicians gave in their own domains is not counted here."
    )
    assert found.days[:2] == [
        DayLoad(day="Fri 13 March", now=4, added=6),
        DayLoad(day="Sat 14 March", now=0, added=6),
    ]
    assert found.already == ""


def test_a_second_one_of_the_same_is_pointed_out(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.sue)
    asked(desk, clock, assign(desk, clinic.ava, "urge-log"))
    client = key(desk, "client", clinic.ava.id)

    found = asked(
        desk,
        clock,
        Weigh(
            id="w", key=key(desk, "assign", "urge-log"), client=client, domain="substance-use", rhythm=DAILY
        ),
    )

    assert isinstance(found, Weighed)
    assert found.already == "This client already has it from Sue Invented. A second one comes on top."


def test_an_assignment_is_ended_from_the_plan_and_that_can_be_undone(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.sue)
    reply = asked(desk, clock, assign(desk, clinic.ava, "urge-log"))
    assert isinstance(reply, Assigned)
    back = key(desk, "client", clinic.ava.id)

    ended = asked(desk, clock, End(id="e", key=reply.assignment, back=back))

    assert isinstance(ended, Shown)
    assert isinstance(ended.view.body, Client)
    (card,) = ended.view.body.plan
    assert (card.state, card.due, card.may) == ("ended", "Ended today", "resume")
    home = make_view(clinic.desk(clinic.ava), "", now=clock()).body
    assert isinstance(home, Home)
    assert home.today == []

    again = asked(desk, clock, End(id="u", key=reply.assignment, back=back, undo=True))

    assert isinstance(again, Shown)
    assert isinstance(again.view.body, Client)
    (card,) = again.view.body.plan
    assert (card.state, card.due, card.may) == ("new", "Every day, by 9:00 pm", "end")


def test_the_paper_twin_comes_as_a_file_named_after_the_worksheet_only(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)

    printed = asked(desk, clock, Print(id="p", key=key(desk, "paper", "urge-log")))
    refused = asked(desk, clock, Print(id="p", key=key(desk, "paper", "asq")))

    assert isinstance(printed, Printed)
    assert printed.file == "urge-log.pdf"
    assert b64decode(printed.pdf)[:5] == b"%PDF-"
    assert isinstance(refused, Refused)


def test_choosing_for_a_client_from_their_page_keeps_them_in_mind(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.sue)
    client = make_view(desk, key(desk, "client", clinic.ava.id), now=clock()).body
    assert isinstance(client, Client)

    body = make_view(desk, client.library, now=clock()).body

    assert isinstance(body, Library)
    assert body.chosen_for == "Ava Example"
    assert desk.unseal(body.rows[0].assign).endswith(clinic.ava.id)


def test_a_key_for_another_place_is_an_old_page(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.sue)

    reply = asked(desk, clock, Print(id="p", key=key(desk, "client", clinic.ava.id)))

    assert isinstance(reply, Refused)
    assert reply.text == "This page is an old one. Reload it; what you typed is kept."
