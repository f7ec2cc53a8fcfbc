"""A disk that turns read-only under an open store: a sentence for each save, whole again when mended."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from broken_disk import Disk, a_disk, why_not
from conftest import Clock, open_home, people_of

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.tables import AlertRow, MessageRow
from iopkit.errors import StoreError
from iopkit.worksheets import Worksheet


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Yield a disk that can fail."""
    if reason := why_not(tmp_path):
        pytest.skip(f"no disk can be made to fail here: {reason}")
    with a_disk(tmp_path / "home") as disk:
        yield disk


def test_a_disk_that_turns_read_only_keeps_what_was_saved_and_takes_the_rest_once_it_is_mended(
    disk: Disk, tmp_path: Path, clock: Clock, catalog: dict[str, Worksheet]
):
    home = (str(disk.folder / "clinic.db"), tmp_path / "key")
    grave = {"mood": 1, "hopeless": 2, "note": "🙂" * 1900}
    late = {"message_id": "m1", "answers": grave, "changed": grave, "base": 1, "submit": True}
    with open_home(home, clock, catalog) as store:
        people_of(store)
        desk = store.desk_for("ava")
        draft = desk.draft("mood-check")
        kept = desk.save(draft.id, message_id="m0", answers={"mood": 4}, changed=["mood"], base=0).entry

        disk.fail()
        for _ in range(3):
            with pytest.raises(StoreError) as refused:
                desk.save(draft.id, **late)
            assert str(refused.value) == (
                f"The database {disk.folder}/clinic.db could not be read or written by the system. "
                "Nothing was stored; check its disk and try again."
            )

    disk.mend()
    with open_home(home, clock, catalog) as store:
        desk = store.desk_for("ava")
        assert desk.entry(draft.id) == kept
        first, second = desk.save(draft.id, **late), desk.save(draft.id, **late)
        with store.office.database.read(PROGRAM) as session:
            counts = [session.query(table).count() for table in (MessageRow, AlertRow)]

        assert (first.repeated, second.repeated) == (False, True)
        assert desk.entry(draft.id).answers == grave
        assert counts == [2, 1]
        assert store.prove().fault == ""
