"""Dates that hang on a session whose dates are computed: the mark goes with them wherever they are shown."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli import Tracker
from tracker.cli import output
from tracker.cli.items import UNSURE

REPORT, UPDATE = "A/RES/80/999:1", "A/RES/80/999:2"
TEXT = """Resolution adopted by the General Assembly on 19 December 2025

80/999. Lighthouses

The General Assembly,

1. Requests the Secretary-General to submit a report on lighthouses to the Assembly at its eighty-third session;

2. Requests the Office to give an oral update by 1 March 2026 and a report at its eighty-fourth session;

3. Requests the Office to paint the lighthouses by 30 June 2026;
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "lighthouses.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def lighthouses(tracker: Tracker, text: Path) -> Tracker:
    tracker.ok("import", text)
    return tracker


def rows(text: str, delimiter: str = "\t") -> dict[str, dict[str, str]]:
    return {row["ref"]: row for row in csv.DictReader(io.StringIO(text), delimiter=delimiter)}


def test_extract(tracker: Tracker, text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requests = tracker.ok("extract", text, "--json").json()["requests"]
    assert [request["deadline"]["due_verified"] for request in requests] == [False, True, True]
    assert requests[1]["deadlines"][0]["due_verified"] is False
    assert [line.split("\t")[1] for line in tracker.ok("extract", text).out.splitlines()[2:]] == [
        "2028-09-05~", "2026-03-01", "2026-06-30",
    ]  # fmt: skip
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    shown = tracker.ok("extract", text)
    assert "2028-09-05~" in shown.out
    assert UNSURE in shown.err


@pytest.mark.parametrize("command", [("list",), ("overdue",), ("search", "lighthouses")])
def test_lists_for_programs(lighthouses: Tracker, command: tuple[str, ...]) -> None:
    found = rows(lighthouses.ok(*command, today="2030-01-01").out)
    assert found[REPORT]["due_verified"] == "no"
    assert found["A/RES/80/999:3"]["due_verified"] == "yes"
    assert rows(lighthouses.ok(*command, "--csv", today="2030-01-01").out, ",")[REPORT]["due_verified"] == "no"


def test_lists_for_people(lighthouses: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rows(lighthouses.ok("next", today="2030-01-01").out)[REPORT]["due_verified"] == "no"
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    for command in (("next",), ("list",), ("overdue",), ("search", "lighthouses"), ("forecast",)):
        shown = lighthouses.ok(*command, today="2030-01-01")
        assert "GA 83~" in shown.out if command == ("forecast",) else "2028-09-05~" in shown.out
        assert UNSURE in shown.err


def test_what_has_no_date_has_no_mark(tracker: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "keepers.txt"
    path.write_text(TEXT.partition("1. ")[0] + "1. Requests the Office to train keepers;\n", encoding="utf-8")
    tracker.ok("import", path)
    assert tracker.ok("list", "--json").json()[0]["due_verified"] is None


def test_further_dates(lighthouses: Tracker) -> None:
    assert "further: “at its eighty-fourth session” → 2029-09-11~" in lighthouses.ok("show", UPDATE).out
    deadlines = lighthouses.ok("show", UPDATE, "--json").json()["deadlines"]
    assert [(one["due_on"], one["due_verified"]) for one in deadlines] == [("2026-03-01", True), ("2029-09-11", False)]


def test_forecast_for_conference_services(lighthouses: Tracker) -> None:
    names = [row["meeting name"] for row in csv.DictReader(io.StringIO(lighthouses.ok("forecast").out))]
    assert names == ["GA 83 (dates not confirmed)", "GA 84 (dates not confirmed)"]


def test_reports_and_reminders(lighthouses: Tracker) -> None:
    for command in (("report", "--format", "text"), ("digest",)):
        shown = " ".join(lighthouses.ok(*command, "--as-of", "2030-01-01", today="2030-01-01").out.split())
        assert "Due: 5 September 2028, not confirmed" in shown
        assert "Due: 30 June 2026 Days" in shown


def test_calendar(lighthouses: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "lighthouses.ics"
    lighthouses.ok("calendar", "-o", path)
    status = {
        event.partition("DTSTART;VALUE=DATE:")[2][:8]: event.partition("STATUS:")[2].split()[0]
        for event in path.read_text(encoding="utf-8").split("BEGIN:VEVENT")[1:]
    }
    assert status["20280905"] == status["20290911"] == "TENTATIVE"
    assert status["20260301"] == status["20260630"] == "CONFIRMED"
