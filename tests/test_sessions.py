"""Sessions move, and due dates with them; what a person set stays; history says why."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli import Tracker

REPORT = "A/HRC/RES/28/2:26"


def due(tracker: Tracker, ref: str = REPORT) -> dict[str, str]:
    item = tracker.ok("show", ref, "--json").json()
    return {key: item[key] for key in ("due_on", "submit_by", "issue_by", "first_due_on")}


def test_list_is_the_default(tracker: Tracker) -> None:
    rows = tracker.ok("sessions", "HRC", "--json").json()
    thirtieth = next(row for row in rows if row["session"] == "30")
    assert (thirtieth["opens"], thirtieth["closes"], thirtieth["verified"]) == ("2015-09-14", "2015-10-02", "yes")
    assert len(tracker.ok("sessions", "--json").json()) > len(rows)
    assert tracker("sessions", "XYZ").code == 66


def test_moving_a_session_moves_the_due_date(imported: Tracker) -> None:
    out = imported.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09").out
    assert f"{REPORT}  due: 2015-09-13 → 2015-09-20" in out
    assert due(imported) == {
        "due_on": "2015-09-20", "submit_by": "2015-07-13", "issue_by": "2015-08-10", "first_due_on": "2015-09-13"
    }  # fmt: skip
    events = imported.ok("history", REPORT, "--json").json()
    assert (events[0]["field"], events[0]["old"], events[0]["new"]) == ("due_on", "2015-09-13", "2015-09-20")
    calendar = [event for event in imported.ok("history", "--json").json() if event["field"] == "session HRC 30"]
    assert calendar[0]["old"] == "2015-09-14 to 2015-10-02"


def import_wells(
    tracker: Tracker, folder: Path, *paragraphs: str, number: str = "28/99", day: str = "27 March 2015"
) -> None:
    """Imports a resolution of the Human Rights Council with these numbered paragraphs."""
    path = folder / "wells.txt"
    numbered = "\n\n".join(f"{label}. {words}" for label, words in enumerate(paragraphs, 1))
    path.write_text(
        f"Resolution adopted by the Human Rights Council on {day}\n\n{number}. Wells\n\n"
        f"The Human Rights Council,\n\n{numbered}\n",
        encoding="utf-8",
    )
    tracker.ok("import", path)


def test_what_is_due_so_long_ahead_of_a_session_moves_with_it(tracker: Tracker, tmp_path: Path) -> None:
    import_wells(
        tracker,
        tmp_path,
        "Requests the Secretary-General to submit a study no later than six weeks before its thirtieth session;",
    )
    assert due(tracker, "28/99:1")["due_on"] == "2015-08-03"
    tracker.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09")
    assert due(tracker, "28/99:1")["due_on"] == "2015-08-10"


def test_a_rough_date_is_shown_with_its_words(tracker: Tracker, tmp_path: Path) -> None:
    import_wells(tracker, tmp_path, "Requests the Secretary-General to submit a study in early 2016;")
    assert "to check  deadline-unclear (“in early 2016”)" in tracker.ok("show", "28/99:1").out
    assert [item["ref"] for item in tracker.ok("list", "--to-check", "--json").json()] == ["A/HRC/RES/28/99:1"]
    tracker.ok("update", "28/99:1", "--confirm")
    assert "deadline-unclear" not in tracker.ok("show", "28/99:1").out


def test_a_body_without_a_code_is_set_under_its_name(tracker: Tracker, tmp_path: Path) -> None:
    """What `tracker doctor` advises works as it stands."""
    path = tmp_path / "trees.txt"
    path.write_text(
        "Resolution adopted on 10 October 2024\n\n2024/99. Trees\n\nThe Economic and Social Council,\n\n"
        "1. Takes note of the report of the Committee for Development Policy;\n\n"
        "2. Requests the Committee, at its twenty-seventh session, to examine the theme of trees;\n",
        encoding="utf-8",
    )
    tracker.ok("import", path)
    advice = next(row for row in tracker.ok("doctor", "--json").json() if row["code"] == "no-session")["advice"]
    words = shlex.split(advice.replace("DATE", "2025-02-24"))
    assert words[:3] == ["tracker", "sessions", "set"]
    assert "1 due date moved" in tracker.ok(*words[1:]).err
    assert len(tracker.ok("sessions", "Committee for Development Policy", "--json").json()) == 1


def test_same_dates_again_change_nothing(imported: Tracker) -> None:
    args = ("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09")
    imported.ok(*args)
    before = imported.ok("history", "--json").out
    assert "0 due dates moved" in imported.ok(*args).err
    assert imported.ok("history", "--json").out == before


def test_a_later_import_uses_the_dates_that_were_set(tracker: Tracker, example: Path) -> None:
    tracker.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09")
    tracker.ok("import", example)
    assert due(tracker)["due_on"] == "2015-09-20"


def test_list_edit_import(imported: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "calendar.csv"
    text = imported.ok("sessions", "HRC", "--csv").out
    assert "HRC,30,regular,2015-09-14,2015-10-02" in text
    path.write_text(text.replace("2015-09-14,2015-10-02", "2015-09-15,2015-10-03"), encoding="utf-8")
    assert "1 due date moved" in imported.ok("sessions", "import", path).err
    assert due(imported)["due_on"] == "2015-09-14"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["set", "HRC", "64", "--opens", "2027-03-32"], 2),
        (["set", "HRC", "64", "--opens", "2027-03-30", "--closes", "2027-03-01"], 2),
        (["set", "HRC", "64"], 2),
        (["import", "nowhere.csv"], 66),
        (["set", "HCR", "64", "--opens", "2027-03-01"], 2),
        (["set", "HRC", "sixty", "--opens", "2027-03-01"], 2),
        (["set", "HRC", "0", "--opens", "2027-03-01"], 2),
        (["set", "HRC", "64", "--opens", "2026-03-01"], 2),
        (["set", "HRC", "62", "--opens", "2026-09-10"], 2),
    ],
)
def test_mistakes(imported: Tracker, args: list[str], code: int) -> None:
    before = imported.ok("history", "--json").out
    assert imported("sessions", *args).code == code
    assert imported.ok("history", "--json").out == before


def test_a_misspelt_body_and_a_session_out_of_turn_are_named(imported: Tracker) -> None:
    assert "did you mean HRC" in imported("sessions", "set", "HCR", "64", "--opens", "2027-03-01").err
    said = imported("sessions", "set", "HRC", "64", "--opens", "2026-03-01").err
    assert "but HRC 63, the session before it, opens on 2026-09-07" in said
    # Bodies that the reader knows need not be in the calendar; special sessions have no turn.
    imported.ok("sessions", "set", "CND", "70", "--opens", "2027-03-10")
    imported.ok("sessions", "set", "HRC", "S-39", "--opens", "2020-01-10")


def test_a_known_closing_day_is_kept(imported: Tracker) -> None:
    imported.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-21")
    found = next(row for row in imported.ok("sessions", "HRC", "--json").json() if row["session"] == "30")
    assert (found["opens"], found["closes"], found["verified"]) == ("2015-09-21", "2015-10-02", "partial")


def test_a_session_twice_in_a_file_is_refused(imported: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text("body,session,opens\nHRC,30,2015-09-15\nHRC,30,2015-09-16\n", encoding="utf-8")
    result = imported("sessions", "import", path)
    assert (result.code, "HRC 30 stands there twice" in result.err) == (65, True)
    assert due(imported)["due_on"] == "2015-09-13"


def test_a_column_may_be_called_organ(imported: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text("organ,session,opens\nHRC,30,2015-09-15\n", encoding="utf-8")
    assert "1 due date moved" in imported.ok("sessions", "import", path).err


@pytest.mark.parametrize(
    "text",
    [
        "body;session;opens;closes\nHRC;30;2015-09-15;2015-10-03\n;;;\n",
        "Body\tSession\tOpens\tCloses\r\nHRC\t30\t15.9.2015\t03.10.2015\r\n",
        "sep=;\nbody;session;opens;note\nHRC;30;2015-09-15;déplacée, deux fois\n",
        "\ufeffbody,session,opens\nHRC,30,2015-09-15\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_files_of_spreadsheets(imported: Tracker, tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "calendar.csv"
    path.write_bytes(text.replace("\ufeff", "\ufeff" if encoding == "utf-8" else "").encode(encoding))
    assert "1 due date moved" in imported.ok("sessions", "import", path).err
    assert due(imported)["due_on"] == "2015-09-14"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("body,number,opens\nHRC,30,2015-09-15\n", "no column session; found: body, number, opens (separated by ,)"),
        ("body;opens\nHRC;2015-09-15\n", "no column session; found: body, opens (separated by ;)"),
        ("", "no column body, session, opens; found: nothing"),
        ("body;session;opens\nHRC;30;15/09/2015\n", "row 2: opens is '15/09/2015'; write YYYY-MM-DD"),
        ("body;session;opens\nHRC;30;31.9.2015\n", "row 2: opens is '31.9.2015'"),
        ("body,session,opens\n\0", "binary"),
    ],
)
def test_a_file_of_other_columns_is_told(imported: Tracker, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text(text, encoding="utf-8")
    result = imported("sessions", "import", path)
    assert (result.code, said in result.err) == (65, True), result.err
    assert len(result.err.splitlines()) == 1


def test_a_session_without_dates_hides_no_later_deadline(tracker: Tracker, tmp_path: Path) -> None:
    """The item is due by the deadline that is known; once the earlier one has a date, by that one."""
    words = "Requests the Office to give an update at its sixty-eighth session and a study by 30 June 2029;"
    import_wells(tracker, tmp_path, words, number="60/99", day="8 October 2025")
    assert due(tracker, "60/99:1")["due_on"] == "2029-06-30"
    moved = tracker.ok("sessions", "set", "HRC", "68", "--opens", "2028-06-12", "--closes", "2028-07-07")
    assert "A/HRC/RES/60/99:1  due: 2029-06-30 → 2028-06-12" in moved.out
    item = tracker.ok("show", "60/99:1", "--json").json()
    assert item["due_on"] == "2028-06-12"
    assert [one["due_on"] for one in item["deadlines"]] == ["2028-06-12", "2029-06-30"]
    tracker.ok("sessions", "set", "HRC", "68", "--opens", "2029-09-10", "--closes", "2029-10-05")
    assert due(tracker, "60/99:1")["due_on"] == "2029-06-30"


def test_a_further_deadline_that_moves_is_told(tracker: Tracker, tmp_path: Path) -> None:
    words = "Requests the Office to give an update at its thirtieth session and a study at its thirty-first session;"
    import_wells(tracker, tmp_path, words)
    moved = tracker.ok("sessions", "set", "HRC", "31", "--opens", "2016-03-07", "--closes", "2016-04-01")
    assert "A/HRC/RES/28/99:1  further deadline: 2016-02-29 → 2016-03-07" in moved.out
    assert "1 due date moved" in moved.err
    events = tracker.ok("history", "28/99:1", "--json").json()
    assert [(one["field"], one["old"], one["new"]) for one in events if one["field"] == "further_due_on"] == [
        ("further_due_on", "2016-02-29", "2016-03-07")
    ]
    assert "further deadline: 2016-02-29 → 2016-03-07" in tracker.ok("show", "28/99:1").out
