"""Older databases come to the present schema with all that is in them."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import IntegrityError

from tests.cli import Tracker
from tests.test_storage import differences
from tracker.storage.connection import connect
from tracker.storage.engine import make_engine
from tracker.storage.migrations import create_at, upgrade
from tracker.storage.schema import head_revision, migrations_folder
from tracker.storage.target import Target, parse_target

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FIRST = (
    "INSERT INTO resolutions (id, symbol, symbol_key, language) VALUES (1, 'A/RES/1/1', 'A/RES/1/1', 'en')",
    (
        "INSERT INTO items (id, resolution_id, position, place, paragraph, force, addressees, addressee_words, "
        "office_group, status, tags, to_check, version) "
        "VALUES (7, 1, 0, '3', '3', 'request', 'ohchr', '[]', 'secretariat', 'pending', '', {false}, 1)"
    ),
    "INSERT INTO operations (id, recorded_at, actor, command, summary) VALUES (1, '2025-01-01', 'o', 'c', 's')",
    (
        "INSERT INTO events (id, operation_id, item_id, field, new, holds_on) "
        "VALUES (1, 1, 7, 'created', '3', '2025-01-01')"
    ),
)
"""One item with its history, as the first schema held it."""


def first_schema(target: Target) -> None:
    """A database of the first schema with one item."""
    with make_engine(target, foreign_keys=False).begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(migrations_folder()))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for sql in FIRST:
            connection.exec_driver_sql(sql.format(false="0" if target.is_sqlite else "false"))


def check(target: Target) -> None:
    """Everything of the first schema is still there, in the present one."""
    assert differences(target) == []
    with contextlib.closing(connect(target)) as connection:
        assert connection.execute("SELECT id, ref, status FROM item_rows").fetchall() == [(7, "A/RES/1/1:3", "pending")]
        assert connection.execute("SELECT new FROM events").fetchall() == [("3",)]
    check_priorities(target)


def check_priorities(target: Target) -> None:
    """A time of a series may have no priority; what is none is still refused."""
    with make_engine(target, foreign_keys=True).begin() as connection:
        connection.exec_driver_sql("UPDATE items SET priority = '-'")
        if target.is_sqlite:
            assert connection.exec_driver_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
    engine = make_engine(target, foreign_keys=True)
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql("UPDATE items SET priority = 'some'")
    engine.dispose()


def test_a_database_of_the_first_schema_is_upgraded_after_a_copy(tmp_path: Path) -> None:
    target = Target(path=tmp_path / "old.sqlite3")
    connect(target, write=True, create=True).close()
    first_schema(target)
    before, after, backup = upgrade(target, NOW)
    assert (before, after) == ("0001", head_revision())
    check(target)
    assert backup is not None
    with contextlib.closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    with contextlib.closing(connect(target, write=True)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE items SET status = 'done'")


def test_the_first_write_upgrades_sqlite(tmp_path: Path) -> None:
    target = Target(path=tmp_path / "old.sqlite3")
    connect(target, write=True, create=True).close()
    first_schema(target)
    tracker = Tracker(tmp_path / "old.sqlite3")
    assert tracker("list").code == 78
    tracker.ok("update", "7", "--note", "x")
    assert [item["ref"] for item in tracker.ok("list", "--json").json()] == ["A/RES/1/1:3"]


def test_postgresql_is_upgraded_on_command(postgres_url: str) -> None:
    target = parse_target(postgres_url)
    first_schema(target)
    assert Tracker(postgres_url)("update", "7", "--note", "x").code == 78
    upgrade(target, NOW)
    check(target)


def test_what_was_undone_before_counts_for_nothing_after_the_upgrade(tmp_path: Path) -> None:
    target = Target(path=tmp_path / "old.sqlite3")
    create_at(target, "0003")
    said: dict[int, tuple[int | None, list[tuple[str, str | None, str | None]]]] = {
        2: (None, [("assignee", None, "Ana"), ("due_on", None, "2026-05-01")]),
        3: (2, [("due_on", "2026-05-01", None), ("assignee", "Ana", None)]),
        4: (None, [("office", None, "X"), ("note", None, "n")]),
        5: (4, [("note", "n", None), ("office", "X", None)]),
        6: (5, [("office", None, "X"), ("note", None, "n")]),
        7: (None, [("priority", None, "high")]),
    }
    with make_engine(target).begin() as connection:
        for sql in FIRST:
            connection.exec_driver_sql(sql.format(false="0"))
        for number, (undoes, events) in said.items():
            operation = (number, "2025-01-01", "o", "c", "s", undoes)
            connection.exec_driver_sql("INSERT INTO operations VALUES (?, ?, ?, ?, ?, ?)", operation)
            for field, old, new in events:
                connection.exec_driver_sql(
                    "INSERT INTO events (operation_id, item_id, field, old, new, holds_on) VALUES (?, 7, ?, ?, ?, ?)",
                    (number, field, old, new, "2025-01-01"),
                )
    upgrade(target, NOW)
    with contextlib.closing(connect(target)) as reader:
        sql = "SELECT operation_id, field FROM events WHERE id IN (SELECT id FROM silent_events)"
        silent = set(map(tuple, reader.execute(sql).fetchall()))
    assert silent == {(2, "assignee"), (2, "due_on"), (3, "assignee"), (5, "office"), (6, "office")}
