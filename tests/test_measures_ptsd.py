from datetime import date

import pytest

from iopkit.measures.ptsd import clusters

ALL = [f"pcl5_{number}" for number in range(1, 21)]


def present(**changes: int | None) -> dict[str, float | None]:
    answers = {**dict.fromkeys(ALL, 0), **changes}
    given = {item: answer for item, answer in answers.items() if answer is not None}
    return dict(clusters(given, day=date(2026, 1, 12), zone="UTC").values)


def test_an_item_is_present_at_moderately():
    assert present(pcl5_1=1, pcl5_6=1) == {"present_b": 0, "present_c": 0, "present_d": 0, "present_e": 0}
    assert present(pcl5_1=2, pcl5_6=2) == {"present_b": 1, "present_c": 1, "present_d": 0, "present_e": 0}


@pytest.mark.parametrize(
    ("items", "cluster"),
    [((1, 5), "present_b"), ((6, 7), "present_c"), ((8, 14), "present_d"), ((15, 20), "present_e")],
)
def test_each_cluster_has_its_first_and_last_item(items: tuple[int, int], cluster: str):
    found = present(**{f"pcl5_{number}": 4 for number in items})

    assert {name: count for name, count in found.items() if count} == {cluster: 2}


def test_everything_present_is_the_size_of_each_cluster():
    found = present(**dict.fromkeys(ALL, 4))

    assert found == {"present_b": 5, "present_c": 2, "present_d": 7, "present_e": 6}


def test_a_cluster_with_an_answer_missing_has_no_count():
    assert present(pcl5_7=None) == {"present_b": 0, "present_c": None, "present_d": 0, "present_e": 0}
