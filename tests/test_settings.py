"""Where a store lives: arguments first, then the environment, then the user's own folders."""

from pathlib import Path

import pytest

from iopkit.clinic.settings import Settings, database_url, idle_seconds, key_path, plain
from iopkit.errors import StoreError


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    for name in ("IOPKIT_DATABASE_URL", "IOPKIT_KEY_FILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return monkeypatch


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("/srv/iopkit.db", "/srv/iopkit.db"),
        ("sqlite:////srv/iopkit.db", "/srv/iopkit.db"),
        ("/srv/with space & ?sign.db", "/srv/with space & ?sign.db"),
        ("postgresql://me@host/clinic", "postgresql+psycopg://me@host/clinic"),
        ("postgresql://me:secret@host:5433/clinic", "postgresql+psycopg://me:***@host:5433/clinic"),
        ("postgresql+psycopg://me@host/clinic", "postgresql+psycopg://me@host/clinic"),
    ],
)
def test_a_path_or_a_url_names_the_database(given, shown):
    assert plain(database_url(given)) == shown


def test_an_argument_comes_before_the_environment(environment):
    environment.setenv("IOPKIT_DATABASE_URL", "/srv/environment.db")
    environment.setenv("IOPKIT_KEY_FILE", "/srv/environment.key")

    assert plain(database_url("/srv/argument.db")) == "/srv/argument.db"
    assert plain(database_url()) == "/srv/environment.db"
    assert key_path("/srv/argument.key") == Path("/srv/argument.key")
    assert key_path() == Path("/srv/environment.key")


def test_without_either_the_users_own_folders_count_and_they_differ(tmp_path):
    database, key = Path(plain(database_url())), key_path()

    assert tmp_path in database.parents
    assert tmp_path in key.parents
    assert (database.name, key.name) == ("iopkit.db", "iopkit.key")
    assert database.parent not in key.parents


def test_a_tilde_is_the_home_folder(tmp_path):
    assert plain(database_url("~/clinic.db")) == str(tmp_path / "clinic.db")
    assert key_path("~/clinic.key") == tmp_path / "clinic.key"


@pytest.mark.parametrize("given", ["://", "sqlite:what://ever", "nonsense://:x:/"])
def test_what_is_no_address_is_refused_without_repeating_it(given):
    with pytest.raises(StoreError) as refused:
        database_url(given)

    assert str(refused.value) == "The database address is not a URL such as sqlite:////folder/iopkit.db."


@pytest.mark.parametrize("given", ["sqlite://", "sqlite:///"])
def test_an_sqlite_address_needs_a_file(given):
    with pytest.raises(StoreError, match="An SQLite database needs a file"):
        database_url(given)


def test_the_limits_of_a_real_clinic_are_these():
    settings = Settings()

    assert (settings.idle_seconds, settings.login_seconds, settings.ticket_seconds) == (600, 43_200, 60)
    assert (settings.wrong_sign_ins, settings.wrong_seconds, settings.busy_seconds) == (5, 900, 10.0)


@pytest.mark.parametrize(("minutes", "seconds"), [("", 600), ("5", 300), ("0.5", 30)])
def test_an_operator_says_when_an_unused_page_locks(monkeypatch, minutes, seconds):
    monkeypatch.setenv("IOPKIT_IDLE_MINUTES", minutes)

    assert idle_seconds() == seconds


@pytest.mark.parametrize("minutes", ["0", "-1", "soon", "1441", "nan", "inf"])
def test_a_time_that_is_none_is_a_sentence(monkeypatch, minutes):
    monkeypatch.setenv("IOPKIT_IDLE_MINUTES", minutes)

    with pytest.raises(StoreError, match="IOPKIT_IDLE_MINUTES is a number of minutes"):
        idle_seconds()
