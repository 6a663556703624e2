"""tracker next: each item once, under the most pressing of its reasons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import Tracker
from tests.readme import in_terminal
from tests.test_series import REPORT, YEARS, filled
from tracker.cli import layout
from tracker.services import advising


@pytest.fixture(params=["sqlite", "postgres"])
def loaded(request: pytest.FixtureRequest, tmp_path: Path, example: Path) -> Tracker:
    database = tmp_path / "t.sqlite3" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    tracker = Tracker(database)
    tracker.ok("db", "upgrade")
    tracker.ok("import", example)
    return tracker


def steps(tracker: Tracker, day: str, *args: str, **env: str) -> list[tuple[str, str, str]]:
    """Reason, place and why of each step on a day."""
    found = tracker.ok("next", "--json", *args, today=day, env=env).json()
    return [(step["reason"], step["ref"].rpartition(":")[2], step["why"]) for step in found]


def test_the_reasons_in_their_order(loaded: Tracker) -> None:
    """HRC 30 opens on 2015-09-14: the report is submitted by 2015-07-06 and due on 2015-09-13."""
    assert steps(loaded, "2015-05-01") == []
    assert steps(loaded, "2015-06-06") == [("to_submit", "26", "submit by 2015-07-06, in 30 days")]
    assert steps(loaded, "2015-06-20", TRACKER_DUE_SOON_DAYS="15") == []
    assert steps(loaded, "2015-06-06", TRACKER_SUBMIT_WEEKS="14") == [
        ("to_submit", "26", "submit by 2015-06-08, in 2 days")
    ]
    assert steps(loaded, "2015-08-14", "--for", "Ana") == []
    late = steps(loaded, "2015-08-13")
    assert late[0] == ("to_submit", "26", "submit by 2015-07-06, 38 days ago")
    assert {reason for reason, _, _ in late[1:]} == {"silent"}
    assert steps(loaded, "2015-08-14")[0] == ("due_soon", "26", "due in 30 days")
    assert steps(loaded, "2015-09-13")[0] == ("due_soon", "26", "due today")
    assert steps(loaded, "2015-09-14")[0] == ("overdue", "26", "1 day overdue")


def test_silence_ends_with_information_and_comes_back(loaded: Tracker) -> None:
    def silent(day: str) -> list[str]:
        return [place for reason, place, _ in steps(loaded, day) if reason == "silent"]

    assert silent("2015-06-24") == []  # 90 days after the adoption of 2015-03-26
    assert len(silent("2015-06-25")) == 12
    loaded.ok("update", ":16", "--note", "asked", today="2015-06-25")
    loaded.ok("update", ":17", "--status", "in_progress", "--on", "2015-05-01", today="2015-06-25")
    loaded.ok("update", ":18", "--assignee", "Ana", today="2015-06-25")
    assert set(silent("2015-09-01")) & {"16", "17", "18"} == {"18"}
    assert {"16", "17"} <= set(silent("2015-09-24"))
    whys = {place: why for _, place, why in steps(loaded, "2015-10-24")}
    assert (whys["16"], whys["17"]) == ("no information since 2015-06-25", "no information since 2015-05-01")
    assert whys["18"] == "no information yet"
    assert steps(loaded, "2015-06-25", TRACKER_SILENT_DAYS="91")[1:] == []
    loaded.ok("update", ":19", "--note", "oops", today="2015-09-25")
    assert "19" not in silent("2015-09-25")
    loaded.ok("undo", "--yes", today="2015-09-25")
    assert "19" in silent("2015-09-25")


def test_an_item_stands_once_and_closed_ones_do_not(loaded: Tracker) -> None:
    found = steps(loaded, "2026-11-24")
    assert len({place for _, place, _ in found}) == len(found) == 13
    loaded.ok("update", ":26", "--status", "implemented", "--note", "done")
    assert "26" not in {place for _, place, _ in steps(loaded, "2026-11-24")}


def test_what_is_to_check(loaded: Tracker, example: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.fr.txt"
    text = example.read_text(encoding="utf-8")
    assert "de solliciter l" in text or "solliciter" in text
    changed.write_text(text.replace("solliciter", "demander"), encoding="utf-8")
    loaded.ok("import", changed, today="2015-04-01")
    assert ("to_check", "17", "to check: the text changed") in steps(loaded, "2015-04-02")


def test_filters_and_limit(loaded: Tracker) -> None:
    loaded.ok("update", ":16", ":26", "--assignee", "Ana")
    assert [place for _, place, _ in steps(loaded, "2026-11-24", "--for", "ana")] == ["26", "16"]
    assert len(steps(loaded, "2026-11-24", "--limit", "3", "--group", "!states")) == 3
    assert "the first 3" in loaded.ok("next", "--limit", "3").err
    rows = list(csv.DictReader(io.StringIO(loaded.ok("next", "--csv", "--limit", "2").out)))
    assert [row["reason"] for row in rows] == ["overdue", "overdue"]
    assert loaded.ok("next").lines()[0].startswith("reason\twhy\tref\tdue_on")
    nothing = loaded.ok("next", "--assignee", "nobody")
    assert "nothing to do" in nothing.err


def test_a_terminal_gets_headings(imported: Tracker, tmp_path: Path) -> None:
    out = in_terminal(f"TRACKER_DATABASE={imported.database} tracker next", tmp_path)
    lines = out.splitlines()
    assert lines[0] == "Overdue"
    assert "Without information" in lines
    assert all(len(line) <= 80 for line in lines)


def test_a_page_tells_how_many_there_are(tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Items, and each time of a series; not to the end where there are very many."""
    lamps = filled(tracker, tmp_path)
    for day in ((), ("--as-of", "2026-01-01")):
        count = len(lamps.ok("overdue", *day, "--json").json())
        assert f"1 to 1 of {count} shown; --page 2 shows more" in lamps("overdue", *day, "--limit", "1").err
        last = lamps("overdue", *day, "--limit", "1", "--page", str(count)).err
        assert f"{count} to {count} of {count} shown\n" in last
        assert lamps("overdue", *day, "--limit", str(count)).err == ""
        with monkeypatch.context() as patched:
            patched.setattr(layout, "_COUNTED", 2)
            assert "1 to 1 of more than 2 shown; --page 2" in lamps("overdue", *day, "--limit", "1").err


def test_each_time_of_a_series_stands_for_itself(tracker: Tracker, tmp_path: Path) -> None:
    lamps = filled(tracker, tmp_path)
    overdue = lamps.ok("overdue", "--json").json()
    assert [item["ref"] for item in overdue if item["ref"].startswith(REPORT)] == [f"{REPORT}@{day}" for day in YEARS]
    found = lamps.ok("next", "--json").json()
    assert [step["ref"] for step in found if step["reason"] == "overdue"] == [item["ref"] for item in overdue]
    for limit in range(1, len(overdue) + 1):
        assert lamps.ok("overdue", "--json", "--limit", str(limit)).json() == overdue[:limit]
        page = lamps.ok("overdue", "--json", "--limit", "2", "--page", str(limit)).json()
        assert page == overdue[2 * limit - 2 : 2 * limit]
    days = [item["due_on"] for item in lamps.ok("overdue", "--json", "--sort", "-due").json()]
    assert days == sorted(days, reverse=True)
    assert len(days) == len(overdue)
    assert lamps("overdue", "--limit", str(len(overdue))).err == ""
    lamps.ok("update", f"{REPORT}@{YEARS[0]}", "--status", "implemented", "--note", "done")
    lamps.ok("update", f"{REPORT}@{YEARS[1]}", "--assignee", "Ana")
    assert [item["ref"] for item in lamps.ok("overdue", "--json", "--assignee", "Ana").json()] == [
        f"{REPORT}@{YEARS[1]}"
    ]
    assert f"{REPORT}@{YEARS[1]}" not in {
        item["ref"] for item in lamps.ok("overdue", "--json", "--assignee", "", "--limit", "50").json()
    }


def test_a_full_page_asks_for_nothing_more(tracker: Tracker, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to be submitted is looked for among all open items: with very many of them that takes seconds."""
    tracker.ok("import", example)
    asked: list[str] = []

    def to_submit(*_: object) -> Iterator[advising.Step]:
        asked.append("to submit")
        yield from ()

    monkeypatch.setattr(advising, "_to_submit", to_submit)
    monkeypatch.setattr(advising, "_to_check", lambda *_: ())
    assert [one[0] for one in steps(tracker, "2026-11-24", "--limit", "1")] == ["overdue"]
    assert asked == []
