"""What ``iopkit export`` writes, as an operator types it."""

from typer.testing import CliRunner, Result

from iopkit.cli import app


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_paper_twin_is_written_where_it_was_asked_for(tmp_path):
    file = tmp_path / "log.pdf"

    done = run("export", "paper", "urge-log", "--out", file)

    assert (done.exit_code, done.stdout) == (0, f"Wrote {file}\n")
    assert file.read_bytes()[:5] == b"%PDF-"


def test_an_unknown_worksheet_is_refused_with_a_hint(tmp_path):
    done = run("export", "paper", "urge-lgo", "--out", tmp_path / "log.pdf")

    assert str(done.exception) == "There is no worksheet by that id. Did you mean urge-log?"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    file = tmp_path / "missing" / "log.pdf"

    done = run("export", "paper", "urge-log", "--out", file)

    assert str(done.exception) == (
        f"The PDF could not be written to {file}: No such file or directory. Name another place."
    )


def test_a_missing_option_is_wrong_usage():
    assert run("export", "paper", "urge-log").exit_code == 2
