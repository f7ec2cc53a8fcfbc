"""The disk turns read-only in a session: nothing is called saved, and nothing that was is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from broken_disk import Disk, a_disk, why_not
from serving import clinic, served
from sqlalchemy import select
from steady_pen import Pen, pen_of

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.tables import MessageRow

WORDS = "Nothing can be stored or opened at the moment."
OPTIONS = {"pages_a_minute": 10_000, "spare_kernels": 0}


pytestmark = pytest.mark.soak


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Yield a disk that can fail."""
    if reason := why_not(tmp_path):
        pytest.skip(f"no disk can be made to fail here: {reason}")
    with a_disk(tmp_path / "home") as disk:
        yield disk


def refused(pen: Pen, action: dict) -> str:
    """Send a save and return the words it is refused with."""
    while (reply := pen.ask(action)) is None:
        pass  # the page opened itself again
    assert (reply["kind"], reply["again"]) == ("refused", True)
    return str(reply["text"])


def test_a_disk_that_turns_read_only_refuses_each_save_in_words_and_keeps_what_it_had(
    disk: Disk, tmp_path: Path
) -> None:
    home = {"database": str(disk.folder / "clinic.db"), **OPTIONS}
    with clinic(tmp_path, **home) as server:
        pen = pen_of(server, "ann", "thought-record", "situation")
        for number in range(3):
            pen.save(f"before {number}")
        late = {"kind": "save", "id": "late-1", "key": pen.sealed, "answers": {"situation": "in between"}}
        late |= {"changed": ["situation"], "base": pen.base, "page": "pen", "draft": True}

        disk.fail()
        said = [refused(pen, late) for _ in range(2)]

        assert not pen.stored("late-1")
        assert [one.startswith(WORDS) for one in said] == [True, True]
        assert str(disk.folder) not in "".join(said)
        pen.close()

    disk.mend()
    with served(tmp_path, **home) as again:
        pen.server = again
        pen.browser.server = again
        pen.browser.sign_in("ann")
        while (reply := pen.ask(late)) is None:
            pass
        twice = pen.ask(late)
        pen.close()
        with again.store.office.database.read(PROGRAM) as session:
            stored = set(session.scalars(select(MessageRow.id).where(MessageRow.entry_id == pen.entry_id)))
        (draft,) = [one for one in again.store.desk_for("ann").drafts() if one.id == pen.entry_id]

        assert (reply["kind"], twice and twice["kind"]) == ("saved", "saved")
        assert stored == {*pen.acknowledged, "late-1"}
        assert (draft.answers["situation"], draft.base) == ("in between", 4)
        assert again.store.prove().fault == ""
