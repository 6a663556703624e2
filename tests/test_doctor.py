"""tracker doctor: each kind of finding, on data made wrong or doubtful on purpose."""

from __future__ import annotations

import contextlib
import hashlib
import re
import sqlite3
from pathlib import Path

import pytest

from tests.cli import Tracker
from tests.readme import in_terminal
from tests.test_series import filled
from tests.test_undo import COMMANDS
from tests.test_versions import ENGLISH, FRENCH, written
from tracker.cli.commands.doctor import KINDS
from tracker.storage.changes import COLUMNS
from tracker.storage.checkup import CACHED

REPORT = "A/HRC/RES/28/2:26"


def found(tracker: Tracker, *args: str, today: str = "2015-04-01") -> dict[str, list[tuple[str, str]]]:
    """Reference and sentence of the findings, by code."""
    by_code: dict[str, list[tuple[str, str]]] = {}
    for row in tracker.ok("doctor", "--json", *args, today=today).json():
        assert row["advice"]
        by_code.setdefault(row["code"], []).append((row["ref"], row["sentence"]))
    assert set(by_code) <= set(KINDS)
    return by_code


def tamper(tracker: Tracker, *statements: str) -> None:
    with contextlib.closing(sqlite3.connect(tracker.database)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_sound_data_has_nothing_but_what_a_new_import_lacks(imported: Tracker) -> None:
    assert found(imported) == {"one-language": [("A/HRC/RES/28/2", "there is a text in fr only")]}
    assert imported("doctor", "--check", today="2015-04-01").code == 1
    assert imported("doctor", "--check", "--only", "history", "--only", "damaged").code == 0
    assert imported("doctor", "--only", "x").code == 2


def test_work_leaves_nothing_wrong(imported: Tracker, tmp_path: Path) -> None:
    """Whatever is done and undone, the columns are what the events say, and search finds the texts."""
    for command in COMMANDS:
        imported.ok(*command)
    imported.ok("undo", "--yes")
    imported.ok("redo", "--yes")
    imported.ok("import", written(tmp_path, "en.txt", ENGLISH))
    imported.ok("import", written(tmp_path, "en2.txt", ENGLISH.replace("guide", "book")))
    imported.ok("import", written(tmp_path, "fr.txt", FRENCH))
    imported.ok("import", written(tmp_path, "lamps.txt", ENGLISH.replace("90/7", "90/8")))
    imported.ok("undo", "--yes")
    lamps = filled(imported, tmp_path)
    lamps.ok("update", "53/90:2@2023-09-11", "--status", "implemented", "--note", "done")
    lamps.ok("update", "53/90:2", "--series", "--assignee", "Ana")
    imported.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-15", "--closes", "2015-10-03")
    assert not {"damaged", "history", "search", "symbol"} & set(found(imported, today="2026-11-24"))


def test_on_postgresql_too(postgres_url: str, example: Path) -> None:
    tracker = Tracker(postgres_url)
    tracker.ok("db", "upgrade")
    tracker.ok("import", example)
    for command in COMMANDS:
        tracker.ok(*command)
    assert not {"damaged", "history", "search", "symbol"} & set(found(tracker, today="2026-11-24"))
    # 45 of the text, three notes on three items, and the one that says what superseded what.
    assert tracker.ok("db", "index").out == "49 entries\n"


def test_it_knows_all_columns_that_events_change() -> None:
    assert set(CACHED) == set(COLUMNS)


def test_columns_that_differ_from_their_history(imported: Tracker) -> None:
    imported.ok("update", ":26", "--status", "in_progress", "--assignee", "Ana", "--on", "2016-01-01")
    tamper(
        imported, "UPDATE items SET assignee = 'Bob', status_on = '2016-02-02' WHERE place = '26'",
        "UPDATE items SET status = 'implemented', due_on = '2016-05-05' WHERE place = '27'",
    )  # fmt: skip
    assert found(imported)["history"] == [
        (REPORT, "assignee is Bob, but by its history it is Ana"),
        (REPORT, "status on is 2016-02-02, but by its history it is 2016-01-01"),
        ("A/HRC/RES/28/2:27", "status is implemented, but by its history it is pending"),
        ("A/HRC/RES/28/2:27", "due on is 2016-05-05, but by its history it is 2016-12-31"),
    ]


def test_broken_links_between_tables(imported: Tracker) -> None:
    tamper(imported, "UPDATE deadlines SET item_id = 999 WHERE id = 1")
    assert found(imported)["damaged"] == [("", "a row of deadlines refers to nothing in items")]


def test_what_search_does_not_find(imported: Tracker) -> None:
    tamper(imported, "INSERT INTO search_index (search_index) VALUES ('delete-all')")
    assert {ref for ref, _ in found(imported)["search"]} == {"A/HRC/RES/28/2"}
    assert "entries" in imported.ok("db", "index").out
    assert "search" not in found(imported)
    tamper(imported, "DELETE FROM search_entries")
    assert found(imported)["search"] == [("A/HRC/RES/28/2", "its text is not found by search")]
    imported.ok("db", "index")
    assert imported.ok("search", "reunion", "--json").json()


def test_sessions_and_dates(imported: Tracker) -> None:
    tamper(
        imported, "UPDATE deadlines SET body = 'HRC', session = 999 WHERE due_on = '2015-09-13'",
        "UPDATE resolutions SET adopted_on = '2016-06-01'",
    )  # fmt: skip
    result = found(imported)
    assert result["no-session"] == [(REPORT, "the calendar has no dates of session HRC 999")]
    assert (REPORT, "due on 2015-09-13, before the adoption on 2016-06-01") in result["due-before"]
    imported.ok("update", ":27", "--due", "2018-01-01", "--reason", "busy")
    imported.ok("update", ":26", "--extend-to", "2018-01-01", "--authority", "A/HRC/DEC/31/115")
    assert found(imported)["due-by-hand"] == [
        ("A/HRC/RES/28/2:27", "set by hand for 2018-01-01, later than the 2016-12-31 of the text, without an authority")
    ]


def test_sessions_that_nobody_confirmed_are_doubtful_until_they_open(imported: Tracker, tmp_path: Path) -> None:
    text = ENGLISH.replace("on the keeping of promises;", "on promises, before its ninety-fifth session;")
    imported.ok("import", written(tmp_path, "far.txt", text))
    codes = found(imported)
    sessions = codes.get("session", []) + codes.get("no-session", [])
    assert any("HRC 95" in sentence for _, sentence in sessions), codes
    if "session" in codes:
        assert "session" not in found(imported, today="2100-01-01")


def test_evidence(imported: Tracker, tmp_path: Path) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"x")
    imported.ok("update", ":16", "--status", "implemented", "--evidence", str(letter))
    imported.ok("update", ":17", "--status", "implemented", "--note", "told by phone")
    result = found(imported, today="2026-11-24")
    assert "file-missing" not in result
    assert result["no-evidence"] == [("A/HRC/RES/28/2:17", "implemented, but nothing proves it")]
    assert result["never-came"] == [(REPORT, "the report was due on 2015-09-13 and never came")]
    assert "never-came" not in found(imported, today="2015-12-11")
    assert "never-came" in found(imported, today="2015-12-13")
    letter.unlink()
    assert found(imported)["file-missing"] == [("A/HRC/RES/28/2:16", f"the evidence {letter} is not there (any more)")]


def test_symbols_addressees_and_readings(imported: Tracker, example: Path, tmp_path: Path) -> None:
    imported.ok("update", ":26", "--evidence", "A/HRC/31/81", "--derived-from", "A/RES/69/179")
    tamper(
        imported, "UPDATE evidence SET value = 'Report 5'", "UPDATE links SET symbol = 'N/1'",
    )  # fmt: skip
    text = example.read_text(encoding="utf-8").replace("solliciter", "demander")
    imported.ok("import", written(tmp_path, "changed.fr.txt", text))
    # Only now: a changed text says who is asked.
    tamper(imported, "UPDATE items SET addressees = '' WHERE place = '6'")
    result = found(imported)
    assert [sentence.split()[1:4] for _, sentence in result["symbol"]] == [
        ["evidence", "Report", "5"],
        ["source", "N/1", "has"],
    ]
    assert result["no-addressee"] == [("A/HRC/RES/28/2:6", "nobody is asked")]
    assert result["to-check"] == [("A/HRC/RES/28/2:17", "nobody confirmed the reading: the text changed")]
    imported.ok("update", ":17", "--confirm")
    assert "to-check" not in found(imported)


def test_it_changes_nothing_and_fits_a_terminal(imported: Tracker, tmp_path: Path) -> None:
    before = hashlib.sha256(Path(imported.database).read_bytes()).hexdigest()
    out = in_terminal(f"TRACKER_DATABASE={imported.database} tracker doctor", tmp_path)
    assert hashlib.sha256(Path(imported.database).read_bytes()).hexdigest() == before
    lines = out.splitlines()
    assert lines[0] == "Documents that never came (1)"
    assert "    → tracker update A/HRC/RES/28/2:26 --evidence SYMBOL" in lines
    assert re.search(r"schema \d{4}, no copy beside it: 2 findings", re.sub(r"\s+", " ", out))
    assert imported.ok("doctor", "--csv").lines()[0] == "code,ref,sentence,advice"


def test_a_database_of_another_program_is_told(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "other.sqlite3")) as connection:
        connection.execute("CREATE TABLE x (y)")
    assert Tracker(tmp_path / "other.sqlite3")("doctor").code == 78
    assert Tracker(tmp_path / "none.sqlite3")("doctor").code == 66


@pytest.mark.parametrize("command", [["doctor"], ["db", "index"]])
def test_an_empty_database_is_sound(tracker: Tracker, command: list[str]) -> None:
    tracker.ok("db", "upgrade")
    tracker.ok(*command)
    assert found(tracker) == {}
