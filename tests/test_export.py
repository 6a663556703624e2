"""Everything out and in again: equal byte by byte, on both engines, with numbers, history and undo as they were."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import shutil
import sqlite3
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from tests.cli import Tracker
from tests.test_migrations import first_schema
from tests.test_versions import ENGLISH, FRENCH, written
from tracker.services.exporting import write_document
from tracker.storage.base import is_ours
from tracker.storage.connection import connect
from tracker.storage.engine import make_engine
from tracker.storage.schema import head_revision
from tracker.storage.tables import DERIVED, data_tables
from tracker.storage.target import Target, parse_target

SHOWN = (
    ["list", "--json"], ["list", "--json", "--as-of", "2015-12-31"], ["overdue", "--json"], ["history", "--json"],
    ["show", "28/2", "--json"], ["show", "28/2:26", "--json"], ["show", "90/7:1", "--language", "fr", "--json"],
    ["sessions", "HRC", "--json"], ["report", "--as-of", "2016-02-01"],
)  # fmt: skip


@pytest.fixture
def full(filled: Path, tmp_path: Path) -> Tracker:
    """A database with something in every table."""
    return Tracker(shutil.copy(filled, tmp_path / "full.sqlite3"))


@pytest.fixture(scope="module")
def filled(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that `full` copies."""
    tmp_path = tmp_path_factory.mktemp("full")
    path = tmp_path / "full.sqlite3"
    run = Tracker(path).ok
    run("import", example)
    english = written(tmp_path, "90-7.en.txt", ENGLISH)
    run("import", english)
    french = tmp_path / "90-7.fr.txt"
    french.write_bytes(FRENCH.replace("3. Décide de", "3. Prie le Secrétaire général de").encode("cp1252"))
    run("import", french)
    run("import", written(tmp_path, "90-7.new.txt", ENGLISH.replace("a guide", "an annotated “guide”\u2028")))
    run("update", "28/2:26", "--status", "implemented", "--evidence", "A/HRC/31/81", "--on", "2016-01-15")
    run("update", "28/2:16", "28/2:17", "--assignee", "=Ana", "--note", 'two\nlines, "quoted"', "--tag", "a")
    run("update", "28/2:27", "--extend-to", "HRC34", "--authority", "A/HRC/DEC/31/115", "--by", "other")
    run("update", "28/2:17", "--supersedes", "28/2:16", "--derived-from", "A/RES/69/179")
    run("undo", "--yes")
    run("redo", "--yes")
    run("update", "90/7:1", "--due", "2026-01-01", "--reason", "agreed")
    run("undo", "--yes")
    run("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09")
    with contextlib.closing(sqlite3.connect(path)) as other, other:
        other.execute("INSERT INTO renewals (id, item_id, other_id, likeness) VALUES (1, 14, 1, 93)")
        # What another engine can hold: a row that refers to a later one.
        other.execute("UPDATE items SET series_id = 9, occurrence_on = '2020-01-31' WHERE id = 2")
    return path


def empty(place: Path | str) -> Tracker:
    """The command line on an empty database of its own."""
    tracker = Tracker(place)
    if not isinstance(place, Path):
        tracker.ok("db", "upgrade")
    return tracker


def exported(tracker: Tracker, file: Path) -> bytes:
    tracker.ok("export", "-o", file)
    return file.read_bytes()


def document(tables: dict[str, list[dict[str, Any]]], schema: str | None = None) -> str:
    """A document as `export` writes it, with right counts and checksum whatever is in it."""
    text = json.dumps({"format": "tracker export", "schema": schema or head_revision(), "program": "0"})[:-1]
    text += ', "tables": {\n'
    parts = [
        ",\n".join([f'"{name}": [\n' + ",\n".join(map(json.dumps, rows)) + "\n]"]) for name, rows in tables.items()
    ]
    text += ",\n".join(part.replace("[\n\n]", "[\n]") for part in parts)
    text += '\n},\n"rows": ' + json.dumps({name: len(rows) for name, rows in tables.items()}) + ",\n"
    return text + f'"sha256": "{hashlib.sha256(text.encode()).hexdigest()}"}}\n'


def content(tracker: Tracker) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = tracker.ok("export").json()["tables"]
    return found


def test_every_table_has_rows_in_the_example(full: Tracker) -> None:
    assert [name for name, rows in content(full).items() if not rows] == []


def test_the_helper_writes_what_export_writes(imported: Tracker) -> None:
    assert json.loads(document(content(imported)))["tables"] == content(imported)
    ascii_only = {"operations": content(imported)["operations"]}
    assert document(ascii_only).splitlines()[1:3] == imported.ok("export").out.splitlines()[1:3]


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_no_table_is_forgotten(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """A new table is exported when it is declared, or is named among the derived ones."""
    place = tmp_path / "x.sqlite3" if engine == "sqlite" else request.getfixturevalue("postgres_url")
    target = parse_target(str(place))
    Tracker(place).ok("db", "upgrade")
    with make_engine(target).connect() as connection:
        names = {name for name in inspect(connection).get_table_names() if is_ours(None, name)}
    assert names - DERIVED == {table.name for table in data_tables()}
    assert all(list(table.primary_key.columns.keys()) == ["id"] for table in data_tables())


def test_there_and_back(full: Tracker, tmp_path: Path) -> None:
    first = exported(full, tmp_path / "1.json")
    other = empty(tmp_path / "other.sqlite3")
    assert "2 resolutions, 4 texts" in other.ok("import-data", tmp_path / "1.json").out
    assert exported(other, tmp_path / "2.json") == first
    assert other.ok("export").out.encode() == first
    for command in SHOWN:
        assert other.ok(*command).out == full.ok(*command).out, command
    check_life_after(full, other)
    assert other.ok("export").out == full.ok("export").out


def test_through_postgresql_and_back(full: Tracker, postgres_url: str, tmp_path: Path) -> None:
    first = exported(full, tmp_path / "1.json")
    server = empty(postgres_url)
    server.ok("import-data", tmp_path / "1.json")
    assert exported(server, tmp_path / "2.json") == first
    for command in SHOWN:
        assert server.ok(*command).out == full.ok(*command).out, command
    home = empty(tmp_path / "home.sqlite3")
    home.ok("import-data", tmp_path / "2.json")
    assert exported(home, tmp_path / "3.json") == first
    check_life_after(full, server)


def check_life_after(full: Tracker, other: Tracker) -> None:
    """Work goes on as if nothing had happened: undo, redo, numbers of new rows."""
    commands: list[list[str]] = [
        ["redo", "--yes"], ["undo", "--yes"], ["undo", "5", "--yes"], ["undo", "4", "--yes"], ["redo", "5", "--yes"],
        ["undo", "7", "--yes", "--by", "other"], ["update", "28/2:18", "--note", "new", "--evidence", "A/HRC/32/1"],
        ["import", "examples/hrc-28-2.fr.txt", "--symbol", "A/HRC/RES/99/9"], ["list", "--json"], ["show", "99/9:27"],
    ]  # fmt: skip
    for command in commands:
        one, two = full(*command), other(*command)
        assert (one.code, one.out, one.err) == (two.code, two.out, two.err), command


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_may_change_on_the_way(imported: Tracker, tmp_path: Path, newline: str) -> None:
    file = tmp_path / "1.json"
    before = exported(imported, file)
    file.write_bytes(before.replace(b"\n", newline.encode()))
    other = empty(tmp_path / "other.sqlite3")
    other.ok("import-data", file)
    assert other.ok("export").out.encode() == before


def refused(tracker: Tracker, file: Path, code: int = 65) -> str:
    """The message of a load that is refused, with the database as it was: absent or the same."""
    path = Path(tracker.database)
    before = path.read_bytes() if path.exists() else None
    result = tracker("import-data", file)
    assert result.code == code, result
    assert result.out == ""
    assert len(result.err.splitlines()) == 1
    assert (path.read_bytes() if path.exists() else None) == before
    assert [left.name for left in path.parent.iterdir() if left.name.startswith(f".{path.name}")] == []
    return result.err


def test_only_into_an_empty_database(imported: Tracker, full: Tracker, tmp_path: Path) -> None:
    exported(full, tmp_path / "1.json")
    assert "holds data already" in refused(imported, tmp_path / "1.json", code=73)
    calendar = Tracker(tmp_path / "calendar.sqlite3")
    calendar.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09")
    assert "holds data already" in refused(calendar, tmp_path / "1.json", code=73)


def test_into_a_database_that_has_tables_only(imported: Tracker, tmp_path: Path) -> None:
    before = exported(imported, tmp_path / "1.json")
    other = Tracker(tmp_path / "other.sqlite3")
    other.ok("db", "upgrade")
    other.ok("import-data", tmp_path / "1.json")
    assert other.ok("export").out.encode() == before


def test_an_empty_database_too(tmp_path: Path) -> None:
    tracker = Tracker(tmp_path / "1.sqlite3")
    tracker.ok("db", "upgrade")
    before = exported(tracker, tmp_path / "1.json")
    other = Tracker(tmp_path / "2.sqlite3")
    other.ok("import-data", tmp_path / "1.json")
    assert other.ok("export").out.encode() == before


def test_cut_off_anywhere(full: Tracker, tmp_path: Path) -> None:
    whole = exported(full, tmp_path / "1.json")
    file = tmp_path / "cut.json"
    other = empty(tmp_path / "other.sqlite3")
    lines = whole.splitlines(keepends=True)
    kept = [b"".join(lines[:count]) for count in range(0, len(lines), 23)]
    kept += [whole[: len(whole) * part // 5] for part in range(5)] + [b"".join(lines[:-1]), whole[:-3]]
    for part in kept:
        file.write_bytes(part)
        assert "nothing was stored" in refused(other, file)


def test_changed_by_hand(full: Tracker, tmp_path: Path) -> None:
    whole = exported(full, tmp_path / "1.json").decode()
    file = tmp_path / "changed.json"
    other = empty(tmp_path / "other.sqlite3")
    lines = whole.splitlines(keepends=True)
    changes = [
        whole.replace('"status": "implemented"', '"status": "in_progress"', 1), "".join([*lines[:20], *lines[21:]]),
        "".join([*lines[:9], lines[8], *lines[9:]]), whole + "x", whole + whole, json.dumps(json.loads(whole)),
        json.dumps(json.loads(whole), indent=1), whole.replace("\n]", "\n]]", 1), whole.replace('"id": 1', '"id": 1e9'),
    ]  # fmt: skip
    for text in changes:
        assert text != whole
        file.write_text(text, encoding="utf-8")
        assert "nothing was stored" in refused(other, file)


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"{}", b"PK\3\4zip\xff", b"\xff\xfe\0", b"[" * 5000, b'{"format": "tracker export", "tables": {'],
)
def test_something_else(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(data)
    assert "nothing was stored" in refused(empty(tmp_path / "other.sqlite3"), file)
    assert refused(empty(tmp_path / "other.sqlite3"), tmp_path)
    assert refused(empty(tmp_path / "other.sqlite3"), tmp_path / "absent", code=66)


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("items", "status", "done", "items does not fit"),
        ("items", "due_on", "2015-02-30", "items.due_on cannot be '2015-02-30'"),
        ("items", "due_on", "20150230T0", "items.due_on"),
        ("items", "version", None, "items.version"),
        ("items", "version", True, "items.version"),
        ("items", "version", "1", "items.version"),
        ("items", "version", 2**63, "items.version"),
        ("items", "version", 1.5, "items.version"),
        ("items", "to_check", 1, "items.to_check"),
        ("items", "place", ["26"], "items.place"),
        ("items", "place", "\ud800", "items.place"),
        ("items", "place", "a\0", "items.place"),
        ("items", "id", 1, "items does not fit"),
        ("items", "resolution_id", 99, "items does not fit"),
        ("items", "nonsense", 1, "nonsense"),
        ("operations", "recorded_at", "2026-11-24 12:00", "operations.recorded_at"),
    ],
)
def test_rows_that_do_not_fit(
    imported: Tracker, tmp_path: Path, table: str, column: str, value: object, words: str
) -> None:
    tables = content(imported)
    tables[table][-1][column] = value
    file = tmp_path / "x.json"
    file.write_text(document(tables), encoding="utf-8")
    assert words in refused(empty(tmp_path / "other.sqlite3"), file)


def test_tables_that_do_not_fit(imported: Tracker, tmp_path: Path) -> None:
    file, tables = tmp_path / "x.json", content(imported)
    del tables["links"]
    file.write_text(document(tables), encoding="utf-8")
    assert "no links" in refused(empty(tmp_path / "other.sqlite3"), file)
    file.write_text(document({**content(imported), "secrets": [{"id": 1}]}), encoding="utf-8")
    assert "no table secrets" in refused(empty(tmp_path / "other.sqlite3"), file)


def test_schemas_of_other_versions(imported: Tracker, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    other = empty(tmp_path / "other.sqlite3")
    for schema, words in (("9999", "newer than"), ("0000", "not known"), ("", "not known")):
        text = document(content(imported)).replace(f'"schema": "{head_revision()}"', f'"schema": "{schema}"')
        file.write_text(text, encoding="utf-8")
        assert words in refused(other, file)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_an_export_of_the_first_schema(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    old = Target(path=tmp_path / "old.sqlite3")
    connect(old, write=True, create=True).close()
    first_schema(old)
    with contextlib.closing(sqlite3.connect(tmp_path / "old.sqlite3")) as connection:
        connection.row_factory = sqlite3.Row
        tables = {
            table.name: [dict(row) for row in connection.execute(f"SELECT * FROM {table.name} ORDER BY id")]
            for table in data_tables()
            if table.name not in {"renewals", "silent_events"}
        }
    tables["items"][0] |= {"to_check": False}
    tables["operations"][0] |= {"recorded_at": "2025-01-01T00:00:00.000000Z"}
    file = tmp_path / "x.json"
    file.write_text(document(tables, "0001"), encoding="utf-8")
    other = empty(tmp_path / "new.sqlite3" if engine == "sqlite" else request.getfixturevalue("postgres_url"))
    other.ok("import-data", file)
    now = content(other)
    assert now["items"][0].items() >= tables["items"][0].items()
    assert now["items"][0]["added"] is False
    assert now["events"] == tables["events"]
    other.ok("update", "7", "--note", "x")
    tables["items"][0]["status"] = "done"
    file.write_text(document(tables, "0001"), encoding="utf-8")
    assert "items does not fit" in refused(empty(tmp_path / "another.sqlite3"), file)


def test_files_are_not_overwritten(imported: Tracker, tmp_path: Path) -> None:
    places: list[list[str | Path]] = [
        ["-o", tmp_path / "1.json"],
        ["--csv", "-o", tmp_path / "1.zip"],
        ["--csv", "-o", tmp_path / "1"],
    ]
    for place in places:
        imported.ok("export", *place)
    imported.ok("update", ":26", "--note", "x")
    for place in places:
        result = imported("export", *place)
        assert result.code == 73
        assert "--force" in result.err
        imported.ok("export", *place, "--force")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "1.json", "1.zip", "tracker.sqlite3"]
    assert imported("export", "-o", tmp_path / "1").code == 73
    assert imported("export", "--csv", "-o", tmp_path / "1.json" / "x").code == 73
    assert imported("export", "--csv", "-o", tmp_path / "1.json").code == 73


def test_csv_for_spreadsheets(full: Tracker, tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    full.ok("export", "--csv", "-o", tmp_path / "all")
    full.ok("export", "--csv", "-o", tmp_path / "all.zip")
    tables = content(full)
    assert sorted(path.stem for path in (tmp_path / "all").iterdir()) == sorted(tables)
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        for name, rows in tables.items():
            data = (tmp_path / "all" / f"{name}.csv").read_bytes()
            assert archive.read(f"{name}.csv") == data
            read = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
            assert [row["id"] for row in read] == [str(row["id"]) for row in rows]
    with (tmp_path / "all" / "items.csv").open(encoding="utf-8-sig", newline="") as file:
        items = list(csv.DictReader(file))
    assert items[3]["assignee"] == "'=Ana"
    assert (items[14]["to_check"], items[3]["to_check"], items[0]["assignee"]) == ("no", "no", "")
    events = (tmp_path / "all" / "events.csv").read_text(encoding="utf-8-sig")
    assert '"two\nlines, ""quoted"""' in events


@pytest.mark.parametrize(
    ("args", "words"), [(["--json", "--csv", "-o", "x"], "contradict"), (["--csv"], "-o FOLDER or -o FILE.zip")]
)
def test_options(imported: Tracker, args: list[str], words: str) -> None:
    result = imported("export", *args)
    assert result.code == 2
    assert words in result.err


def test_no_database_to_export(tracker: Tracker) -> None:
    assert tracker("export").code == 66


def test_memory_does_not_grow_with_the_content(imported: Tracker, tmp_path: Path) -> None:
    """Fifty texts of a megabyte each go out and in; a few of them are in memory at once."""
    with contextlib.closing(sqlite3.connect(imported.database)) as other, other:
        names = [row[1] for row in other.execute("PRAGMA table_info(texts)")]
        taken = ", ".join("?1" if name in {"id", "sha256"} else "?2" if name == "cleaned" else name for name in names)
        other.executemany(
            f"INSERT INTO texts ({', '.join(names)}) SELECT {taken} FROM texts WHERE id = 1",
            [(number, "é" * 1_000_000) for number in range(2, 52)],
        )
    tracemalloc.start()
    with (tmp_path / "1.json").open("wb") as file:
        write_document(Target(path=Path(imported.database)), file)
    out = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    empty(tmp_path / "other.sqlite3").ok("import-data", tmp_path / "1.json")
    back = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "1.json").stat().st_size > 100_000_000
    assert out < 20_000_000, out
    assert back < 60_000_000, back
