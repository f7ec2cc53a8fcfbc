"""The command line. One module a group of commands; each turns arguments into calls, results into lines."""

import sys

import typer

from iopkit.cli import (
    audit,
    backup,
    bench,
    calendars,
    database,
    doctor,
    export,
    hours,
    imports,
    invitations,
    keys,
    people,
    remind,
    report,
    serve,
    upgrade,
    worksheets,
)
from iopkit.errors import IopkitError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command()(serve.serve)
app.add_typer(worksheets.app, name="worksheets")
app.add_typer(people.user, name="user")
people.user.command("invite")(invitations.invite)
people.user.command("second-factor")(invitations.second_factor)
people.user.command("link")(invitations.link)
people.user.command("unlink")(invitations.unlink)
app.add_typer(keys.app, name="keys")
app.add_typer(database.app, name="database")
app.add_typer(audit.audit, name="audit")
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(upgrade.upgrade)
app.command()(doctor.doctor)
app.command("demo")(people.demo)
app.command()(report.report)
app.command()(remind.remind)
app.command()(hours.hours)
export.app.command("ics")(calendars.ics)
export.app.command("letter")(calendars.letter)
imports.app.command("ics")(calendars.take_over)
app.add_typer(export.app, name="export")
app.add_typer(imports.app, name="import")
app.add_typer(bench.app, name="bench")


@app.callback()
def iopkit() -> None:
    """Homework worksheets, apps and reports for virtual intensive outpatient programs."""


def main() -> None:
    """Run the command line: exit 0 done, 1 refused (one line per problem on stderr), 2 wrong usage."""
    try:
        app()
    except IopkitError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
