"""The result of the ASQ suicide risk screening as NIMH defines it. A refusal is never negative."""

from collections.abc import Mapping
from datetime import date

from iopkit.worksheets.functions import Figures, Worked

NEGATIVE, NON_ACUTE, ACUTE = 0, 1, 2

QUESTIONS = ("asq_1", "asq_2", "asq_3", "asq_4")

NOT_SCREENED = "Refused, so not screened. This is no negative screen; please follow up."
NOT_ASKED = "No answer, so the screening is not complete. This is no negative screen."
NOT_ASKED_5 = "Positive screen. Question 5 has no answer, so it is not known how acute it is."


def asq(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return 0 negative, 1 non-acute positive, 2 acute positive; None with the reason when it is not known.

    Any yes to questions 1 to 4 is positive, and so is a refusal of a minor; question 5 tells how acute.
    """
    given = {question: answers.get(question) for question in QUESTIONS}
    refused = [question for question, answer in given.items() if answer == "refused"]
    if "yes" in given.values() or (refused and answers.get("asq_minor") == "yes"):
        return _positive(answers.get("asq_5"))
    missing = [question for question, answer in given.items() if answer is None]
    if refused or missing:
        gaps = dict.fromkeys(refused, NOT_SCREENED) | dict.fromkeys(missing, NOT_ASKED)
        return Worked({"total": None}, gaps=gaps)
    return Worked({"total": NEGATIVE})


def _positive(acute: object) -> Worked:
    if acute == "yes":
        return Worked({"total": ACUTE})
    if acute == "no":
        return Worked({"total": NON_ACUTE})
    return Worked({"total": None}, gaps={"asq_5": NOT_ASKED_5})


FIGURES: Mapping[str, Figures] = {"asq": Figures(("total",), asq)}
