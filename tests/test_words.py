"""Every shown text goes through ``say``: English stands in the code, another language in its catalog."""

from datetime import date, time
from difflib import unified_diff
from string import Formatter

import pytest

from iopkit.words import choose, format_clock, format_day, format_number, say, sentence, several
from iopkit.words.gather import ROOT, catalog_file, gather, merged, untranslated
from iopkit.words.speech import known


def test_english_is_said_as_it_stands():
    assert say("Help now", "en") == "Help now"
    assert say("Step {step} of {count}", "en", step=2, count=5) == "Step 2 of 5"


def test_what_has_no_translation_stays_english():
    assert say("A text that nobody ever shows", "es") == "A text that nobody ever shows"
    assert say("Help now", "tlh") == "Help now"


def test_a_sentence_of_the_engine_is_said_later_with_its_values():
    told = sentence("Please choose at most {most}.", most=3)

    assert told == "Please choose at most 3."
    assert say(told, "es") == "Por favor, elige 3 como máximo."


def test_a_sentence_within_a_sentence_is_said_too():
    told = sentence("Please give {wanted}.", wanted=sentence("a clock time such as 22:45"))

    assert say(told, "es") == "Por favor, da una hora, como 22:45."


def test_braces_in_a_value_are_left_alone():
    assert say("Step {step} of {count}", "en", step="{count}", count=5) == "Step {count} of 5"


@pytest.mark.parametrize(("count", "english"), [(0, "0 minutes"), (1, "1 minute"), (2, "2 minutes")])
def test_a_number_chooses_its_form(count, english):
    assert several("{count} minute", "{count} minutes", "en", count) == english


@pytest.mark.parametrize(("count", "spanish"), [(0, "0 minutos"), (1, "1 minuto"), (2, "2 minutos")])
def test_a_number_chooses_its_form_in_spanish(count, spanish):
    assert several("{count} minute", "{count} minutes", "es", count) == spanish


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("fr, es;q=0.5", "es"),
        ("fr", "en"),
        ("es;q=0, fr", "en"),
        ("es;q=much, en", "en"),
        ("," * 900, "en"),
    ],
)
def test_the_browser_chooses_the_language_of_a_page_before_sign_in(accepted, language):
    assert choose(accepted) == language


def test_days_times_and_numbers_follow_the_language():
    day = date(2026, 9, 3)

    assert format_day(day, "EEE d MMMM", "en") == "Thu 3 September"
    assert format_day(day, "EEE d 'de' MMMM", "es") == "jue 3 de septiembre"
    assert format_clock(time(0, 5), "en") == "12:05 am"
    assert format_clock(time(0, 5), "es") == "12:05 a.m."
    assert format_number(-1.25, 1, "es") == "−1.2"
    assert format_number(14.0, 1, "es") == "14"


def test_every_shown_text_is_translated():
    assert untranslated("es") == []


def test_the_catalog_holds_exactly_what_is_shown():
    here, wanted = (text.decode().splitlines() for text in (catalog_file("es").read_bytes(), merged("es")))

    # Compared by hand: pytest takes minutes to tell two such texts apart, and then says nothing of either.
    assert list(unified_diff(here, wanted, n=0, lineterm="")) == [], "run `make words`"


def test_values_stand_in_a_translation_as_in_its_original():
    foreign = [
        form
        for text in gather()
        for form in known("es").get(text if isinstance(text, str) else text[0], ())
        if not values_of(form) <= values_of(*([text] if isinstance(text, str) else text))
    ]

    assert foreign == []


def values_of(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def test_texts_on_both_sides_of_a_condition_are_gathered(tmp_path):
    (tmp_path / "iopkit").mkdir()
    code = 'say("one" if a else "two" if b else c, language)'
    (tmp_path / "iopkit" / "module.py").write_text(code)

    assert set(gather(tmp_path)) == {"one", "two"}


def test_texts_are_gathered_from_python_templates_and_scripts(tmp_path):
    def write(name: str, text: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    write(
        "iopkit/apps/one.py",
        'say("From Python", language, inner=sentence("From within"))\n'
        'several("{count} one", "{count} many", language, 2)\n',
    )
    write("iopkit/server/pages/two.html", '<p>{{ say("From a page") }}</p>')
    write(
        "frontend/src/three.js",
        'const Part = () => <p class="a">{say("From a script")}</p>;\nmark("Later");\n',
    )

    assert gather(tmp_path) == {
        "From a script": ["frontend/src/three.js"],
        "Later": ["frontend/src/three.js"],
        "From Python": ["iopkit/apps/one.py"],
        "From within": ["iopkit/apps/one.py"],
        ("{count} one", "{count} many"): ["iopkit/apps/one.py"],
        "From a page": ["iopkit/server/pages/two.html"],
    }


def test_a_new_text_is_told_until_it_is_translated(tmp_path):
    (tmp_path / "iopkit" / "words").mkdir(parents=True)
    (tmp_path / "iopkit" / "one.py").write_text('say("New", language)\n')

    catalog_file("es", tmp_path).write_bytes(merged("es", tmp_path))

    assert untranslated("es", tmp_path) == ["New"]


def test_the_root_is_the_checkout():
    assert (ROOT / "pyproject.toml").is_file()
