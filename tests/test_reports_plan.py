"""What a batch is to make is planned with few questions to the database, however many reports there are."""

from pathlib import Path

import pytest
from conftest import Clinic

from iopkit.clinic import Desk
from iopkit.reports.batch import Batch
from iopkit.reports.order import Order
from iopkit.reports.template import find_template

CLIENTS = ("ava", "cam", "dan")


def planned(clinic: Clinic, folder: Path, **options: object) -> list[Order]:
    desk = clinic.store.desk_for("ina")
    batch = Batch(find_template("progress"), desk, clinic.store.person, CLIENTS, folder, **options)  # type: ignore[arg-type]
    found = list(batch.plan())
    assert all(isinstance(one, Order) for one in found), found
    return [one for one in found if isinstance(one, Order)]


@pytest.mark.parametrize("several", [False, True], ids=["one reader", "a care team"])
def test_each_reader_is_asked_once_whom_they_may_know(
    wide: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, several: bool
) -> None:
    asked: list[str] = []
    clients = Desk.clients

    def counted(desk: Desk) -> object:
        asked.append(desk.person.user)
        return clients(desk)

    monkeypatch.setattr(Desk, "clients", counted)

    team = {"readers": lambda _client: [wide.store.desk_for("ina")]} if several else {}
    orders = planned(wide, tmp_path, **team)

    assert [one.client for one in orders] == list(CLIENTS)
    assert {one.reader for one in orders} == {"ina"}
    assert asked == ["ina"]


def test_a_reader_who_may_not_know_a_client_gets_no_order(wide: Clinic, tmp_path: Path) -> None:
    batch = Batch(
        find_template("progress"),
        wide.store.desk_for("lia"),
        wide.store.person,
        ["ava"],
        tmp_path,
        readers=lambda _client: [wide.store.desk_for("lia")],
    )

    (outcome,) = batch.plan()

    assert not isinstance(outcome, Order)
    assert outcome.status == "failed"
    assert outcome.error
