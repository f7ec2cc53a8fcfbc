from datetime import date

import pytest

from iopkit.measures.screening import ACUTE, NEGATIVE, NON_ACUTE, NOT_ASKED, NOT_ASKED_5, NOT_SCREENED, asq
from iopkit.worksheets.functions import Worked

NO = {"asq_1": "no", "asq_2": "no", "asq_3": "no", "asq_4": "no"}


def result(**answers: str) -> Worked:
    return asq(answers, day=date(2026, 1, 12), zone="UTC")


def test_four_times_no_is_a_negative_screen():
    assert result(**NO) == Worked({"total": NEGATIVE})


@pytest.mark.parametrize("question", list(NO))
def test_any_yes_is_positive_and_question_5_says_how_acute(question: str):
    positive = {**NO, question: "yes"}

    assert result(**positive, asq_5="no").values == {"total": NON_ACUTE}
    assert result(**positive, asq_5="yes").values == {"total": ACUTE}


@pytest.mark.parametrize("fifth", [{}, {"asq_5": "refused"}])
def test_a_positive_screen_without_question_5_has_no_result_and_says_why(fifth: dict[str, str]):
    assert result(**{**NO, "asq_1": "yes"}, **fifth) == Worked({"total": None}, gaps={"asq_5": NOT_ASKED_5})


@pytest.mark.parametrize("minor", [{}, {"asq_minor": "no"}])
def test_a_refusal_is_never_negative(minor: dict[str, str]):
    refused = {**NO, "asq_3": "refused"}

    assert result(**refused, **minor) == Worked({"total": None}, gaps={"asq_3": NOT_SCREENED})


def test_a_minors_refusal_counts_as_positive():
    refused = {**NO, "asq_3": "refused", "asq_minor": "yes"}

    assert result(**refused, asq_5="no").values == {"total": NON_ACUTE}
    assert result(**refused, asq_5="yes").values == {"total": ACUTE}
    assert result(**refused).gaps == {"asq_5": NOT_ASKED_5}


def test_a_yes_beside_a_refusal_is_positive():
    assert result(**{**NO, "asq_1": "refused", "asq_2": "yes"}, asq_5="no").values == {"total": NON_ACUTE}


def test_a_question_that_was_not_asked_is_not_no():
    assert result(asq_1="no", asq_2="no", asq_3="no") == Worked({"total": None}, gaps={"asq_4": NOT_ASKED})
    assert result().values == {"total": None}
