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


def import_wells(tracker: Tracker, folder: Path, *paragraphs: str) -> None:
    """Imports a resolution 28/99 of the Human Rights Council with these numbered paragraphs."""
    path = folder / "wells.txt"
    numbered = "\n\n".join(f"{number}. {words}" for number, words in enumerate(paragraphs, 1))
    path.write_text(
        "Resolution adopted by the Human Rights Council on 27 March 2015\n\n28/99. Wells\n\n"
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
    ],
)
def test_mistakes(imported: Tracker, args: list[str], code: int) -> None:
    before = imported.ok("history", "--json").out
    assert imported("sessions", *args).code == code
    assert imported.ok("history", "--json").out == before


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
