"""Times of a series that come and go with its import, and what is no change of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import Tracker
from tests.test_series_machine import TEXT


@pytest.fixture
def twice_a_year(tracker: Tracker, tmp_path: Path) -> Tracker:
    (tmp_path / "series.txt").write_text(TEXT, encoding="utf-8")
    tracker.ok("import", tmp_path / "series.txt")
    return tracker


def test_an_import_stays_while_a_time_of_its_series_was_reported(twice_a_year: Tracker, tmp_path: Path) -> None:
    twice_a_year.ok("update", ":1@2026-04-04", "--status", "in_progress")
    refused = twice_a_year("undo", "1", "--yes")
    assert (refused.code, "operation 2 (officer:" in refused.err) == (2, True)
    assert "changed status of A/HRC/RES/58/90:1@2026-04-04 after it" in refused.err
    twice_a_year.ok("undo", "2", "--yes")
    twice_a_year.ok("undo", "1", "--yes")
    assert twice_a_year.ok("overdue", "--json").json() == []
    assert twice_a_year("update", ":1@2026-04-04", "--note", "seen").code == 66
    twice_a_year.ok("import", tmp_path / "series.txt")
    overdue = [row["occurrence_on"] for row in twice_a_year.ok("overdue", "--json").json()]
    assert overdue == ["2025-10-04", "2026-04-04", "2026-10-04"]


def test_what_a_time_has_already_is_no_change(twice_a_year: Tracker) -> None:
    """Else it would no longer follow its series."""
    for change in (["--untag", "urgent"], ["--assignee", ""]):
        result = twice_a_year.ok("update", ":1@2026-10-04", *change)
        assert (result.out, result.err) == ("", "nothing changed: all of this held already\n")
    twice_a_year.ok("update", ":1", "--series", "--tag", "urgent", "--assignee", "Ana")
    assert twice_a_year.ok("update", ":1@2026-10-04", "--tag", "urgent").out == ""
    found = twice_a_year.ok("show", ":1@2026-10-04", "--json").json()
    assert (found["tags"], found["assignee"]) == (["urgent"], "Ana")


def test_a_report_about_a_series_says_what_it_was_before(twice_a_year: Tracker) -> None:
    """Also when an earlier report about it, and those about its times, were undone."""
    twice_a_year.ok("update", ":1@2026-04-04", "--status", "in_progress")
    twice_a_year.ok("update", ":1", "--series", "--status", "overtaken", "--note", "seen")
    twice_a_year.ok("undo", "3", "--yes")
    twice_a_year.ok("undo", "2", "--yes")
    out = twice_a_year.ok("update", ":1", "--series", "--status", "not_started", "--note", "begins later").out
    assert out.splitlines()[0] == "A/HRC/RES/58/90:1  status: pending → not_started"


def test_earlier_times_keep_that_they_have_no_priority(twice_a_year: Tracker) -> None:
    twice_a_year.ok("update", ":1@2026-10-04", "--series", "--priority", "high")
    found = [
        twice_a_year.ok("show", f":1@{day}", "--json").json()["priority"]
        for day in ("2026-04-04", "2026-10-04", "2027-04-04")
    ]
    assert found == [None, "high", "high"]
    assert [row["occurrence_on"] for row in twice_a_year.ok("overdue", "--priority", "", "--json").json()] == [
        "2025-10-04", "2026-04-04"
    ]  # fmt: skip
    twice_a_year.ok("undo", "2", "--yes")
    assert twice_a_year.ok("show", ":1@2027-04-04", "--json").json()["priority"] is None
