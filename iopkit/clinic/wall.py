"""The second wall: row-level security of PostgreSQL repeats the rules of ``access.py`` in the database.

Each table with a ``client_id`` is behind it. ``READS`` and ``WRITES`` say for whom a row is there; a table
that they do not name follows its entry, its domain, or the client it is about. What the first wall decides is
finer; the second stops what went around the first.
"""

import hashlib
from typing import Any

from sqlalchemy import Connection, Table, text

from iopkit.clinic import (  # noqa: F401  (they declare tables of the same schema)
    tables_assignments,
    tables_calendar,
    tables_device,
    tables_groups,
    tables_paths,
    tables_privacy,
    tables_room,
    tables_together,
)
from iopkit.clinic.access import DOMAINS
from iopkit.clinic.badge import HOLDS_SECONDS, PROGRAM, SETTING, Signer
from iopkit.clinic.tables import Base

APPEND_ONLY = ("audit", "note", "review", "revision", "room_event")
"""Tables that the app may only read and add to."""
GROUND = ("care_team",)
"""What the wall itself stands on: its functions read it as its owner, whom it is not forced upon."""

ME = "(SELECT iopkit_wall.person())"
OWN = f"client_id = {ME}"
_NAMED = ", ".join(f"'{domain}'" for domain in DOMAINS)
DOMAIN = f"CASE WHEN domain IN ({_NAMED}) THEN domain ELSE 'substance-use' END"
TREATED = f"(client_id, {DOMAIN}) IN (SELECT client_id, domain FROM iopkit_wall.treats())"  # noqa: S608  (constants)
CONSENTED = f"(client_id, {DOMAIN}) IN (SELECT client_id, domain FROM iopkit_wall.consented())"  # noqa: S608  (constants)
REASONED = "client_id IN (SELECT iopkit_wall.reasons())"
READABLE = f"{TREATED} OR {CONSENTED} OR {REASONED}"
KNOWN = "client_id IN (SELECT client_id FROM iopkit_wall.treats())"
RUNS = "(SELECT iopkit_wall.kind()) = 'coordinator'"
STAFF = "(SELECT iopkit_wall.kind()) <> 'client'"
JOINT = f"couple_id IN (SELECT id FROM couple WHERE {ME} IN (first_id, second_id))"  # noqa: S608  (constants)
OF_ENTRY = "EXISTS (SELECT FROM entry WHERE entry.id = entry_id)"
OF_ROOM = "EXISTS (SELECT FROM room WHERE room.id = room_id)"
BOTH = f"({JOINT} OR (client_id, 'couples') IN (SELECT client_id, domain FROM iopkit_wall.treats()))"  # noqa: S608  (constants)
OF_OURS = (
    f"EXISTS (SELECT FROM entry WHERE entry.id = entry_id AND (entry.client_id = {ME} OR entry.{JOINT}))"
)

OPENED = f"SELECT entry_id FROM together WHERE person_id = client_id AND {TREATED}"  # noqa: S608  (constants)
"""The drafts that their clients opened to this clinician, to fill in together."""
OPENED_BY = OPENED.replace("entry_id", "entry_id, client_id", 1)
"""The same with whose they are, so that nobody gives such a draft to another client."""

LEADS = f"jsonb_exists(leaders::jsonb, {ME})"
OF_LED = f"group_id IN (SELECT id FROM client_group WHERE {LEADS})"  # noqa: S608  (constants)
"""What belongs to a group that this clinician leads."""
OF_WORK = "work_id IN (SELECT id FROM group_work)"
COMES = "id IN (SELECT appointment_id FROM appointment_member)"
"""Appointments to which somebody comes whom this person may know."""

READS = {
    "appointment": f"clinician_id = {ME} OR {RUNS} OR {COMES}",
    "appointment_member": f"{OWN} OR {KNOWN} OR {RUNS}",
    "attendance": f"{OWN} OR {KNOWN} OR {RUNS}",
    "busy_time": f"{OWN} OR {KNOWN} OR {RUNS}",
    "calendar_feed": OWN,
    "reminder": OWN,
    "reminder_choice": OWN,
    "alert": f"{OWN} OR {KNOWN} OR {RUNS} OR {REASONED} OR {OF_OURS}",
    "assignment": f"{OWN} OR {READABLE}",
    "audit": f"{OWN} OR actor_id = {ME} OR {RUNS}"
    f" OR (client_id IS NULL AND thing = 'record' AND strpos(thing_id, {ME}) > 0)",
    "care_team": f"{OWN} OR clinician_id = {ME} OR {KNOWN} OR {RUNS} OR {REASONED}",
    "client_group": f"{LEADS} OR {RUNS}",
    "consent": f"{OWN} OR recipient_id = {ME} OR {KNOWN} OR {RUNS} OR {JOINT}",
    "entry": f"{OWN} OR {JOINT} OR (status <> 'draft' AND "
    f"(id IN (SELECT iopkit_wall.shared()) OR (NOT private AND ({READABLE}))))"
    f" OR (status = 'draft' AND NOT private AND couple_id IS NULL AND id IN ({OPENED}))",
    "former_rhythm": f"{OWN} OR {READABLE}",
    "group_assignment": f"{TREATED} AND {OF_WORK}",
    "group_member": f"{RUNS} OR ({TREATED} AND {OF_LED})",
    "group_work": OF_LED,
    "note": f"{STAFF} AND ({READABLE})",
    "pathway": f"{OWN} OR {READABLE}",
    "pathway_step": f"{OWN} OR {READABLE}",
    "reading": f"person_id = {ME}",
    "rest": f"{OWN} OR {READABLE}",
    "review": f"{STAFF} AND (by_id = {ME} OR {OF_ENTRY})",
    "room": BOTH,
    "room_event": OF_ROOM,
    "room_seat": OF_ROOM,
    "set_aside": f"{OWN} OR {READABLE}",
    "share": f"{OWN} OR recipient_id = {ME} OR {KNOWN}",
    "stated_reason": f"{OWN} OR person_id = {ME} OR {KNOWN} OR {RUNS}",
    "together": f"{OWN} OR {TREATED}",
}
WRITES = {
    "appointment": f"clinician_id = {ME} OR {RUNS}",
    "appointment_member": f"{TREATED} OR {RUNS}",
    "attendance": f"{TREATED} OR {RUNS}",
    "busy_time": OWN,
    "alert": f"{OWN} OR {KNOWN} OR {REASONED} OR {OF_OURS}",
    "assignment": TREATED,
    "audit": "true",  # each row is proved by its chain; what does not belong is found
    "care_team": RUNS,
    "conflict": f"{OF_OURS} OR entry_id IN ({OPENED})",
    "consent": OWN,
    "entry": f"{OWN} OR {JOINT} OR (status = 'draft' AND NOT private AND (id, client_id) IN ({OPENED_BY}))",
    "message": f"{OF_OURS} OR entry_id IN ({OPENED})",
    "former_rhythm": TREATED,
    "note": f"by_id = {ME} AND {TREATED}",
    "pathway": TREATED,
    "pathway_step": TREATED,
    "reading": f"person_id = {ME} AND {OF_ENTRY}",
    "rest": TREATED,
    "review": f"by_id = {ME} AND {OF_ENTRY}",
    "revision": OF_OURS,
    "room_event": f"by_id = {ME} AND {OF_ROOM}",
    "room_seat": f"person_id = {ME} AND {OF_ROOM}",
    "set_aside": OWN,
    "share": OWN,
    "stated_reason": f"person_id = {ME} OR {RUNS}",
    "together": f"{OWN} OR (person_id = {ME} AND {TREATED})",
}

FUNCTIONS = f"""
CREATE SCHEMA IF NOT EXISTS iopkit_wall;
GRANT USAGE ON SCHEMA iopkit_wall TO PUBLIC;
CREATE TABLE IF NOT EXISTS iopkit_wall.secret (inner_pad bytea PRIMARY KEY, outer_pad bytea NOT NULL);

CREATE OR REPLACE FUNCTION iopkit_wall.badge(OUT person text, OUT at timestamp)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    worn text[] := string_to_array(current_setting('{SETTING}', true), '|');
    told bytea;
BEGIN
    IF array_length(worn, 1) IS DISTINCT FROM 4 THEN
        RETURN;
    END IF;
    told := convert_to(array_to_string(worn[1:3], '|') || '|' || pg_backend_pid(), 'UTF8');
    PERFORM FROM iopkit_wall.secret
    WHERE sha256(convert_to(encode(sha256(outer_pad || sha256(inner_pad || told)), 'hex'), 'UTF8'))
        = sha256(convert_to(worn[4], 'UTF8'));
    IF FOUND AND abs(extract(epoch FROM clock_timestamp()) - worn[3]::bigint) < {HOLDS_SECONDS} THEN
        person := worn[1];
        at := worn[2]::timestamp;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION iopkit_wall.person() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$ SELECT person FROM iopkit_wall.badge() $$;
"""  # noqa: S608  (constants)

TIES = """
CREATE OR REPLACE FUNCTION iopkit_wall.kind() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $$
    SELECT kind FROM person WHERE id = iopkit_wall.person()
$$;

CREATE OR REPLACE FUNCTION iopkit_wall.treats(OUT client_id text, OUT domain text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, {schema}, pg_temp AS $$
    SELECT team.client_id, team.domain
    FROM iopkit_wall.badge() AS worn
    JOIN care_team AS team ON team.clinician_id = worn.person
    JOIN person AS clinician ON clinician.id = team.clinician_id AND clinician.kind = 'clinician'
    JOIN person AS client ON client.id = team.client_id
    WHERE jsonb_exists(clinician.domains::jsonb, team.domain)
    AND (worn.at AT TIME ZONE 'UTC' AT TIME ZONE client.zone)::date
        BETWEEN team.since AND coalesce(team.until, 'infinity')
$$;

CREATE OR REPLACE FUNCTION iopkit_wall.lasts(until date, client text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, {schema}, pg_temp AS $$
    SELECT until IS NULL OR (worn.at AT TIME ZONE 'UTC' AT TIME ZONE person.zone)::date <= until
    FROM iopkit_wall.badge() AS worn, person WHERE person.id = client
$$;

CREATE OR REPLACE FUNCTION iopkit_wall.consented(OUT client_id text, OUT domain text) RETURNS SETOF record
LANGUAGE sql STABLE SET search_path = pg_catalog, {schema}, pg_temp AS $$
    SELECT consent.client_id, named.domain
    FROM consent, json_array_elements_text(consent.domains) AS named(domain)
    WHERE consent.recipient_id = iopkit_wall.person() AND consent.revoked_at IS NULL
    AND consent.entry_id IS NULL AND consent.couple_id IS NULL
    AND iopkit_wall.lasts(consent.until, consent.client_id)
    AND consent.client_id IN (SELECT treats.client_id FROM iopkit_wall.treats())
$$;

CREATE OR REPLACE FUNCTION iopkit_wall.shared() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, {schema}, pg_temp AS $$
    SELECT share.entry_id FROM share LEFT JOIN consent ON consent.id = share.consent_id
    WHERE share.recipient_id = iopkit_wall.person() AND share.revoked_at IS NULL
    AND iopkit_wall.lasts(share.until, share.client_id)
    AND (share.consent_id IS NULL OR (
        consent.revoked_at IS NULL AND iopkit_wall.lasts(consent.until, consent.client_id)))
    AND (share.client_id IN (SELECT treats.client_id FROM iopkit_wall.treats())
        OR EXISTS (SELECT FROM couple WHERE (first_id, second_id) IN (
            (share.client_id, share.recipient_id), (share.recipient_id, share.client_id))))
$$;

CREATE OR REPLACE FUNCTION iopkit_wall.reasons() RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, {schema}, pg_temp AS $$
    SELECT stated_reason.client_id FROM stated_reason, iopkit_wall.badge() AS worn
    WHERE stated_reason.person_id = worn.person AND stated_reason.until > worn.at
$$;
"""


def walled() -> list[Table]:
    """Return the tables behind the wall: those with things of a client, and what somebody has read."""
    return [table for table in Base.metadata.sorted_tables if "client_id" in table.c or table.name in READS]


def lower(connection: Connection) -> None:
    """Let the owner see all rows until the end of the transaction: a migration may have to change some."""
    forced = text(
        "SELECT relname FROM pg_class"
        " WHERE relforcerowsecurity AND relnamespace = current_schema()::regnamespace"
    )
    for name in connection.execute(forced).scalars().all():
        connection.exec_driver_sql(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")


def build(connection: Connection) -> None:
    """Put the wall up as this version of the program has it, whatever stood there before."""
    schema = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    connection.exec_driver_sql(FUNCTIONS)
    connection.exec_driver_sql(TIES.format(schema=schema))
    for table in walled():
        for statement in _policies(table):
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"COMMENT ON SCHEMA iopkit_wall IS '{design()}'")


def stands(connection: Connection) -> bool:
    """Return whether the wall is the one of this version."""
    found = text("SELECT obj_description(to_regnamespace('iopkit_wall'), 'pg_namespace')")
    return connection.execute(found).scalar() == design()


def design() -> str:
    """Return what tells this version of the wall from others."""
    parts = [FUNCTIONS, TIES, *(statement for table in walled() for statement in _policies(table))]
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def knows(connection: Connection, signer: Signer) -> bool:
    """Return whether the wall takes the badges of this signer."""
    wear(connection, signer.badge(PROGRAM, process(connection)))
    return bool(connection.execute(text("SELECT iopkit_wall.person()")).scalar() == PROGRAM.person_id)


def teach(connection: Connection, signer: Signer) -> None:
    """Let the wall take this signer's badges, and nobody else's."""
    inner, outer = signer.pads
    pads = {"inner": inner, "outer": outer}
    connection.execute(text("DELETE FROM iopkit_wall.secret WHERE inner_pad <> :inner"), pads)
    connection.execute(
        text("INSERT INTO iopkit_wall.secret VALUES (:inner, :outer) ON CONFLICT DO NOTHING"), pads
    )


def wear(connection: Connection, badge: str) -> None:
    """Put a badge on for the rest of the transaction."""
    connection.execute(
        text("SELECT set_config(:setting, :badge, true)"), {"setting": SETTING, "badge": badge}
    )


def process(connection: Connection) -> int:
    """Return the number of the server's process behind a connection."""
    driver: Any = connection.connection.driver_connection
    return int(driver.info.backend_pid)


def grant(connection: Connection, role: str) -> None:
    """Let the app's role do its work and no more: it owns nothing, and what is only added to stays."""
    quoted = connection.dialect.identifier_preparer.quote(role)
    for table in Base.metadata.sorted_tables:
        rights = "SELECT, INSERT" if table.name in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
        connection.exec_driver_sql(f"REVOKE ALL ON {table.name} FROM {quoted}")
        connection.exec_driver_sql(f"GRANT {rights} ON {table.name} TO {quoted}")
    connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {quoted}")
    schema = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}")
    connection.exec_driver_sql(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {quoted}")


def _policies(table: Table) -> list[str]:
    name, program = table.name, f"{ME} = '{PROGRAM.person_id}'"
    reads = READS.get(name) or _default(table)
    writes = WRITES.get(name, reads)
    sides = {
        "SELECT": f"USING ({program} OR {reads})",
        "INSERT": f"WITH CHECK ({program} OR {writes})",
        "UPDATE": f"USING ({program} OR {writes})",
        "DELETE": f"USING ({program} OR {writes})",
    }
    force = "NO FORCE" if name in GROUND else "FORCE"
    made = [f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, {force} ROW LEVEL SECURITY"]
    for verb, rule in sides.items():
        made.append(f"DROP POLICY IF EXISTS wall_{verb.lower()} ON {name}")
        made.append(f"CREATE POLICY wall_{verb.lower()} ON {name} FOR {verb} {rule}")
    return made


def _default(table: Table) -> str:
    """Return for whom a row of a table is there that no rule names."""
    if "entry_id" in table.c:
        return f"{OWN} OR {OF_ENTRY}"
    return f"{OWN} OR {TREATED if 'domain' in table.c else KNOWN}"
