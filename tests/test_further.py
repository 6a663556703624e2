"""Requests with further deadlines: what is told when the first one is met, and what a calendar lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import Tracker
from tests.test_calendar_file import entries, written

TEXT = """\
Resolution adopted by the Human Rights Council on 23 June 2023

53/91. Lighthouses

The Human Rights Council,

1. Requests the Secretary-General to submit two reports, by 4 July 2024 and 3 January 2025 respectively, on foghorns;

2. Requests the High Commissioner to provide an oral update to the Human Rights Council at its fifty-ninth session \
and to submit a written report to the Council at its sixtieth session.
"""
CLOSE = ("--status", "implemented", "--evidence", "S/2024/527", "--on")


@pytest.fixture
def horns(tracker: Tracker, tmp_path: Path) -> Tracker:
    file = tmp_path / "horns.txt"
    file.write_text(TEXT, encoding="utf-8")
    tracker.ok("import", file)
    return tracker


def test_closing_tells_what_is_still_to_come_and_how_to_track_it(horns: Tracker) -> None:
    told = horns.ok("update", ":1", *CLOSE, "2024-07-03").lines()[-1]
    assert told == (
        "A/HRC/RES/53/91:1  the text goes on to 2025-01-03, which nothing tracks now: tracker add 'A/HRC/RES/53/91' "
        "'1' --action TEXT --addressee secretary-general --deliverable report --deadline 2025-01-03"
    )
    horns.ok("add", "A/HRC/RES/53/91", "1", "--action", "the second report", "--deadline", "2025-01-03")
    assert "2025-01-03" in horns.ok("overdue").out
    horns.ok("undo", "2", "--yes")
    assert "goes on" not in horns.ok("update", ":1", *CLOSE, "2024-07-03").out


def test_closing_as_json_tells_it_too(horns: Tracker) -> None:
    told = horns.ok("update", ":2", *CLOSE, "2025-06-16", "--json").json()
    assert [(one["ref"], one["due_on"]) for one in told["untracked"]] == [("A/HRC/RES/53/91:2", "2025-09-08")]
    assert told["changes"][0] == {
        "ref": "A/HRC/RES/53/91:2", "field": "status", "old": "pending", "new": "implemented",
    }  # fmt: skip


@pytest.mark.parametrize("before", [(), ("--extend-to", "2025-01-03", "--authority", "A/HRC/DEC/31/115")])
def test_nothing_is_told_when_nothing_is_left(horns: Tracker, before: tuple[str, ...]) -> None:
    if before:
        horns.ok("update", ":1", "--on", "2024-01-01", *before)
    day = "2024-07-03" if before else "2025-01-04"
    assert "goes on" not in horns.ok("update", ":1", *CLOSE, day).out


def test_a_calendar_has_the_further_days_until_the_item_is_closed(horns: Tracker, tmp_path: Path) -> None:
    found = entries(written(horns, tmp_path))
    assert {uid: str(day) for uid, (day, _, _) in found.items() if uid[-2:] == "-2"} == {
        "53/91:1/due-2": "2025-01-03", "53/91:2/due-2": "2025-09-08",
        "53/91:2/submit-2": "2025-06-30", "53/91:2/issue-2": "2025-07-28",
    }  # fmt: skip
    horns.ok("update", ":1", "--extend-to", "2025-01-03", "--authority", "A/HRC/DEC/31/115")
    horns.ok("update", ":2", *CLOSE, "2025-06-16")
    after = entries(written(horns, tmp_path))
    assert {after[uid][2] for uid in after if uid[-2:] == "-2"} == {"CANCELLED"}
    assert all(after[uid][1] > found[uid][1] for uid in found if uid[-2:] == "-2")


def test_a_further_day_moves_with_its_session(horns: Tracker, tmp_path: Path) -> None:
    found = entries(written(horns, tmp_path))
    horns.ok("sessions", "set", "HRC", "60", "--opens", "2025-09-15", "--closes", "2025-10-10")
    after = entries(written(horns, tmp_path))
    assert str(after["53/91:2/due-2"][0]) == "2025-09-15"
    assert after["53/91:2/due-2"][1] > found["53/91:2/due-2"][1]
