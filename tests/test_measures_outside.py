from datetime import date

from iopkit.measures.outside import ITEMS, totals


def test_a_total_stands_under_the_name_of_its_form_and_nothing_else_is_missing():
    found = totals({"form": "isi", "isi_total": 0}, day=date(2026, 1, 12), zone="UTC")

    assert {name: total for name, total in found.values.items() if total is not None} == {"isi": 0}
    assert set(found.values) == set(ITEMS)
    assert found.gaps == {}


def test_the_three_parts_of_the_addiction_monitor_are_kept_apart():
    answers = {"form": "bam", "bam_use": 3, "bam_risk": 12, "bam_protective": 20}

    found = totals(answers, day=date(2026, 1, 12), zone="UTC").values

    assert (found["bam_use"], found["bam_risk"], found["bam_protective"]) == (3, 12, 20)
