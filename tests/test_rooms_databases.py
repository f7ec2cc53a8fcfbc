"""What was given to one partner is there for both, on each database."""

import pytest
from conftest import Clinic
from couple_room import prepare
from shipped import catalog

from iopkit.errors import NotFoundError

pytestmark = pytest.mark.usefixtures("database")
__all__ = ["catalog"]


def test_what_was_given_to_one_of_the_two_is_there_for_both(clinic: Clinic) -> None:
    prepare(clinic.store, ["speaker-listener"])
    ava, ben = clinic.desk(clinic.ava), clinic.desk(clinic.ben)

    found = [[one.id for one in desk.together(desk.person.id).drills] for desk in (ava, ben)]
    room = ben.begin_drill("speaker-listener")

    assert found == [["speaker-listener"], ["speaker-listener"]]
    assert ava.begin_drill("speaker-listener") == room
    assert ben.assignments(ben.person.id) == []


def test_what_was_ended_is_there_for_neither(clinic: Clinic) -> None:
    prepare(clinic.store, ["speaker-listener"])
    cole = clinic.store.desk_for("cole")
    for one in cole.assignments(clinic.ava.id):
        cole.stop(one.id)
    ben = clinic.desk(clinic.ben)

    assert ben.together(ben.person.id).drills == ()
    with pytest.raises(NotFoundError):
        ben.begin_drill("speaker-listener")
