from datetime import date

from iopkit.measures.screens import panel

DAY = date(2026, 1, 14)


def figures(*results: dict[str, object]) -> tuple[float | None, ...]:
    return tuple(panel({"results": list(results)}, day=DAY, zone="UTC").values.values())


def test_a_prescription_explains_a_positive_result():
    found = figures(
        {"test": "benzodiazepines", "result": "positive", "prescribed": "yes", "confirmed": "yes"},
        {"test": "cocaine", "result": "positive", "prescribed": "no", "confirmed": "sent"},
        {"test": "thc", "result": "negative"},
    )

    assert found == (3, 2, 1, 1)


def test_a_positive_result_that_a_laboratory_did_not_confirm_does_not_count():
    found = figures({"result": "positive", "prescribed": "no", "confirmed": "not_confirmed"})

    assert found == (1, 0, 0, 0)


def test_doubt_about_the_prescription_explains_nothing_and_an_unclear_result_is_not_positive():
    found = figures({"result": "positive", "prescribed": "not_sure"}, {"result": "unclear"})

    assert found == (2, 1, 1, 0)


def test_a_sample_without_results_has_no_figures():
    assert figures() == (None, None, None, None)
    assert figures({"test": "thc"}) == (None, None, None, None)
