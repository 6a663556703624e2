"""The main job: resolution 28/2 becomes items, an overdue list, a status update and a report."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli import Tracker

PARAGRAPHS = ["6", "7", "16", "17", "18", "19", "19.2", "20", "21", "22", "23", "26", "27"]
REPORT = "A/HRC/RES/28/2:26"


def refs(tracker: Tracker, *args: str) -> list[str]:
    return [item["ref"] for item in tracker.ok(*args, "--json").json()]


def test_import_prints_the_ledger(tracker: Tracker, example: Path) -> None:
    out = tracker.ok("import", example).out
    assert "A/HRC/RES/28/2: Renforcement de la coopération internationale dans le domaine des droits de l’homme" in out
    assert "adopted 2015-03-26; meeting 55; Adoptée sans vote; language fr" in out
    assert "17 preambular, 27 operative paragraphs: 12 with 13 items, 15 without request" in out
    assert ":26  prie — Haut-Commissaire" in out
    assert "24  Rappelle: no request (recalled from A/RES/69/179)" in out


def test_every_operative_paragraph_is_accounted_for(imported: Tracker) -> None:
    shown = imported.ok("show", "28/2", "--json").json()
    assert [p["label"] for p in shown["paragraphs"]] == [str(n) for n in range(1, 28)]
    assert all(p["items"] or p["verb"] for p in shown["paragraphs"])
    assert shown["preambular"] == 17
    assert shown["footnotes"] == 3


def test_thirteen_items(imported: Tracker) -> None:
    items = imported.ok("list", "--json").json()
    assert [item["ref"] for item in items] == [f"A/HRC/RES/28/2:{place}" for place in PARAGRAPHS]
    by_place = {item["ref"].partition(":")[2]: item for item in items}
    for place, code in (("16", "ohchr"), ("17", "ohchr"), ("26", "high-commissioner"), ("27", "hrc")):
        assert [addressee["code"] for addressee in by_place[place]["addressees"]] == [code]
    report = by_place["26"]
    dates = {key: report[key] for key in ("due_on", "submit_by", "issue_by", "deliverable")}
    assert dates == {
        "due_on": "2015-09-13", "submit_by": "2015-07-06", "issue_by": "2015-08-03", "deliverable": "report"
    }  # fmt: skip
    assert report["due_text"] == "avant sa trentième session"
    assert by_place["27"]["due_on"] == "2016-12-31"


def test_same_file_again_changes_nothing(imported: Tracker, example: Path) -> None:
    before = imported.ok("history", "--json").json()
    assert "already stored, nothing changed" in imported.ok("import", example).out
    assert imported.ok("history", "--json").json() == before
    assert len(refs(imported, "list")) == 13


def test_dry_run_prints_what_the_real_run_does(tracker: Tracker, example: Path) -> None:
    rehearsed = tracker.ok("import", "--dry-run", example)
    assert not Path(tracker.database).exists()
    assert rehearsed.out == tracker.ok("import", example).out
    again = tracker.ok("import", "--dry-run", example)
    assert again.out == tracker.ok("import", example).out
    assert len(refs(tracker, "list")) == 13


def test_overdue_means_strictly_before_today(imported: Tracker) -> None:
    assert refs(imported, "overdue", "--as-of", "2015-09-13") == []
    assert refs(imported, "overdue", "--as-of", "2015-09-14") == [REPORT]
    assert refs(imported, "overdue", "--as-of", "2017-01-01") == [REPORT, "A/HRC/RES/28/2:27"]


def test_nothing_overdue_says_how_many_items_were_looked_at(imported: Tracker) -> None:
    result = imported.ok("overdue", "--as-of", "2015-09-13")
    assert "nothing overdue on 2015-09-13; 13 items looked at" in result.err


def test_overdue_check_is_for_cron(imported: Tracker) -> None:
    assert imported("overdue", "--check", "--as-of", "2015-09-13").code == 0
    assert imported("overdue", "--check", "--as-of", "2015-09-14").code == 1


def test_late_report_leaves_the_list_but_not_the_past(imported: Tracker) -> None:
    imported.ok("update", "28/2:26", "--status", "implemented", "--evidence", "A/HRC/31/81", "--on", "2016-01-15")
    assert REPORT not in refs(imported, "overdue")
    assert refs(imported, "overdue", "--as-of", "2015-10-01") == [REPORT]
    assert refs(imported, "overdue", "--as-of", "2016-01-14") == [REPORT]
    assert REPORT not in refs(imported, "overdue", "--as-of", "2016-02-01")
    now = imported.ok("list", "--status", "implemented", "--json").json()
    assert [(item["ref"], item["timeliness"]) for item in now] == [(REPORT, "late")]
    then = imported.ok("list", "--as-of", "2015-12-31", "--json").json()
    assert {item["status"] for item in then} == {"pending"}


def test_before_adoption_there_is_nothing(imported: Tracker) -> None:
    assert refs(imported, "list", "--as-of", "2015-03-25") == []
    assert len(refs(imported, "list", "--as-of", "2015-03-26")) == 13


def test_order_of_recording_does_not_matter_for_what_holds(imported: Tracker) -> None:
    """A report that comes in late about an earlier day does not undo a later one."""
    imported.ok("update", "28/2:26", "--status", "implemented", "--note", "done", "--on", "2016-01-15")
    imported.ok("update", "28/2:26", "--status", "in_progress", "--on", "2015-06-01")
    status = {
        day: imported.ok("show", "28/2:26", "--as-of", day, "--json").json()["status"]
        for day in ("2015-05-31", "2015-06-01", "2016-01-14", "2016-01-15")
    }
    assert status == {
        "2015-05-31": "pending", "2015-06-01": "in_progress", "2016-01-14": "in_progress", "2016-01-15": "implemented"
    }  # fmt: skip
    assert imported.ok("show", "28/2:26", "--json").json()["status"] == "implemented"


def test_every_reference_form_names_the_item(imported: Tracker) -> None:
    wanted = imported.ok("show", "28/2:19.2", "--json").json()["id"]
    for form in ("A/HRC/RES/28/2:19.2", ":19.2", "a/hrc/res/28/2:19.2", str(wanted)):
        assert imported.ok("show", form, "--json").json()["id"] == wanted


def test_show_tells_how_the_date_came_about(imported: Tracker) -> None:
    out = imported.ok("show", "28/2:26").out
    assert "“avant sa trentième session” → 2015-09-13" in out
    assert "submit by 2015-07-06, issue by 2015-08-03" in out
    assert "›prie le Haut-Commissaire d’élaborer" in out
    assert "imported" in out


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (["--symbol", "28/2"], 13),
        (["--symbol", "A/HRC/RES/28/2"], 13),
        (["--body", "hrc"], 13),
        (["--body", "GA"], 0),
        (["--status", "pending"], 13),
        (["--status", "!pending"], 0),
        (["--addressee", "ohchr"], 2),
        (["--addressee", "!ohchr"], 11),
        (["--group", "secretariat"], 3),
        (["--group", "body"], 2),
        (["--due-before", "2015-09-14"], 1),
        (["--due-before", "2015-09-13"], 0),
        (["--due-after", "2015-09-13"], 1),
        (["--no-deadline"], 11),
        (["--assignee", "Ana"], 0),
        (["--assignee", "!Ana"], 13),
    ],
)
def test_filters(imported: Tracker, filters: list[str], count: int) -> None:
    assert len(refs(imported, "list", *filters)) == count


def test_assignee(imported: Tracker) -> None:
    imported.ok("update", ":16", ":17", "--assignee", "Ana")
    assert refs(imported, "list", "--assignee", "ana") == ["A/HRC/RES/28/2:16", "A/HRC/RES/28/2:17"]
    imported.ok("update", ":16", "--assignee", "")
    assert refs(imported, "list", "--assignee", "Ana") == ["A/HRC/RES/28/2:17"]


def test_closing_needs_a_ground(imported: Tracker) -> None:
    result = imported("update", ":16", "--status", "implemented")
    assert result.code == 2
    assert "needs evidence" in result.err
    assert "nothing was changed" in result.err
    imported.ok("update", ":16", "--status", "implemented", "--note", "replenished")
    reopened = imported("update", ":16", "--status", "in_progress")
    assert "needs a note" in reopened.err


def test_one_bad_item_stops_the_whole_operation(imported: Tracker) -> None:
    imported.ok("update", ":16", "--status", "implemented", "--note", "done")
    before = imported.ok("history", "--json").out
    assert imported("update", ":17", ":16", "--status", "in_progress").code == 2
    assert imported.ok("history", "--json").out == before


def test_history_tells_who_and_when(imported: Tracker) -> None:
    imported.ok("update", ":26", "--status", "in_progress", "--by", "Ana", "--on", "2015-05-01")
    event = imported.ok("history", ":26", "--json").json()[0]
    assert (event["who"], event["field"], event["old"], event["new"], event["holds_on"]) == (
        "Ana", "status", "pending", "in_progress", "2015-05-01",
    )  # fmt: skip


def test_history_is_append_only(imported: Tracker) -> None:
    with sqlite3.connect(imported.database) as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("UPDATE events SET new = 'x'")
    connection.close()


def test_report_adds_up_and_says_what_it_covers(imported: Tracker) -> None:
    imported.ok("update", ":26", "--status", "implemented", "--evidence", "A/HRC/31/81", "--on", "2016-01-15")
    text = imported.ok("report", "28/2", "--as-of", "2016-02-01").out
    assert "- As of: 1 February 2016" in text
    assert "- Items shown: 13" in text
    assert "| total | 11 | 1 | 0 | 0 | 0 | 1 | 13 |" in text
    secretariat, body, states = (
        text.index(title) for title in ("Requests to the Sec", "Decisions of", "Calls on States")
    )
    assert secretariat < body < states
    assert "[A/HRC/31/81 (15 January 2016)](https://undocs.org/A/HRC/31/81)" in text
    assert "“avant sa trentième session”<br>HRC 30, due 13 September 2015" in text
    assert "recalls a request made in A/RES/69/179" in text


def test_report_file_is_written_whole_and_not_over_another(imported: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "progress.md"
    imported.ok("report", "-o", path)
    first = path.read_bytes()
    refused = imported("report", "-o", path)
    assert refused.code == 73
    assert "--force" in refused.err
    assert path.read_bytes() == first
    imported.ok("report", "-o", path, "--force")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
