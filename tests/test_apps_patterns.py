"""The page of patterns: what may be paired, what is said of it, by whom it may be seen. Never why."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import Clinic, Clock, open_copy
from shipped import NIGHT, catalog, load, phq9, send

from iopkit.apps import patterns as module
from iopkit.apps.handle import handle
from iopkit.apps.message import Refused, Shown
from iopkit.apps.message_patterns import PairUp
from iopkit.apps.patterns import BETTER, CAUTIONS, IDEAS, LAGS, LEANS, lines
from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.view import Client, Message
from iopkit.apps.view_patterns import Patterns
from iopkit.clinic import Desk
from iopkit.clinic.record import Person
from iopkit.errors import AccessError
from iopkit.measures.association import Association
from iopkit.words import say
from iopkit.worksheets import Worksheet

__all__ = ["catalog"]
TODAY = date(2026, 3, 13)
SE, MEALS, URGE = "sleep-diary.se", "nutrition-log.meals_count", "urge-log.craving"


def night(day: date, awake: int) -> dict[str, object]:
    return {**NIGHT, "day": day.isoformat(), "awake_minutes": awake}


def days_back(count: int) -> list[date]:
    return [TODAY - timedelta(days) for days in reversed(range(count))]


def sleep(desk: Desk, count: int) -> None:
    """Send nights, each with another number of minutes awake, in no order of time."""
    for number, day in enumerate(days_back(count)):
        send(desk, "sleep-diary", night(day, 10 + 7 * (number * 5 % count)), day=day)


def urges(desk: Desk, count: int) -> None:
    """Send urges that are stronger after nights with more minutes awake."""
    for number, day in enumerate(days_back(count)):
        strong = min(10, number * 5 % count // 2)
        send(desk, "urge-log", {"day": day.isoformat(), "urges": [{"craving": strong}]}, day=day)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, templates: Path, catalog: dict[str, Worksheet]) -> Path:
    """Let Ava write about sixteen nights for Ina and as many urges for Sue, once for all tests."""
    folder = tmp_path_factory.mktemp("patterns") / "store"
    shutil.copytree(templates / "clinic", folder)
    with open_copy(folder, Clock(), catalog) as store:
        sleep(store.desk_for("ava"), 16)
        urges(store.desk_for("ava"), 16)
    return folder


@pytest.fixture
def filled(written: Path, tmp_path: Path, clock: Clock, catalog: dict[str, Worksheet]) -> Iterator[Clinic]:
    """Open a clinic of one's own in which Ava has written."""
    shutil.copytree(written, tmp_path / "filled")
    with open_copy(tmp_path / "filled", clock, catalog) as store:
        yield Clinic(store, **{person.user: person for person in store.people()})


def consent(clinic: Clinic) -> None:
    """Let Ina read what Ava writes for Sue."""
    clinic.desk(clinic.ava).consent(
        ["substance-use"],
        clinic.ina.id,
        purpose="my care",
        until=TODAY + timedelta(90),
        signature="Ava Example",
    )


def page(desk: Desk, clock: Clock, client: Person, *parts: str) -> Patterns:
    body = make_view(desk, key(desk, "patterns", client.id, *(parts or ("", ""))), now=clock()).body
    assert isinstance(body, Patterns), body
    return body


def names(body: Patterns, desk: Desk) -> list[str]:
    return [desk.unseal(one.value).partition(":")[2] for one in body.series]


def pair(desk: Desk, clock: Clock, client: Person, first: str, second: str, lag: int = 0) -> Patterns:
    action = PairUp(
        id="p",
        key=key(desk, "patterns", client.id, "", ""),
        first=key(desk, "series", first),
        second=key(desk, "series", second),
        lag=lag,
    )
    reply = handle(desk, action, now=clock())
    assert isinstance(reply, Shown), reply
    assert isinstance(reply.view.body, Patterns)
    return reply.view.body


def test_the_client_page_leads_there_and_back(filled: Clinic, clock: Clock) -> None:
    desk = filled.desk(filled.ina)
    body = make_view(desk, key(desk, "client", filled.ava.id), now=clock()).body
    assert isinstance(body, Client)

    there = make_view(desk, body.patterns, now=clock())

    assert there.title == "Patterns"
    assert isinstance(there.body, Patterns)
    assert there.body.client == "Ava Example"
    assert desk.unseal(there.body.back) == f"client:{filled.ava.id}"
    assert (there.body.kind, there.body.figures, there.body.lines) == ("none", [], [])


def test_the_series_are_the_figures_of_days_with_how_many_days_they_have(
    filled: Clinic, clock: Clock
) -> None:
    send(filled.desk(filled.ava), "phq-9", phq9(10))
    send(filled.desk(filled.ava), "nutrition-log", {"meals": [{"kind": "lunch", "time": "12:30"}]})
    desk = filled.desk(filled.ina)

    body = page(desk, clock, filled.ava)

    found = names(body, desk)
    assert [one for one in found if one.startswith("phq-9")] == []
    assert "sleep-diary.midsleep" not in found
    assert "nutrition-log.first_meal" not in found
    assert SE in found
    assert body.series[found.index(SE)].label == "Sleep diary: Sleep efficiency (of time in bed), 16 days"
    assert body.series[found.index(MEALS)].label == "Nutrition log: Meals and snacks, 1 day"


def test_a_pair_has_its_figures_its_picture_and_its_days(filled: Clinic, clock: Clock) -> None:
    consent(filled)
    desk = filled.desk(filled.ina)

    body = pair(desk, clock, filled.ava, SE, URGE)

    assert (body.kind, body.lag) == ("shown", 0)
    assert body.pair == "Sleep efficiency (of time in bed) and Craving, on the same day"
    assert body.lines[0] == LEANS["down"]
    assert re.fullmatch(
        r"Spearman's rho −0\.9\d, 95% interval −(1|0\.9\d) to −0\.\d+, "
        r"from 16 pairs; permutation p under 0\.001\.",
        body.lines[1],
    )
    assert body.lines[-3:] == [
        "Sleep efficiency (of time in bed): higher is better.",
        "Craving: lower is better.",
        "A night belongs to the day on which it ended, so the same day is the one that followed it.",
    ]
    dots, days = body.figures
    assert len(dots.table.rows) == 16
    assert dots.table.head == ["Day", "Sleep efficiency (of time in bed)", "Craving"]
    assert days.summary == "16 of 84 days have both."
    assert body.cautions == list(CAUTIONS)


def test_two_figures_that_drift_over_the_weeks_are_said_to(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.store.desk_for("ava")
    for number, day in enumerate(days_back(16)):
        send(desk, "sleep-diary", night(day, 90 - 5 * number), day=day)
    ina = clinic.desk(clinic.ina)

    body = pair(ina, clock, clinic.ava, SE, "sleep-diary.tst")

    assert module.DRIFT in body.lines


def test_the_choice_stands_in_the_address_so_that_a_reload_keeps_it(filled: Clinic, clock: Clock) -> None:
    consent(filled)
    desk = filled.desk(filled.ina)
    body = pair(desk, clock, filled.ava, SE, URGE, 1)

    again = page(desk, clock, filled.ava, "", "", SE, URGE, "1")

    assert again == body
    assert body.lag == 1
    assert desk.unseal(body.first) == f"series:{SE}"
    assert desk.unseal(body.second) == f"series:{URGE}"


def test_the_day_after_pairs_one_day_less(filled: Clinic, clock: Clock) -> None:
    consent(filled)

    body = pair(filled.desk(filled.ina), clock, filled.ava, SE, URGE, 1)

    assert body.pair == "Sleep efficiency (of time in bed), and Craving a day later"
    assert len(body.figures[0].table.rows) == 15
    assert body.figures[1].summary == "15 of 83 days have both."


def test_under_fourteen_pairs_there_is_no_figure_at_all(clinic: Clinic, clock: Clock) -> None:
    sleep(clinic.desk(clinic.ava), 13)
    desk = clinic.desk(clinic.ina)

    body = pair(desk, clock, clinic.ava, SE, "sleep-diary.tst")

    assert body.kind == "few"
    assert body.lines[0] == "Too few: 13 pairs, and no figure is given under 14."
    assert [one.title for one in body.figures] == ["Which days have what"]
    assert "rho" not in body.model_dump_json()


def test_a_series_that_stands_still_has_no_figure(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    sleep(desk, 15)
    for day in days_back(15):
        send(desk, "nutrition-log", {"meals": [{"kind": "lunch", "time": "12:30"}]}, day=day)

    body = pair(clinic.desk(clinic.ina), clock, clinic.ava, SE, MEALS)

    assert body.kind == "still"
    assert body.lines[0].startswith("15 pairs, but one of the two hardly moves")
    assert len(body.figures) == 2


def test_where_there_is_nothing_the_page_says_what_will_be_there(clinic: Clinic, clock: Clock) -> None:
    body = page(clinic.desk(clinic.ina), clock, clinic.ava)

    assert body.series == []
    assert body.empty.startswith("There is nothing to pair yet.")


def test_the_same_figure_twice_is_refused_in_words(filled: Clinic, clock: Clock) -> None:
    desk = filled.desk(filled.ina)
    same = key(desk, "series", SE)
    base = key(desk, "patterns", filled.ava.id, "", "")

    reply = handle(desk, PairUp(id="p", key=base, first=same, second=same, lag=0), now=clock())

    assert isinstance(reply, Refused)
    assert reply.text == "Choose two different figures."


@pytest.mark.parametrize("wrong", ["key", "first", "second"])
def test_what_is_no_series_or_no_page_of_patterns_is_refused(
    filled: Clinic, clock: Clock, wrong: str
) -> None:
    desk = filled.desk(filled.ina)
    keys = {
        "key": key(desk, "patterns", filled.ava.id, "", ""),
        "first": key(desk, "series", SE),
        "second": key(desk, "series", "sleep-diary.tst"),
    }

    reply = handle(
        desk, PairUp(id="p", lag=0, **keys | {wrong: key(desk, "client", filled.ava.id)}), now=clock()
    )

    assert isinstance(reply, Refused)


def test_a_series_that_is_not_there_is_said(filled: Clinic, clock: Clock) -> None:
    body = pair(filled.desk(filled.ina), clock, filled.ava, SE, URGE)

    assert (body.kind, body.figures) == ("none", [])
    assert body.lines == ["This figure is not here for you. Choose another one."]


# Who may see it


def test_each_clinician_pairs_what_they_treat(filled: Clinic, clock: Clock) -> None:
    ina, sue = filled.desk(filled.ina), filled.desk(filled.sue)

    assert {one.split(".")[0] for one in names(page(ina, clock, filled.ava), ina)} == {"sleep-diary"}
    assert {one.split(".")[0] for one in names(page(sue, clock, filled.ava), sue)} == {"urge-log"}


def test_with_a_consent_to_another_domain_its_figures_are_there_until_it_ends(
    filled: Clinic, clock: Clock
) -> None:
    consent(filled)
    desk = filled.desk(filled.ina)
    with_consent = names(page(desk, clock, filled.ava), desk)
    clock.pass_(days=91)
    sleep_again = filled.desk(filled.ava)
    send(sleep_again, "sleep-diary", NIGHT)
    send(sleep_again, "urge-log", {"urges": [{"craving": 3}]})
    later = filled.desk(filled.ina)

    assert URGE in with_consent
    assert URGE not in names(page(later, clock, filled.ava), later)


def test_one_entry_that_was_opened_to_a_clinician_makes_no_series(filled: Clinic, clock: Clock) -> None:
    urge = send(filled.desk(filled.ava), "urge-log", {"urges": [{"craving": 9}]})
    filled.desk(filled.ava).share(
        urge, filled.ina.id, until=TODAY + timedelta(9), purpose="my care", signature="Ava Example"
    )
    desk = filled.desk(filled.ina)

    assert urge in {one.id for one in desk.entries(filled.ava.id)}
    assert URGE not in names(page(desk, clock, filled.ava), desk)


@pytest.mark.parametrize("who", ["ava", "ben", "cora"])
def test_nobody_else_has_the_page(filled: Clinic, clock: Clock, who: str) -> None:
    """A client has no such page, of themself neither: it is made to be looked at together."""
    desk = filled.desk(getattr(filled, who))

    body = make_view(desk, key(desk, "patterns", filled.ava.id, "", ""), now=clock()).body

    assert isinstance(body, Message)
    with pytest.raises(AccessError):
        desk.entries_for_patterns(filled.ava.id, since=TODAY, until=TODAY)


def test_a_clinician_of_nobody_is_refused_and_that_is_in_the_trail(filled: Clinic, clock: Clock) -> None:
    desk = filled.desk(filled.ina)

    body = make_view(desk, key(desk, "patterns", filled.ben.id, "", ""), now=clock()).body

    assert isinstance(body, Message)


def test_a_look_is_one_line_in_the_clients_log(filled: Clinic, clock: Clock) -> None:
    desk = filled.desk(filled.ina)
    clock.pass_(minutes=5)
    pair(desk, clock, filled.ava, SE, "sleep-diary.tst")

    log = filled.desk(filled.ava).access_log()
    newest = [(one.who, one.what) for one in log if one.at == clock() and one.who == "Ina Invented"]

    assert newest == [("Ina Invented", "opened two figures of the record, day by day")]


# A screen that is safe to share


def test_a_safe_screen_holds_the_figures_of_its_domain_only(filled: Clinic, clock: Clock) -> None:
    consent(filled)
    desk = filled.desk(filled.ina)
    both = names(page(desk, clock, filled.ava), desk)

    view = make_view(desk, key(desk, "patterns", filled.ava.id, "safe", "individual"), now=clock())

    assert isinstance(view.body, Patterns)
    assert view.safe is not None
    assert URGE in both
    assert {one.split(".")[0] for one in names(view.body, desk)} == {"sleep-diary"}
    assert "Urge" not in view.model_dump_json()
    assert desk.unseal(view.body.back) == f"client:{filled.ava.id}:safe:individual"
    assert desk.unseal(view.body.key) == f"patterns:{filled.ava.id}:safe:individual"


def test_a_safe_screen_asked_for_another_domains_figure_does_not_have_it(
    filled: Clinic, clock: Clock
) -> None:
    consent(filled)
    desk = filled.desk(filled.ina)

    body = page(desk, clock, filled.ava, "safe", "individual", SE, URGE, "0")

    assert body.lines == ["This figure is not here for you. Choose another one."]
    assert body.figures == []


def test_a_domain_that_one_does_not_treat_has_no_safe_screen(filled: Clinic, clock: Clock) -> None:
    consent(filled)
    desk = filled.desk(filled.ina)

    body = make_view(desk, key(desk, "patterns", filled.ava.id, "safe", "substance-use"), now=clock()).body

    assert isinstance(body, Message)


def test_the_safe_client_page_leads_to_the_safe_patterns(filled: Clinic, clock: Clock) -> None:
    desk = filled.desk(filled.ina)

    body = make_view(desk, key(desk, "client", filled.ava.id, "safe", "individual"), now=clock()).body

    assert isinstance(body, Client)
    assert desk.unseal(body.patterns) == f"patterns:{filled.ava.id}:safe:individual"


# Days


def test_a_client_who_travels_and_a_night_of_23_hours_are_still_one_day_each(
    clinic: Clinic, clock: Clock
) -> None:
    """Nights that ended on 7, 8 and 10 March: in New York clocks change on the 8th."""
    clock.instant = datetime(2026, 3, 7, 23, tzinfo=UTC)
    desk = clinic.store.desk_for("ava")
    send(desk, "sleep-diary", night(date(2026, 3, 7), 40))
    clock.instant = datetime(2026, 3, 8, 23, tzinfo=UTC)
    send(desk, "sleep-diary", night(date(2026, 3, 8), 30))
    clock.instant = datetime(2026, 3, 10, 4, tzinfo=UTC)
    send(desk, "sleep-diary", night(date(2026, 3, 10), 20))
    ina = clinic.store.desk_for("ina")

    body = pair(ina, clock, clinic.ava, SE, "sleep-diary.tst", 1)

    assert body.figures[0].summary == "1 of 83 days have both."


# Words

FORBIDDEN = {
    "en": r"caus\w*|because|due to|effect\w*|affect\w*|lead(s|ing)? to|led to|impact\w*|influenc\w*"
    r"|result(s|ed)? in|predict\w*|improv\w*|mak(es|ing)|driv(es|en|ing)|reduc\w*|increas\w*|decreas\w*"
    r"|boost\w*|benefit\w*|trigger\w*|help(s|ed|ing)?|explain\w*|therefore|thanks to|responsible|worsen\w*"
    r"|brings? about|prevent\w*|depend\w*|works",
    "es": r"caus\w*|porque|debid\w+ a|efect\w*|afect\w*|llev\w+ a|impact\w*|influ\w*|predi\w*"
    r"|mejor(a|an|ar|ó)|provoc\w*|produc\w*|reduc\w*|aument\w*|gracias a|ayud\w*|desencaden\w*|explic\w*"
    r"|por lo tanto|responsable|empeor\w*|benefici\w*|depend\w*|genera\w*|conduc\w*|hace que|evita\w*"
    r"|por eso|funciona\w*",
}
"""Words that say why. None of them may stand in a sentence of ours on this page, in either language."""


def sentences(language: str) -> list[str]:
    """Return everything the page can say, series aside."""
    kinds = (
        Association("few", 3),
        Association("still", 20),
        Association("shown", 20, -0.5, -0.8, -0.2, 0.0005),
        Association("shown", 20, 0.5, 0.2, 0.8, 0.02, 3),
        Association("shown", 20, 0.1, -0.2, 0.3, 0.6),
    )
    said = [
        say(text, language)
        for text in (*CAUTIONS, *LEANS.values(), *BETTER.values(), module.EMPTY, module.NIGHTS, module.DRIFT)
    ]
    said += [say(text, language, first="A", second="B") for text in LAGS.values()]
    return said + [text for one in kinds for text in lines(one, language)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_sentence_of_the_page_says_why(language: str) -> None:
    found = [
        (text, match.group())
        for text in sentences(language)
        for match in re.finditer(rf"\b({FORBIDDEN[language]})\b", text, re.IGNORECASE)
    ]

    assert found == []


def test_the_script_of_the_page_says_nothing_of_why_either() -> None:
    text = Path("frontend/src/views/patterns.js").read_text(encoding="utf-8")
    said = re.findall(r'say\("([^"]*)"', text)

    assert len(said) > 8
    assert [one for one in said if re.search(rf"\b({FORBIDDEN['en']})\b", one, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sleep improves mood."),
        ("en", "Craving fell because of practice."),
        ("es", "El sueño mejora el ánimo."),
        ("es", "Provoca ansias."),
    ],
)
def test_the_list_of_words_finds_what_it_should(language: str, text: str) -> None:
    assert re.search(rf"\b({FORBIDDEN[language]})\b", text, re.IGNORECASE)


def test_every_sentence_is_said_in_spanish() -> None:
    english, spanish = sentences("en"), sentences("es")

    assert [one for one, other in zip(english, spanish, strict=True) if one == other] == []


def test_pairs_often_asked_about_name_figures_that_exist() -> None:
    catalog = load()
    known = {f"{sheet.id}.{score.name}" for sheet in catalog.values() for score in sheet.scores}

    assert {one for first, second, _lag in IDEAS for one in (first, second)} - known == set()
    assert all(before != after for before, after in pairwise(IDEAS))


def test_pairs_often_asked_about_are_there_where_the_client_has_both(filled: Clinic, clock: Clock) -> None:
    consent(filled)
    desk = filled.desk(filled.ina)

    body = page(desk, clock, filled.ava)
    shown = make_view(desk, body.ideas[0].key, now=clock()).body

    assert [one.label for one in body.ideas] == [
        "Sleep efficiency (of time in bed) and Craving, on the same day",
        "Craving, and Sleep efficiency (of time in bed) a day later",
    ]
    assert isinstance(shown, Patterns)
    assert shown.kind == "shown"
    assert len(shown.ideas) == 1
