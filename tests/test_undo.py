"""Undo and redo: whole operations, by one compensating operation each; nothing of others is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli import Tracker


def state(tracker: Tracker) -> list[dict[str, Any]]:
    """Everything that can be seen of all items but their history."""
    found = []
    for item in tracker.ok("list", "--json").json():
        shown = tracker.ok("show", item["ref"], "--json").json()
        del shown["history"]
        found.append(shown)
    return found


COMMANDS: list[list[str]] = [
    ["update", ":26", "--status", "implemented", "--evidence", "A/HRC/31/81", "--on", "2016-01-15"],
    ["update", ":16", ":17", ":26", "--assignee", "Ana", "--office", "X", "--tag", "a", "--tag", "b", "--note", "n"],
    ["update", ":26", "--due", "2016-02-01", "--reason", "agreed"],
    ["update", ":26", "--extend-to", "HRC32", "--authority", "A/HRC/DEC/31/115"],
    ["update", ":17", "--supersedes", ":16", "--derived-from", "A/RES/69/179", "--related", ":18"],
    ["update", ":26", "--priority", "high", "--evidence", "https://example.org", "--evidence-title", "t"],
    ["update", "--group", "states", "--status", "in_progress", "--on", "2015-06-01", "--yes"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[1:4]))
def test_undo_brings_everything_back_and_redo_again(imported: Tracker, command: list[str]) -> None:
    before, then = state(imported), imported.ok("list", "--as-of", "2016-01-20", "--json").out
    imported.ok(*command)
    after = state(imported)
    assert after != before
    for _ in range(2):
        imported.ok("undo", "--yes")
        assert state(imported) == before
        assert imported.ok("list", "--as-of", "2016-01-20", "--json").out == then
        imported.ok("redo", "--yes")
        assert state(imported) == after


def test_the_day_from_which_a_status_holds_comes_back(imported: Tracker) -> None:
    imported.ok("update", ":26", "--status", "in_progress", "--on", "2015-05-01")
    imported.ok("update", ":26", "--status", "implemented", "--note", "x", "--on", "2015-08-01")
    imported.ok("undo", "--yes")
    for day in ((), ("--as-of", "2015-08-02"), ("--as-of", "2026-11-23")):
        item = imported.ok("show", ":26", "--json", *day).json()
        assert (item["status"], item["status_on"]) == ("in_progress", "2015-05-01")


def test_reports_about_later_days_go_one_by_one(imported: Tracker) -> None:
    before = state(imported)
    imported.ok("update", ":26", "--status", "in_progress", "--on", "2015-05-01")
    imported.ok("update", ":26", "--extend-to", "2016-01-31", "--authority", "A/HRC/DEC/31/115", "--on", "2015-06-01")
    between = state(imported)
    imported.ok("update", ":26", "--status", "implemented", "--note", "x", "--on", "2015-08-01")
    imported.ok("update", ":26", "--extend-to", "2016-06-30", "--authority", "A/HRC/DEC/32/115", "--on", "2015-09-01")
    after = state(imported)
    for _ in range(4):
        imported.ok("undo", "--yes")
    assert state(imported) == before
    for number in ("2", "3"):
        imported.ok("redo", number, "--yes")
    assert state(imported) == between
    for number in ("4", "5"):
        imported.ok("redo", number, "--yes")
    assert state(imported) == after
    for day, status, due_on in (
        ("2015-05-15", "in_progress", "2015-09-13"),
        ("2015-08-15", "implemented", "2016-01-31"),
    ):
        item = imported.ok("show", ":26", "--json", "--as-of", day).json()
        assert (item["status"], item["due_on"]) == (status, due_on)


def test_preview_and_dry_run(imported: Tracker) -> None:
    imported.ok("update", ":26", "--status", "in_progress", "--on", "2016-01-15")
    before = imported.ok("history", "--json").out
    result = imported.ok("undo", "--dry-run")
    assert "operation 2 of officer" in result.out
    assert "A/HRC/RES/28/2:26  status: in_progress → pending" in result.out
    assert "nothing was changed" in result.err
    refused = imported("undo")
    assert refused.code == 2
    assert "--yes" in refused.err
    assert imported.ok("history", "--json").out == before


READ = "“avant sa trentième session”"


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        (["edit", ":26", "--deadline", "before HRC32"], [
            f"deadline: before HRC32 → as read ({READ})", "first promise: 2016-06-12 → 2015-09-13",
            "due on: 2016-06-12 → 2015-09-13",
        ]),
        (["edit", ":26", "--deadline", "none"], [
            f"deadline: none → as read ({READ})", "first promise: - → 2015-09-13", "due on: - → 2015-09-13",
        ]),
        (["edit", ":16", "--deadline", "by 2016", "--deliverable", "report"], [
            "deliverable: report → as read (none)", "deadline: by 2016 → as read (none)",
            "first promise: 2016-12-31 → as read (none)", "due on: 2016-12-31 → as read (none)",
        ]),
        (["edit", ":26", "--force", "urge"], ["force: urge → request"]),
        (["update", ":26", "--due", "2016-02-01", "--reason", "agreed"], [
            "due on: 2016-02-01 → 2015-09-13", f"due by hand: agreed → as read ({READ})",
        ]),
        (["update", ":16", "--assignee", "Ana"], ["assignee: Ana → -"]),
    ],
)  # fmt: skip
def test_what_goes_back_to_the_text_says_so(imported: Tracker, command: list[str], lines: list[str]) -> None:
    imported.ok(*command)
    told = imported.ok("undo", "--dry-run").out.splitlines()[1:]
    assert [line.partition("  ")[2].partition("  ")[2].strip() for line in told] == lines


def test_words_that_go_back_to_the_text_are_shown(imported: Tracker) -> None:
    imported.ok("edit", ":17", "--action", "count the lamps", "--words", "count")
    told = imported.ok("undo", "--dry-run").out
    read = imported.ok("show", ":17", "--json", "--as-of", "2015-03-27").json()
    assert read["action"] == "count the lamps"  # a correction holds from the adoption
    assert "action: “count the lamps” → as read (“de préciser " in told
    assert "words: “count” → as read (“Demande également " in told
    told = imported.ok("edit", ":17", "--as-read").out
    assert "action: “count the lamps” → as read (“de préciser " in told


def test_what_was_made_by_hand_has_nothing_that_was_read(imported: Tracker) -> None:
    imported.ok("add", "28/2", "24", "--action", "count the lamps")
    imported.ok("edit", ":24", "--deadline", "by 2016")
    told = imported.ok("undo", "--dry-run").out
    assert "deadline: by 2016 → -" in told
    assert "as read" not in told


def test_the_second_of_two_corrections_goes_back_to_the_first(imported: Tracker) -> None:
    imported.ok("edit", ":26", "--deadline", "before HRC32")
    imported.ok("edit", ":26", "--deadline", "before HRC33")
    assert "deadline: before HRC33 → before HRC32" in imported.ok("undo", "--dry-run").out


def test_later_changes_of_the_same_field_stand_in_the_way(imported: Tracker) -> None:
    imported.ok("update", ":26", ":16", "--assignee", "Ana")
    imported.ok("update", ":26", "--assignee", "Bo")
    imported.ok("update", ":16", "--office", "X")
    refused = imported("undo", "2", "--yes")
    assert refused.code == 2
    assert "operation 3" in refused.err
    assert "assignee of A/HRC/RES/28/2:26" in refused.err
    assert "nothing was changed" in refused.err
    imported.ok("undo", "3", "--yes")
    imported.ok("undo", "2", "--yes")
    assert imported.ok("show", ":26", "--json").json()["assignee"] is None
    assert imported.ok("show", ":16", "--json").json()["office"] == "X"


def test_redo_is_refused_when_the_field_was_changed_meanwhile(imported: Tracker) -> None:
    imported.ok("update", ":26", "--assignee", "Ana")
    imported.ok("undo", "--yes")
    imported.ok("update", ":26", "--assignee", "Bo")
    assert "operation 4" in imported("redo", "2", "--yes").err
    assert imported.ok("show", ":26", "--json").json()["assignee"] == "Bo"


def test_notes_do_not_stand_in_each_others_way(imported: Tracker) -> None:
    imported.ok("update", ":26", "--note", "one")
    imported.ok("update", ":26", "--note", "two")
    imported.ok("undo", "2", "--yes")
    assert [note["note"] for note in imported.ok("show", ":26", "--json").json()["notes"]] == ["two"]
    imported.ok("redo", "2", "--yes")
    assert sorted(note["note"] for note in imported.ok("show", ":26", "--json").json()["notes"]) == ["one", "two"]


def test_undo_twice_and_redo_of_nothing(imported: Tracker) -> None:
    imported.ok("update", ":26", "--note", "one")
    imported.ok("undo", "2", "--yes")
    assert "undone already, by 3" in imported("undo", "2", "--yes").err
    imported.ok("redo", "2", "--yes")
    assert "nothing to redo" in imported("redo", "2", "--yes").err
    assert imported("undo", "99", "--yes").code == 66


def test_my_last_operation(imported: Tracker) -> None:
    imported.ok("update", ":26", "--assignee", "Ana")
    imported.ok("update", ":16", "--assignee", "Bo", "--by", "other")
    imported.ok("undo", "--yes")
    assert imported.ok("show", ":26", "--json").json()["assignee"] is None
    assert imported.ok("show", ":16", "--json").json()["assignee"] == "Bo"
    nobody = imported("undo", "--yes", "--by", "stranger")
    assert nobody.code == 66
    assert "stranger has nothing to undo" in nobody.err


def test_undoing_an_import_withdraws_its_items(imported: Tracker, example: Path) -> None:
    before = state(imported)
    imported.ok("undo", "--yes")
    assert imported.ok("list", "--json").json() == []
    gone = imported("show", ":26")
    assert gone.code == 66
    assert "withdrawn" in gone.err
    imported.ok("redo", "--yes")
    assert state(imported) == before
    imported.ok("undo", "--yes")
    imported.ok("import", example)
    assert state(imported) == before


def test_an_import_whose_items_were_worked_on_stays(imported: Tracker) -> None:
    imported.ok("update", ":26", "--note", "x", "--by", "other")
    refused = imported("undo", "--yes")
    assert refused.code == 2
    assert "operation 2 (other" in refused.err
    assert len(imported.ok("list", "--json").json()) == 13


def test_sessions_are_set_again_not_undone(imported: Tracker) -> None:
    imported.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09")
    refused = imported("undo", "--yes")
    assert refused.code == 2
    assert "tracker sessions set HRC 30 --opens 2015-09-14 --closes 2015-10-02" in refused.err


def test_what_stands_on_dates_of_sessions_says_how_to_set_them(imported: Tracker) -> None:
    """Undoing the dates of a session is refused, so that is not what is advised."""
    imported.ok("edit", ":17", "--deadline", "at HRC30")
    imported.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09")
    refused = imported("undo", "2", "--yes")
    assert refused.code == 2
    advice = "tracker sessions set HRC 30 --opens 2015-09-14 --closes 2015-10-02"
    assert f"`{advice}` sets them again" in refused.err
    assert "tracker undo" not in refused.err


def test_history_shows_both(imported: Tracker) -> None:
    imported.ok("update", ":26", "--assignee", "Ana")
    imported.ok("undo", "--yes")
    events = imported.ok("history", ":26", "--json").json()
    assert [(event["operation"], event["old"], event["new"]) for event in events[:2]] == [
        (3, "Ana", None), (2, None, "Ana"),
    ]  # fmt: skip


def test_a_date_that_comes_back_is_that_of_the_present_calendar(imported: Tracker) -> None:
    """The session moved while a date set by hand held."""
    imported.ok("update", ":26", "--due", "2016-02-01", "--reason", "agreed", "--on", "2015-05-01")
    imported.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09")
    assert imported.ok("show", ":26", "--json").json()["due_on"] == "2016-02-01"
    imported.ok("undo", "2", "--yes")
    assert imported.ok("show", ":26", "--json").json()["due_on"] == "2015-09-20"
    imported.ok("redo", "2", "--yes")
    assert imported.ok("show", ":26", "--json").json()["due_on"] == "2016-02-01"


def test_the_same_note_twice_is_two_notes(imported: Tracker) -> None:
    imported.ok("update", ":26", "--note", "reminded")
    imported.ok("update", ":26", "--note", "reminded")
    imported.ok("undo", "2", "--yes")
    assert [note["note"] for note in imported.ok("show", ":26", "--json").json()["notes"]] == ["reminded"]


def test_what_was_undone_hides_nothing_that_is_recorded_about_an_earlier_day(imported: Tracker) -> None:
    imported.ok("update", ":26", "--assignee", "Ana", "--status", "in_progress", "--tag", "a")
    imported.ok("undo", "--yes")
    earlier = ("--on", "2016-01-20")
    imported.ok("update", ":26", "--assignee", "Bo", "--status", "not_started", "--tag", "b", *earlier)
    for day in ((), ("--as-of", "2016-01-20")):
        item = imported.ok("show", ":26", "--json", *day).json()
        held = (item["assignee"], item["status"], item["status_on"], item["tags"])
        assert held == ("Bo", "not_started", "2016-01-20", ["b"])
    assert imported.ok("list", "--assignee", "Bo", "--json").json() != []
    imported.ok("undo", "--yes")
    imported.ok("redo", "2", "--yes")
    assert imported.ok("show", ":26", "--json").json()["assignee"] == "Ana"
    assert "columns" not in imported("doctor").out


def test_an_operation_that_is_not_there(imported: Tracker) -> None:
    for number in ("99", "0", "99999999999999999999"):
        for command in ("undo", "redo"):
            result = imported(command, number, "--yes")
            assert result.code == 66
            assert "no operation" in result.err
