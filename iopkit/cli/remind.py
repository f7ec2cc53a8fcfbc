"""``iopkit remind``: notes by e-mail to clients who asked for them; for cron or a systemd timer."""

import typer

from iopkit.cli.place import Database, KeyFile, open_place


def remind(database: Database = None, key_file: KeyFile = None) -> None:
    """Send the reminders that are due now: at most one a day to who turned them on, none at quiet hours.

    Several may run at once; each note is sent once. Exit 1 when one could not be sent; the next run tries.
    """
    from iopkit.apps.remind import remind as go_round
    from iopkit.exchange.mail import mailer

    through = mailer()
    with open_place(database, key_file) as store:
        done = go_round(store, through)
    for line in done.lines or ["Nothing to send now."]:
        print(line)
    if not done.is_well:
        raise typer.Exit(1)
