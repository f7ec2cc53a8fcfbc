"""Help now: the same lines on every page, the program's number last."""

import pytest

from iopkit.apps.help import help_lines


def test_988_and_911_come_first_and_need_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IOPKIT_PROGRAM_NUMBER", raising=False)

    assert [line.href for line in help_lines()] == ["tel:988", "sms:988", "tel:911"]


def test_the_programs_own_number_comes_from_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IOPKIT_PROGRAM_NUMBER", "(555) 010-0199")

    line = help_lines()[-1]

    assert (line.label, line.href) == ("Call the program", "tel:5550100199")
    assert line.detail.startswith("(555) 010-0199.")
    assert [line.program for line in help_lines()] == [False, False, False, True]


def test_veterans_and_spanish_speakers_are_told_what_to_press_and_nobody_to_press_three() -> None:
    text = " ".join(line.detail for line in help_lines(""))

    assert "press 1" in text
    assert "oprima 2" in text
    assert "3" not in text
