"""The revision of the schema, and the triggers and views that every migration recreates."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from tracker.errors import BadConfiguration, SchemaMismatch
from tracker.storage.connection import translate
from tracker.storage.target import Target

_PACKAGE = Path(__file__).resolve().parent.parent


def migrations_folder() -> Path:
    """Where the migrations are: inside the installed package, or beside it in a checkout."""
    for folder in (_PACKAGE / "migrations", _PACKAGE.parent / "migrations"):
        if (folder / "versions").is_dir():
            return folder
    raise BadConfiguration("the migrations are missing from this installation; install the package again")


@cache
def revisions() -> tuple[str, ...]:
    """All revisions, oldest first: the numbers that the file names of `versions` start with."""
    files = (path.name for path in (migrations_folder() / "versions").iterdir() if path.suffix == ".py")
    return tuple(sorted(name.partition("_")[0] for name in files if name[0].isdigit()))


def head_revision() -> str:
    """The newest revision."""
    return revisions()[-1]


def revision(connection: Any, target: Target) -> str | None:
    """The revision of the database, or None if it has no tracker tables at all."""
    if target.is_sqlite:
        present = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    else:
        present = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'alembic_version'"
    try:
        if not connection.execute(present).fetchone()[0]:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except Exception as error:
        raise translate(error, target) from error
    return str(row[0]) if row else None


def check_revision(connection: Any, target: Target) -> None:
    """Raises SchemaMismatch unless the database has exactly the schema of this program."""
    found, head = revision(connection, target), head_revision()
    if found == head:
        return
    if found is None and not target.is_sqlite:
        raise SchemaMismatch(f"{target} has no tracker tables yet: run `tracker db upgrade`; nothing was changed")
    if found is None:
        raise SchemaMismatch(f"{target} is not a tracker database (it has no tracker tables); it was left alone")
    if found > head:
        raise SchemaMismatch(
            f"{target} has schema {found}, newer than {head} of this program: install a newer one; nothing was changed"
        )
    raise SchemaMismatch(
        f"{target} has schema {found}, older than {head} of this program: run `tracker db upgrade`; nothing was changed"
    )


INHERITED = ("assignee", "office", "priority", "tags")
"""Fields that an occurrence has from its series until it has its own."""

NOTHING = "-"
"""What an occurrence holds in such a field when it shall have nothing, whatever its series has."""

ITEM_ROWS = """
        SELECT i.id, r.symbol || ':' || i.place AS ref, r.symbol, r.symbol_key, r.body, r.session, r.adopted_on,
               r.language, i.resolution_id, i.position, i.place, i.paragraph, i.sub, i.force, i.addressees,
               i.addressee_words, i.office_group, i.deliverable, i.recurrence, i.known_on, i.status, i.status_on,
               i.due_on, i.due_by_hand, i.first_due_on, i.extension, {assignee} AS assignee, {office} AS office,
               {priority} AS priority, COALESCE({tags}, '') AS tags,
               i.to_check, i.deadline, i.own_words, i.version, i.added, i.series_id, i.occurrence_on,
               i.until, w.verb, COALESCE(i.own_action, w.action) AS action,
               COALESCE(i.own_words, w.words) AS words, w.words AS text_words, w.start_at, w.end_at,
               w.text_id, w.reasons, w.doubts,
               d.kind AS due_kind, d.relation AS due_relation, d.body AS due_body, d.session AS due_session,
               d.value AS due_value, d.words AS due_text, d.submit_by, d.issue_by, d.basis AS due_basis,
               d.why AS due_why, d.verified AS due_verified, d.due_on AS text_due_on
        FROM items i
        JOIN resolutions r ON r.id = i.resolution_id
        LEFT JOIN items s ON s.id = i.series_id
        LEFT JOIN wordings w ON w.item_id = COALESCE(i.series_id, i.id) AND w.language = r.language AND w.current
        LEFT JOIN deadlines d ON d.item_id = i.id AND d.position = 0
            AND d.by_hand = (i.deadline IS NOT NULL)
        WHERE i.withdrawn IS """.format(
    **{
        name: f"CASE WHEN i.series_id IS NULL THEN i.{name} "
        f"ELSE NULLIF(COALESCE(NULLIF(i.{name}, ''), s.{name}), '{NOTHING}') END"
        for name in INHERITED
    }
)
"""Items with what belongs to them, those that are there (`NULL`) or those that were withdrawn (`NOT NULL`)."""

VIEWS = {"item_rows": f"{ITEM_ROWS}NULL"}

SEARCH_INDEX = "search_index"
"""The index of full text over `search_entries`: on SQLite a table of FTS5, with tables of its own beside it.

`indexing.py` keeps it equal to `search_entries`. A trigger cannot: SQLite holds FTS5 for unsafe in one while
trusted_schema is off.
"""

_GUARDS = {
    ("events", "UPDATE"): "",
    ("events", "DELETE"): "",
    # The summary of an operation is known only after its events: it is written once.
    ("operations", "UPDATE"): "WHEN (OLD.summary <> '')",
    ("operations", "DELETE"): "",
}
"""History is append-only: what the triggers refuse, and when."""


def drop_views(connection: Any) -> None:
    """Drops all views, so that a migration can change the tables below; `connection` is SQLAlchemy's."""
    for name in reversed(VIEWS):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def recreate_schema_objects(connection: Any, *, sqlite: bool) -> None:
    """Drops and makes again all views and triggers; `connection` is SQLAlchemy's, in a transaction."""
    run = connection.exec_driver_sql
    drop_views(connection)
    for name, body in VIEWS.items():
        run(f"CREATE VIEW {name} AS {body}")
    if not sqlite:
        run(
            "CREATE OR REPLACE FUNCTION tracker_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$"
        )
    for (table, action), condition in _GUARDS.items():
        trigger = f"{table}_no_{action.lower()}"
        head = f"CREATE TRIGGER {trigger} BEFORE {action} ON {table} FOR EACH ROW {condition}"
        if sqlite:
            run(f"DROP TRIGGER IF EXISTS {trigger}")
            run(f"{head} BEGIN SELECT RAISE(ABORT, 'history is append-only'); END")
        else:
            run(f"DROP TRIGGER IF EXISTS {trigger} ON {table}")
            run(f"{head} EXECUTE FUNCTION tracker_append_only()")
