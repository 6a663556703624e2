"""The database: schema, read path, writers at once, on SQLite and PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.cli import TODAY, Tracker
from tracker.core.selection import Selection
from tracker.core.status import Status
from tracker.errors import Busy
from tracker.services import sessions, tracking
from tracker.services.act import Act
from tracker.services.changing import Change
from tracker.services.tracking import update_items
from tracker.storage import queries
from tracker.storage.base import Base, is_ours
from tracker.storage.connection import connect
from tracker.storage.engine import make_engine
from tracker.storage.migrations import create, creating, upgrade
from tracker.storage.reader import Reader, reading
from tracker.storage.target import Target, parse_target

HEAVY = ("sqlalchemy", "alembic", "rich", "jinja2", "asyncio", "importlib.metadata", "pydantic", "tomllib", "psycopg")
NOT_FOR_LISTS = (
    "tracker.core.calendar", "tracker.core.deadline", "tracker.core.reference", "tracker.core.request",
    "tracker.core.series", "tracker.services.recurring", "tracker.cli.views", "dataclasses", "getpass", "csv", "shlex",
)  # fmt: skip
"""What takes time to load and belongs to series, references by hand, views, and writing."""
NOT_FOR_HELP = (
    "tracker.core.correction", "tracker.core.recurrence", "tracker.core.report", "tracker.core.symbol",
    "tracker.core.terms", "tracker.services.advising", "tracker.services.checkup", "tracker.services.references",
    "tracker.services.searching", "tracker.services.showing", "tracker.extraction", "tracker.reading",
    "tracker.reports",
)  # fmt: skip
"""What single commands need once they run: dataclasses and patterns, which take time to make."""

REPORT = "A/HRC/RES/28/2:26"


def act(command: str = "tracker update", actor: str = "officer") -> Act:
    return Act(now=datetime(2026, 11, 24, 9, tzinfo=UTC), today=date(2026, 11, 24), actor=actor, command=command)


@pytest.fixture
def postgres(postgres_url: str, example: Path) -> Tracker:
    """The command line on a PostgreSQL database that holds resolution 28/2."""
    tracker = Tracker(postgres_url)
    tracker.ok("db", "upgrade")
    tracker.ok("import", example)
    return tracker


def differences(target: Target) -> list[Any]:
    engine = make_engine(target)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        found: list[Any] = compare_metadata(context, Base.metadata)
    engine.dispose()
    return found


def test_migrations_make_what_the_models_say(tmp_path: Path) -> None:
    target = Target(path=tmp_path / "new.sqlite3")
    create(target)
    assert differences(target) == []


def test_migrations_make_what_the_models_say_on_postgresql(postgres_url: str) -> None:
    target = parse_target(postgres_url)
    upgrade(target, datetime(2026, 1, 1, tzinfo=UTC))
    assert differences(target) == []


def test_an_empty_file_becomes_a_database(tracker: Tracker, example: Path) -> None:
    """As `mktemp` makes one."""
    Path(tracker.database).touch()
    tracker.ok("import", example)
    assert len(tracker.ok("list", "--json").json()) == 13


def test_a_database_that_is_made_meanwhile_is_kept(imported: Tracker, tmp_path: Path) -> None:
    target = Target(path=tmp_path / "new.sqlite3")
    with pytest.raises(Busy, match="left alone"), creating(target):
        Path(imported.database).rename(target.file)
    assert [path.name for path in tmp_path.iterdir()] == ["new.sqlite3"]
    assert len(Tracker(target.file).ok("list", "--json").json()) == 13


def test_creating_twice_keeps_the_first(imported: Tracker) -> None:
    create(Target(path=Path(imported.database)))
    assert len(imported.ok("list", "--json").json()) == 13


@pytest.mark.parametrize(
    "command",
    [["overdue"], ["list"], ["show", "28/2:26"], ["show", "28/2"], ["history"], ["search", "droits"], ["next"]],
)
def test_reading_imports_nothing_heavy(imported: Tracker, command: list[str]) -> None:
    assert loaded(imported, command, HEAVY) == []


@pytest.mark.parametrize(
    "command", [["overdue"], ["overdue", "--as-of", "2017-01-01"], ["list"], ["list", "--group", "states", "--csv"]]
)
def test_lists_load_only_what_they_need(imported: Tracker, command: list[str]) -> None:
    without = NOT_FOR_LISTS if "--csv" not in command else tuple(name for name in NOT_FOR_LISTS if name != "csv")
    assert loaded(imported, command, without) == []


def test_help_loads_only_what_it_tells(imported: Tracker) -> None:
    assert loaded(imported, ["--help"], (*HEAVY, *NOT_FOR_LISTS, *NOT_FOR_HELP)) == []


def loaded(imported: Tracker, command: list[str], names: tuple[str, ...]) -> list[str]:
    """Which of the modules `names` a command has loaded when it ends."""
    script = (
        "import sys\nfrom tracker.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit as end:\n"
        f"    print('EXIT', end.code, *[name for name in {names!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command], capture_output=True, text=True, check=True,
        env={**os.environ, "TRACKER_DATABASE": imported.database, "TRACKER_TODAY": TODAY, "TRACKER_CONFIG": ""},
    )  # fmt: skip
    assert done.stderr.splitlines()[-1].split()[:2] in (["EXIT", "0"], ["EXIT", "None"])
    return done.stderr.splitlines()[-1].split()[2:]


class Explaining(Reader):
    """Keeps the plan of each query."""

    def __init__(self, connection: Any, target: Target) -> None:
        super().__init__(connection, target)
        self.plans: list[str] = []

    def rows(self, sql: str, parameters: Any = None) -> list[dict[str, Any]]:
        plan = super().rows(f"EXPLAIN QUERY PLAN {sql}", parameters)
        self.plans += [str(row["detail"]) for row in plan]
        return super().rows(sql, parameters)


def test_without_history_the_columns_tell_the_past(imported: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The short way for items of which nothing was told gives what all events would give."""
    imported.ok("update", "28/2:26", "--status", "implemented", "--note", "Out.", "--on", "2016-01-15")
    imported.ok("update", "28/2:27", "--extend-to", "2017-06-30", "--authority", "A/HRC/35/1", "--on", "2016-11-01")
    imported.ok("update", "28/2:17", "--assignee", "Ana", "--tag", "fund", "--on", "2015-05-01")
    target = Target(path=Path(imported.database))
    with reading(target) as reader:
        for day in (date(2015, 3, 25), date(2015, 9, 14), date(2016, 1, 15), date(2017, 1, 1)):
            short = queries.find_items(reader, Selection(), as_of=day)
            with monkeypatch.context() as patched:
                patched.setattr(queries, "_TOUCHED", "TRUE")
                assert queries.find_items(reader, Selection(), as_of=day) == short
                assert len(short) == (13 if day.year > 2015 or day.month > 3 else 0)


def test_overdue_uses_the_partial_index(imported: Tracker) -> None:
    target = Target(path=Path(imported.database))
    with contextlib.closing(connect(target)) as connection:
        reader = Explaining(connection, target)
        queries.find_items(reader, Selection(overdue_on=date(2015, 9, 14)), order="due")
    assert any("ix_items_open_due" in plan for plan in reader.plans), reader.plans


@pytest.mark.parametrize(
    ("selection", "order", "index", "sorts"),
    [
        (Selection(), "resolution", "ix_items_shown", ""),
        (Selection(statuses=("!implemented",), groups=("secretariat",)), "resolution", "ix_items_shown", ""),
        (Selection(), "due", "ix_items_due", "RIGHT PART"),
        (Selection(overdue_on=date(2026, 11, 24)), "due", "ix_items_open_due", "RIGHT PART"),
    ],
)
def test_first_pages_come_from_indexes(
    imported: Tracker, selection: Selection, order: str, index: str, sorts: str
) -> None:
    """Nothing is sorted but what is due on the same day, and no other item is looked at."""
    target = Target(path=Path(imported.database))
    with contextlib.closing(connect(target)) as connection:
        reader = Explaining(connection, target)
        assert queries.find_items(reader, selection, order=order, limit=2)
    which = reader.plans[: 3 if sorts else 2]
    assert any(plan.startswith("SEARCH i ") and index in plan for plan in which), reader.plans
    assert not any("SCAN i" in plan for plan in reader.plans), reader.plans
    assert [plan for plan in which if "TEMP B-TREE" in plan and (not sorts or sorts not in plan)] == [], reader.plans


def test_all_items_are_counted_in_an_index(imported: Tracker) -> None:
    target = Target(path=Path(imported.database))
    with contextlib.closing(connect(target)) as connection:
        reader = Explaining(connection, target)
        assert queries.count_items(reader, Selection()) == 13
        assert queries.count_items(reader, Selection(groups=("secretariat",)), most=1) == 2
    assert [plan for plan in reader.plans if plan.startswith("SCAN i")] == ["SCAN i USING INDEX ix_items_shown"] * 2


def test_readers_cannot_write(imported: Tracker) -> None:
    connection = connect(Target(path=Path(imported.database)))
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("UPDATE items SET status = 'implemented'")
    connection.close()


def test_a_failed_command_leaves_no_trace(imported: Tracker) -> None:
    before = imported.ok("history", "--json").out
    assert imported("update", ":16", ":99", "--status", "in_progress").code == 66
    assert imported.ok("history", "--json").out == before


def in_threads(jobs: list[Any]) -> list[BaseException]:
    failures: list[BaseException] = []

    def run(job: Any) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - given to the test
            failures.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def notes(target: Target) -> list[str]:
    with reading(target) as reader:
        return [str(row["new"]) for row in queries.history(reader) if row["field"] == "note"]


def test_writers_at_once_lose_nothing_on_sqlite(imported: Tracker) -> None:
    target = Target(path=Path(imported.database))
    written = [f"note {writer}.{turn}" for writer in range(4) for turn in range(10)]

    def writer(number: int) -> None:
        for turn in range(10):
            update_items(target, [":26"], Change(notes=(f"note {number}.{turn}",)), act())

    assert in_threads([lambda number=number: writer(number) for number in range(4)]) == []
    assert sorted(notes(target)) == sorted(written)


def test_writers_at_once_lose_nothing_on_postgresql(postgres: Tracker) -> None:
    """Each writer sets the status; who loses the race is told so and wrote nothing."""
    target = parse_target(postgres.database)
    done: list[str] = []

    def writer(number: int) -> None:
        for turn in range(8):
            status = Status.IN_PROGRESS if (number + turn) % 2 else Status.PARTIALLY_IMPLEMENTED
            text = f"note {number}.{turn}"
            update_items(target, [":26"], Change(status=status, notes=(text,), assignee=text), act())
            done.append(text)

    failures = in_threads([lambda number=number: writer(number) for number in range(4)])
    assert {type(error).__name__ for error in failures} <= {"Conflict", "Busy"}
    assert sorted(notes(target)) == sorted(done)


@dataclass(frozen=True)
class Meanwhile:
    """Lets somebody else change an item once a function was called for the first time."""

    postgres: Tracker
    monkeypatch: pytest.MonkeyPatch

    def happens(self, module: ModuleType, function: str, change: Change) -> None:
        real = getattr(module, function)

        def slow(*arguments: Any) -> Any:
            self.monkeypatch.setattr(module, function, real)
            result = real(*arguments)
            update_items(parse_target(self.postgres.database), [":26"], change, act(actor="other"))
            return result

        self.monkeypatch.setattr(module, function, slow)


@pytest.fixture
def meanwhile(postgres: Tracker, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    return Meanwhile(postgres, monkeypatch)


def test_conflict_shows_both_values(postgres: Tracker, meanwhile: Meanwhile) -> None:
    meanwhile.happens(tracking, "_items", Change(status=Status.NOT_STARTED))
    result = postgres("update", ":26", "--status", "in_progress")
    assert result.code == 75
    assert "is not_started now, you wanted in_progress" in result.err
    assert postgres.ok("show", ":26", "--json").json()["status"] == "not_started"


def test_a_conflict_without_a_status_names_the_item(postgres: Tracker, meanwhile: Meanwhile) -> None:
    meanwhile.happens(tracking, "_items", Change(assignee="Ben"))
    result = postgres("update", ":26", "--assignee", "Ana")
    assert result.code == 75
    assert "somebody else changed A/HRC/RES/28/2:26 meanwhile; nothing was changed" in result.err
    assert postgres.ok("show", ":26", "--json").json()["assignee"] == "Ben"


def test_sessions_are_set_while_somebody_changes_an_item(postgres: Tracker, meanwhile: Meanwhile) -> None:
    """Neither is lost: the dates are set again on what the other one stored."""
    meanwhile.happens(sessions, "redate", Change(assignee="Ana"))
    postgres.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09")
    item = postgres.ok("show", ":26", "--json").json()
    assert (item["assignee"], item["due_on"]) == ("Ana", "2015-09-20")


def test_same_answers_on_postgresql(postgres: Tracker, imported: Tracker) -> None:
    for tracker in (postgres, imported):
        tracker.ok("update", ":26", "--status", "implemented", "--evidence", "A/HRC/31/81", "--on", "2016-01-15")
        tracker.ok("update", ":16", "--assignee", "Ana", "--note", '100 % sure: it\'s "done" :name')
    for command in (
        ["list", "--json"], ["list", "--json", "--as-of", "2015-12-31"], ["overdue", "--json"],
        ["overdue", "--json", "--as-of", "2015-10-01"], ["list", "--status", "!pending", "--json"],
        ["list", "--assignee", "!ana", "--json"], ["list", "--due-before", "2016-01-01", "--json"],
        ["report", "--as-of", "2016-02-01"], ["report"], ["show", "28/2", "--json"],
    ):  # fmt: skip
        assert postgres.ok(*command).out == imported.ok(*command).out, command


def test_postgresql_errors(postgres_url: str) -> None:
    assert Tracker(postgres_url)("list").code == 78
    assert Tracker("postgresql://nobody:secret@127.0.0.1:1/none")("list").code == 69
    missing = Tracker(postgres_url.rsplit("/", 1)[0] + "/absent")("list")
    assert missing.code == 66
    assert "secret" not in Tracker("postgresql://nobody:secret@127.0.0.1:1/none")("list").err


def test_locked_database_is_busy(imported: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.storage.connection.LOCK_SECONDS", 0)
    with contextlib.closing(sqlite3.connect(imported.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = imported("update", ":26", "--note", "x")
    assert result.code == 75
    assert "nothing was changed" in result.err


def test_status_of_the_database(imported: Tracker) -> None:
    out = imported.ok("db", "status").out
    assert "current" in out
    assert "items: 13" in out
    assert "nothing changed" in imported.ok("db", "upgrade").out
