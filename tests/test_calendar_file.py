"""A calendar that is imported again takes over what moved and what is no more, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli import Tracker
from tests.test_renumbered import END, FUND, GUIDE, STUDY, store

TEXT = """\
Resolution adopted by the Human Rights Council on 23 June 2023

53/90. Protection of lighthouse keepers

The Human Rights Council,

1. Requests the United Nations High Commissioner for Human Rights to submit an annual report on lighthouse keepers \
to the Human Rights Council, starting at its fifty-fourth session;

2. Requests the Secretary-General to submit a report on foghorns to the Council at its fifty-seventh session;

3. Decides to hold a panel discussion on lamps at its fifty-seventh session;

4. Requests the Secretary-General to report to the Council every six months on the state of the lamps;

5. Requests the Secretary-General to prepare, by 1 March 2025, a study on the state of the lamps.
"""
DAY = "2024-01-01"
Entry = tuple[date, int, str]
"""Day, SEQUENCE and STATUS of an entry."""


@pytest.fixture
def lamps(tracker: Tracker, tmp_path: Path) -> Tracker:
    file = tmp_path / "lamps.txt"
    file.write_text(TEXT, encoding="utf-8")
    tracker.ok("import", file)
    return tracker


def written(tracker: Tracker, folder: Path, *options: str) -> bytes:
    path = folder / "deadlines.ics"
    tracker.ok("calendar", *options, "-o", path, "--force", today=DAY)
    return path.read_bytes()


def entries(content: bytes) -> dict[str, Entry]:
    icalendar = pytest.importorskip("icalendar", reason="reads the calendar back")
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    found = {
        str(event["UID"]).partition("@mandate")[0].rpartition("RES/")[2]: (
            event["DTSTART"].dt, int(event["SEQUENCE"]), str(event["STATUS"])
        )
        for event in events
    }  # fmt: skip
    assert len(found) == len(events), "two entries have one UID"
    return found


def moved(before: dict[str, Entry], after: dict[str, Entry]) -> set[str]:
    return {uid for uid, (day, _, _) in after.items() if day != before[uid][0]}


def grown(before: dict[str, Entry], after: dict[str, Entry]) -> set[str]:
    assert before.keys() == after.keys()
    assert all(after[uid][1] >= number for uid, (_, number, _) in before.items()), "a SEQUENCE fell"
    return {uid for uid, (_, number, _) in before.items() if after[uid][1] > number}


ANNUAL = {f"53/90:1@HRC57/{kind}" for kind in ("due", "submit", "issue")}
ONCE = {f"53/90:2/{kind}" for kind in ("due", "submit", "issue")}


@pytest.mark.parametrize("touched", [False, True])
@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        ("2024-09-16", "2024-10-18", ANNUAL | ONCE | {"53/90:3/due"}),
        ("2024-09-16", "2024-10-11", ANNUAL | ONCE),
        ("2024-09-09", "2024-10-18", {"53/90:3/due"}),
    ],
)
def test_a_session_that_moves_lets_grow_what_moved(
    lamps: Tracker, tmp_path: Path, opens: str, closes: str, expected: set[str], touched: bool
) -> None:
    lamps.ok("sessions", "set", "HRC", "57", "--opens", "2024-09-09", "--closes", "2024-10-11")
    if touched:
        lamps.ok("update", ":1@2024-09-09", "--assignee", "Ana", "--on", "2023-12-01")
    first = written(lamps, tmp_path)
    assert written(lamps, tmp_path) == first
    lamps.ok("sessions", "set", "HRC", "57", "--opens", opens, "--closes", closes)
    second = written(lamps, tmp_path)
    assert written(lamps, tmp_path) == second
    before, after = entries(first), entries(second)
    assert moved(before, after) == expected
    assert grown(before, after) == expected
    # Back again: the day is the old one, the SEQUENCE is not.
    lamps.ok("sessions", "set", "HRC", "57", "--opens", "2024-09-09", "--closes", "2024-10-11")
    assert grown(after, entries(written(lamps, tmp_path))) == expected


def test_work_on_a_time_lets_its_entries_grow(lamps: Tracker, tmp_path: Path) -> None:
    lamps.ok("sessions", "set", "HRC", "57", "--opens", "2024-09-16", "--closes", "2024-10-18")
    lamps.ok("update", ":1", "--series", "--office", "Research", "--on", "2023-12-01")
    before = entries(written(lamps, tmp_path))
    lamps.ok("update", ":1@2024-09-16", "--status", "implemented", "--note", "out", "--on", "2023-12-02")
    after = entries(written(lamps, tmp_path))
    assert grown(before, after) == ANNUAL
    assert {after[uid][2] for uid in ANNUAL} == {"CANCELLED"}
    lamps.ok("undo", "--yes")
    again = entries(written(lamps, tmp_path))
    assert grown(after, again) == ANNUAL
    assert {again[uid][2] for uid in ANNUAL} == {"CONFIRMED"}


def test_the_times_after_the_end_of_a_series_are_cancelled(lamps: Tracker, tmp_path: Path) -> None:
    before = entries(written(lamps, tmp_path))
    change = ("--series", "--status", "overtaken", "--note", "a new mandate", "--on", "2024-01-01")
    lamps.ok("update", ":1@2024-09-09", *change)
    after = entries(written(lamps, tmp_path))
    assert {uid for uid in grown(before, after) if after[uid][2] == "CANCELLED"} == {
        uid for uid in before if "53/90:1@" in uid and "HRC54" not in uid
    }  # fmt: skip
    assert after["53/90:1@HRC54/due"][2] == "CONFIRMED"
    lamps.ok("undo", "--yes")
    again = entries(written(lamps, tmp_path))
    assert {entry[2] for entry in again.values()} == {"CONFIRMED"}
    assert grown(after, again) >= ANNUAL


def test_a_day_that_an_item_lost_is_cancelled(lamps: Tracker, tmp_path: Path) -> None:
    before = entries(written(lamps, tmp_path))
    lamps.ok("update", ":2", "--extend-to", "2024-12-31", "--authority", "A/HRC/DEC/57/1", "--on", "2024-01-01")
    lamps.ok("edit", ":5", "--deadline", "none")
    after = entries(written(lamps, tmp_path))
    assert after["53/90:2/due"][0] == date(2024, 12, 31)
    assert grown(before, after) == ONCE | {"53/90:5/due"}
    assert {uid for uid in after if after[uid][2] == "CANCELLED"} == {
        "53/90:2/submit", "53/90:2/issue", "53/90:5/due"
    }  # fmt: skip


def test_what_is_withdrawn_is_cancelled(lamps: Tracker, tmp_path: Path) -> None:
    lamps.ok("split", ":5", "--part", "to prepare a study on lamps", "--part", "to prepare a study on oil")
    before = entries(written(lamps, tmp_path))
    lamps.ok("merge", ":5", ":5.2", "--keep")
    after = entries(written(lamps, tmp_path))
    assert {uid for uid in after if after[uid][2] == "CANCELLED"} == {"53/90:5.2/due"}
    assert grown(before, after) >= {"53/90:5.2/due"}
    for _ in range(3):
        lamps.ok("undo", "--yes")
    gone = entries(written(lamps, tmp_path))
    assert gone.keys() == after.keys()
    assert {entry[2] for entry in gone.values()} == {"CANCELLED"}
    assert written(lamps, tmp_path, "--group", "states").count(b"BEGIN:VEVENT") == 0


def test_an_entry_follows_its_item_to_another_number(tracker: Tracker, tmp_path: Path) -> None:
    store(tracker, tmp_path, "first", GUIDE, STUDY, FUND, END)
    before = entries(written(tracker, tmp_path))
    second = STUDY.replace("broken promises", "kept promises in forty countries").replace("2027", "2028")
    store(tracker, tmp_path, "second", GUIDE, second, STUDY, FUND, END)
    after = entries(written(tracker, tmp_path))
    (old,), (new,) = before, after.keys() - before.keys()
    assert (before[old][0], after[old][0], after[new][0]) == (date(2027, 9, 30), date(2027, 9, 30), date(2028, 9, 30))
    assert after[old][1] > before[old][1]


def test_the_same_on_postgresql(postgres_url: str, lamps: Tracker, tmp_path: Path) -> None:
    lamps.ok("sessions", "set", "HRC", "57", "--opens", "2024-09-16", "--closes", "2024-10-18")
    lamps.ok("update", ":2", "--extend-to", "2024-12-31", "--authority", "A/HRC/DEC/57/1", "--on", "2024-01-01")
    lamps.ok("export", "-o", tmp_path / "all.json")
    other = Tracker(postgres_url)
    other.ok("db", "upgrade")
    other.ok("import-data", tmp_path / "all.json")
    assert written(other, tmp_path) == written(lamps, tmp_path)
