"""Pathways on the screens: a small path for the client, what each step waits for, for the clinician."""

from typing import Any

from conftest import Clinic, Clock
from shipped import catalog, phq9, send

from iopkit.apps.handle import handle
from iopkit.apps.message_cycle import DecideStep, StartPath, StopPath
from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.view import Client, Home
from iopkit.clinic import Desk
from iopkit.clinic.record import Person

__all__ = ["catalog"]


def desk_of(clinic: Clinic, person: Person) -> Desk:
    return clinic.store.desk_for(person.user)


def home(desk: Desk, clock: Clock) -> Home:
    body = make_view(desk, "", now=clock()).body
    assert isinstance(body, Home)
    return body


def page(desk: Desk, client_id: str, clock: Clock) -> Client:
    body = make_view(desk, key(desk, "client", client_id), now=clock()).body
    assert isinstance(body, Client)
    return body


def do(desk: Desk, clock: Clock, action: Any) -> Any:
    return handle(desk, action, now=clock())


def started(clinic: Clinic, clock: Clock, template: str = "depression") -> Client:
    desk = desk_of(clinic, clinic.ina)
    at = key(desk, "client", clinic.ava.id)
    return do(desk, clock, StartPath(id="s1", key=at, back=at, template=template)).view.body


def test_a_pathway_is_started_on_the_clients_page_and_says_what_each_step_waits_for(
    clinic: Clinic, clock: Clock
) -> None:
    before = page(desk_of(clinic, clinic.ina), clinic.ava.id, clock)
    assert [one.value for one in before.path_choices] == ["anxiety", "depression"]

    body = started(clinic, clock)

    (path,) = body.paths
    assert (path.title, path.by) == ("A start with low mood", "Started by Ina Invented")
    assert [(one.title, one.text) for one in path.steps] == [
        ("PHQ-9", "Open now"),
        ("Sleep diary", "Open now"),
        ("Plan something and see", "Opens after “PHQ-9”"),
        ("Small pleasant things", "Opens after “PHQ-9”"),
        ("Thought record", "Opens after “Plan something and see”, 5 times"),
        ("My safety plan", "Opens after “PHQ-9”"),
    ]
    assert [one.value for one in body.path_choices] == ["anxiety"]
    assert {one.title for one in body.plan} == {"PHQ-9", "Sleep diary"}


def test_a_client_sees_their_path_without_what_a_score_or_a_talk_decides(
    clinic: Clinic, clock: Clock
) -> None:
    started(clinic, clock)

    (path,) = home(desk_of(clinic, clinic.ava), clock).paths

    assert [(one.title, one.key, one.ask) for one in path.steps] == [
        ("PHQ-9", "", ""),
        ("Sleep diary", "", ""),
        ("Thought record", "", ""),
    ]
    assert path.key == ""


def test_a_yes_a_step_left_out_and_a_stop_are_said_on_the_page(clinic: Clinic, clock: Clock) -> None:
    started(clinic, clock)
    ava, desk = desk_of(clinic, clinic.ava), desk_of(clinic, clinic.ina)
    (given,) = [one for one in ava.assignments(clinic.ava.id) if one.worksheet_id == "phq-9"]
    send(ava, "phq-9", phq9(20), assignment_id=given.id)
    back = key(desk, "client", clinic.ava.id)

    safety = page(desk, clinic.ava.id, clock).paths[0].steps[-1]
    assert (safety.text, safety.state) == ("Waits for your yes", "asks")
    assert safety.ask.startswith("The PHQ-9 was 20 or more.")
    yes = do(desk, clock, DecideStep(id="d1", key=safety.key, back=back, decided="yes")).view.body
    assert yes.paths[0].steps[-1].text == "Open now"

    thoughts = yes.paths[0].steps[4]
    out = do(desk, clock, DecideStep(id="d2", key=thoughts.key, back=back, decided="skip")).view.body
    assert out.paths[0].steps[4].text == "Left out"
    stopped = do(desk, clock, StopPath(id="p1", key=out.paths[0].key, back=back)).view.body
    assert stopped.paths[0].about == "Stopped. What was open stays in the plan."
    assert home(ava, clock).paths == []


def test_a_condition_is_said_as_a_clinician_reads_it(clinic: Clinic, clock: Clock) -> None:
    started(clinic, clock)
    ava = desk_of(clinic, clinic.ava)
    (given,) = [one for one in ava.assignments(clinic.ava.id) if one.worksheet_id == "phq-9"]
    send(ava, "phq-9", phq9(5), assignment_id=given.id)

    steps = page(desk_of(clinic, clinic.ina), clinic.ava.id, clock).paths[0].steps

    assert (steps[2].text, steps[3].text) == ("Opens when PHQ-9 ≥ 10", "Open now")


def test_the_other_clinicians_neither_see_nor_start_it(clinic: Clinic, clock: Clock) -> None:
    started(clinic, clock)
    sue = desk_of(clinic, clinic.sue)
    at = key(sue, "client", clinic.ava.id)

    assert page(sue, clinic.ava.id, clock).paths == []
    assert do(sue, clock, StartPath(id="s2", key=at, back=at, template="anxiety")).kind == "refused"
