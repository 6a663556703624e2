"""`tracker update`: fields, filters with confirmation, due dates by hand, extensions, evidence, links."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli import Tracker
from tracker.core.status import ageing

REPORT = "A/HRC/RES/28/2:26"


def show(tracker: Tracker, ref: str = ":26", *args: str) -> dict[str, Any]:
    found: dict[str, Any] = tracker.ok("show", ref, "--json", *args).json()
    return found


def refused(tracker: Tracker, *args: str, code: int = 2) -> str:
    """The message of a command that is refused, with nothing changed."""
    before = tracker.ok("history", "--json").out
    result = tracker("update", *args)
    assert result.code == code, result.err
    assert tracker.ok("history", "--json").out == before
    return result.err


def test_plain_fields(imported: Tracker) -> None:
    imported.ok("update", ":26", "--assignee", "Ana", "--office", "ROLCD", "--priority", "high", "--tag", "hrc31")
    imported.ok("update", ":26", "--tag", "money", "--tag", "hrc31", "--priority", "low")
    item = show(imported)
    assert (item["assignee"], item["office"], item["priority"], item["tags"]) == (
        "Ana", "ROLCD", "low", ["hrc31", "money"],
    )  # fmt: skip
    imported.ok("update", ":26", "--untag", "hrc31", "--office", "")
    item = show(imported)
    assert (item["office"], item["tags"]) == (None, ["money"])


def test_one_command_is_one_operation(imported: Tracker) -> None:
    imported.ok("update", ":16", ":17", "--assignee", "Ana", "--note", "given out", "--tag", "x")
    events = imported.ok("history", "--since", "2026-11-24", "--json").json()
    assert {event["operation"] for event in events if event["field"] in {"assignee", "note", "tags"}} == {2}


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--priority", "urgent"], "high, normal, low"),
        (["--tag", "two words"], "one word"),
        (["--due", "2016-01-01"], "reason"),
        (["--reason", "because"], "--due"),
        (["--extend-to", "2016-01-01"], "--authority"),
        (["--extend-to", "HRC32", "--authority", "somebody"], "no document symbol"),
        (["--extend-to", "later", "--authority", "A/HRC/DEC/31/115"], "no session"),
        (["--extend-to", "2015-09-01", "--authority", "A/HRC/DEC/31/115"], "extends nothing"),
        (["--due", "2016-01-01", "--reason", "x", "--extend-to", "2016-01-01", "--authority", "A/1"], "contradict"),
        (["--evidence", "A//81"], "no document symbol"),
        (["--evidence", "A/HRC/31/81", "--evidence-date", "2027-01-01"], "future"),
        (["--evidence-title", "Report", "--note", "x"], "give it too"),
        (["--related", ":26"], "itself"),
        (["--on", "2015-01-01"], "nothing to update"),
        (["--status", "done"], "implemented"),
    ],
)
def test_refused(imported: Tracker, args: list[str], words: str) -> None:
    assert words in refused(imported, ":26", *args)


def test_unknown_session(imported: Tracker) -> None:
    message = refused(imported, ":26", "--extend-to", "HRC900", "--authority", "A/HRC/DEC/31/115", code=66)
    assert "tracker sessions set HRC 900" in message


def test_date_by_hand_survives_the_calendar(imported: Tracker) -> None:
    imported.ok("update", ":26", "--due", "2016-02-01", "--reason", "agreed with the President")
    imported.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09")
    item = show(imported)
    assert (item["due_on"], item["first_due_on"], item["due_by_hand"], item["extended"]) == (
        "2016-02-01", "2015-09-13", "agreed with the President", False,
    )  # fmt: skip
    assert "set by hand: agreed with the President" in imported.ok("show", ":26").out


def test_extension_keeps_the_first_promise(imported: Tracker) -> None:
    assert show(imported)["late_against_first"] is True
    imported.ok("update", ":26", "--extend-to", "HRC32", "--authority", "A/HRC/DEC/31/115", "--on", "2015-09-01")
    item = show(imported, ":26", "--as-of", "2015-10-01")
    assert (item["due_on"], item["first_due_on"], item["extended"]) == ("2016-06-13", "2015-09-13", True)
    assert (item["timeliness"], item["late_against_first"]) == ("upcoming", True)
    imported.ok("update", ":26", "--status", "implemented", "--evidence", "A/HRC/32/7", "--on", "2016-05-01")
    item = show(imported)
    assert (item["timeliness"], item["late_against_first"], item["extension_authority"]) == (
        "on_time", True, "A/HRC/DEC/31/115",
    )  # fmt: skip
    assert show(imported, ":26", "--as-of", "2015-08-31")["due_on"] == "2015-09-13"
    assert show(imported, ":26", "--as-of", "2015-08-31")["extended"] is False
    assert "first promised for 2015-09-13, which was not kept" in imported.ok("show", ":26").out


def test_an_extended_date_by_hand_is_the_first_promise(imported: Tracker) -> None:
    imported.ok("update", ":16", "--due", "2016-01-31", "--reason", "agreed", "--on", "2015-06-01")
    imported.ok("update", ":16", "--extend-to", "2016-06-30", "--authority", "A/HRC/DEC/31/115", "--on", "2016-01-15")
    item = show(imported, ":16", "--as-of", "2016-03-01")
    assert (item["due_on"], item["first_due_on"], item["late_against_first"]) == ("2016-06-30", "2016-01-31", True)
    imported.ok("update", ":16", "--extend-to", "2016-09-30", "--authority", "A/HRC/DEC/32/115", "--on", "2016-05-15")
    assert show(imported, ":16")["first_due_on"] == "2016-01-31"
    for day, dates in (("2015-05-31", (None, None)), ("2015-12-01", ("2016-01-31", None))):
        item = show(imported, ":16", "--as-of", day)
        assert (item["due_on"], item["first_due_on"]) == dates
    imported.ok("edit", ":16", "--deadline", "by 2015-12")
    item = show(imported, ":16")
    assert (item["due_on"], item["first_due_on"]) == ("2016-09-30", "2015-12-31")
    assert show(imported, ":16", "--as-of", "2015-05-31")["due_on"] == "2015-12-31"
    for _ in range(4):
        imported.ok("undo", "--yes")
    item = show(imported, ":16")
    assert (item["due_on"], item["first_due_on"]) == (None, None)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (None, None), (0, None), (1, "1-30"), (30, "1-30"), (31, "31-90"), (90, "31-90"), (91, "91-180"),
        (180, "91-180"), (181, "over 180"),
    ],
)  # fmt: skip
def test_ageing(days: int | None, bucket: str | None) -> None:
    assert ageing(days) == bucket


def test_ageing_is_listed(imported: Tracker) -> None:
    for day, bucket in (
        ("2015-09-13", None),
        ("2015-09-14", "1-30"),
        ("2015-11-01", "31-90"),
        ("2016-09-01", "over 180"),
    ):
        for command in ("list", "overdue"):
            found = {i["ref"]: i["ageing"] for i in imported.ok(command, "--as-of", day, "--json").json()}
            assert found.get(REPORT) == bucket
    assert imported.ok("overdue", "--as-of", "2015-09-14").lines()[1].split("\t")[10] == "1-30"
    assert "(overdue by 49 days: 31-90)" in imported.ok("show", ":26", "--as-of", "2015-11-01").out


def test_items_without_promise_are_not_late(imported: Tracker) -> None:
    assert show(imported, ":16")["late_against_first"] is None


def test_evidence_has_title_and_date(imported: Tracker) -> None:
    imported.ok(
        "update", ":26", "--evidence", "a/hrc/31/81".upper(), "--evidence-title", "Report", "--evidence-date",
        "2016-01-15",
    )  # fmt: skip
    imported.ok("update", ":26", "--evidence", "https://example.org/x")
    evidence = show(imported)["evidence"]
    assert evidence[0] == {"kind": "symbol", "value": "A/HRC/31/81", "title": "Report", "dated": "2016-01-15"}
    assert evidence[1]["kind"] == "url"
    assert show(imported, ":26", "--as-of", "2016-01-14")["evidence"] == []


def test_filter_needs_yes_without_terminal(imported: Tracker) -> None:
    message = refused(imported, "--group", "secretariat", "--assignee", "Ana")
    assert "3 items (groups: secretariat) will be changed" in message
    assert "--yes" in message
    out = imported.ok("update", "--group", "secretariat", "--assignee", "Ana", "--yes").out
    assert len(out.splitlines()) == 3
    imported.ok("update", "--where-assignee", "Ana", "--where-status", "!implemented", "--tag", "x", "--yes")
    assert show(imported, ":17")["tags"] == ["x"]


def test_which_items(imported: Tracker) -> None:
    assert "which items" in refused(imported, "--assignee", "Ana")
    assert "which items" in refused(imported, ":26", "--group", "states", "--assignee", "Ana")
    assert "no item fits" in refused(imported, "--body", "GA", "--assignee", "Ana", "--yes", code=66)


def test_links(imported: Tracker) -> None:
    imported.ok("update", ":26", "--derived-from", "A/RES/69/179", "--related", ":17")
    assert show(imported)["links"] == [
        {"kind": "derived_from", "target": "A/RES/69/179"},
        {"kind": "related", "target": "A/HRC/RES/28/2:17"},
    ]
    assert show(imported, ":17")["links"] == [{"kind": "related", "target": REPORT}]
    assert "nothing changed" in imported.ok("update", ":26", "--related", ":17").err


def test_superseding_overtakes_what_is_open(imported: Tracker) -> None:
    imported.ok("update", ":17", "--supersedes", ":16")
    assert show(imported, ":16")["status"] == "overtaken"
    assert show(imported, ":16")["links"] == [{"kind": "superseded_by", "target": "A/HRC/RES/28/2:17"}]
    assert "supersedes A/HRC/RES/28/2:16 already" in refused(imported, ":16", "--supersedes", ":17")
    imported.ok("update", ":18", "--status", "implemented", "--note", "done")
    imported.ok("update", ":17", "--supersedes", ":18")
    assert show(imported, ":18")["status"] == "implemented"


def test_a_report_about_an_earlier_day_says_what_counts_from_a_later_one(imported: Tracker) -> None:
    """Else people believe that the item is closed today."""
    imported.ok("update", ":26", "--status", "in_progress", "--assignee", "Ana", "--on", "2016-03-01")
    imported.ok("update", ":26", "--status", "not_applicable", "--note", "a slip", "--on", "2016-05-01")
    out = imported.ok(
        "update", ":26", "--status", "implemented", "--evidence", "A/HRC/31/81", "--assignee", "Ana",
        "--on", "2016-01-15",
    ).out  # fmt: skip
    assert out.splitlines() == [
        "A/HRC/RES/28/2:26  status: pending → implemented, but in_progress from 2016-03-01 on",
        "A/HRC/RES/28/2:26  evidence added: A/HRC/31/81",
        "A/HRC/RES/28/2:26  assignee: - → Ana",
    ]


@pytest.mark.parametrize("which", [[":26"], [":16", ":26"], ["--symbol", "28/2", "--yes"], [":26", "--confirm"]])
def test_nothing_holds_from_before_the_adoption(imported: Tracker, which: list[str]) -> None:
    message = refused(imported, *which, "--note", "done", "--on", "2015-03-25")
    assert "--on 2015-03-25" in message
    assert "was adopted on 2015-03-26" in message
    assert len(message.splitlines()) == 1
    imported.ok("update", *which, "--note", "done", "--on", "2015-03-26")


def test_a_resolution_without_a_day_takes_any(tracker: Tracker, tmp_path: Path) -> None:
    file = tmp_path / "undated.txt"
    file.write_text("90/7. Promises\n\nThe Human Rights Council,\n\n1. Requests States to report.\n", encoding="utf-8")
    tracker.ok("import", file, "--symbol", "A/HRC/RES/90/7")
    tracker.ok("update", ":1", "--status", "in_progress", "--on", "2001-01-01")
