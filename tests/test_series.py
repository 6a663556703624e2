"""Requests that come back: occurrences are computed until somebody touches them, and never twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.cli import Tracker
from tracker.core.deadline import DateDeadline, Deadline, OffsetDeadline, Relation, RelativeDeadline, SessionDeadline
from tracker.core.series import Series
from tracker.services.calendar import built_in

TEXT = """\
Resolution adopted by the Human Rights Council on 23 June 2023

53/90. Protection of lighthouse keepers

The Human Rights Council,

Recalling its resolution 50/90 of 7 July 2022,

1. Welcomes the work of lighthouse keepers;

2. Requests the United Nations High Commissioner for Human Rights to submit an annual report on lighthouse keepers \
to the Human Rights Council, starting at its fifty-fourth session;

3. Requests the Secretary-General to report to the Council every six months on the state of the lamps;

4. Encourages States to report annually on their lamps;

5. Decides to remain seized of the matter.

35th meeting
23 June 2023
[Adopted without a vote.]
"""
REPORT = "A/HRC/RES/53/90:2"
YEARS = ["2023-09-11", "2024-09-09", "2025-09-08", "2026-09-07"]
ADOPTED = date(2023, 6, 23)


def filled(tracker: Tracker, folder: Path) -> Tracker:
    """`tracker` with the resolution on lighthouse keepers."""
    file = folder / "lamps.txt"
    file.write_text(TEXT, encoding="utf-8")
    tracker.ok("import", file)
    return tracker


@pytest.fixture
def lamps(tracker: Tracker, tmp_path: Path) -> Tracker:
    return filled(tracker, tmp_path)


def overdue(tracker: Tracker, *options: str) -> list[str]:
    return [item["ref"] for item in tracker.ok("overdue", "--json", *options).json()]


def occurrences(tracker: Tracker, ref: str = ":2", *options: str) -> dict[str, str]:
    """Day and status of the occurrences that `show` lists."""
    found = tracker.ok("show", ref, "--json", *options).json()["occurrences"]
    return {one["occurrence_on"]: one["status"] for one in found}


def series(recurrence: str, *deadlines: Deadline, until: date | None = None, document: bool = True) -> list[str]:
    rule = Series(recurrence, deadlines, ADOPTED, document, until)
    return [one.on.isoformat() for one in rule.occurrences(built_in(), date(2026, 12, 31))]


NEXT = RelativeDeadline("next session", "at every session", "HRC")
HRC54 = SessionDeadline(Relation.AT, "HRC", 54, "starting at its fifty-fourth session")


@pytest.mark.parametrize(
    ("recurrence", "deadlines", "expected"),
    [
        ("annual", [HRC54], YEARS),
        ("biennial", [HRC54], YEARS[::2]),
        ("annual", [], []),
        ("regular", [HRC54], []),
        ("every 6 months", [], [
            "2023-12-23", "2024-06-23", "2024-12-23", "2025-06-23", "2025-12-23", "2026-06-23", "2026-12-23",
        ]),
        ("every 6 months", [DateDeadline(Relation.BY, "2026-02-28", "by")], ["2026-02-28", "2026-08-28"]),
        ("every 6 months", [DateDeadline(Relation.FROM, "2026-02-28", "from")], ["2026-02-28", "2026-08-28"]),
        ("every 60 days", [DateDeadline(Relation.BY, "2023", "to the end of 2023")],
         ["2023-08-22", "2023-10-21", "2023-12-20"]),
        ("annual", [DateDeadline(Relation.BY, "2025", "by the end of 2025")], ["2025-12-31", "2026-12-31"]),
        ("annual", [DateDeadline(Relation.FROM, "2025", "beginning in 2025")], ["2025-12-31", "2026-12-31"]),
        ("every 60 days", [DateDeadline(Relation.UNTIL, "2023-11", "until")], ["2023-08-22", "2023-10-21"]),
        ("annual", [OffsetDeadline("P3Y", "adoption", "for three years")], []),
        ("annual", [OffsetDeadline("P3Y", "adoption", "for three years"), HRC54], YEARS[:3]),
        ("every 90 days", [OffsetDeadline("P20D", "adoption", "within 20 days"),
                           DateDeadline(Relation.UNTIL, "2023-10-31", "until")], ["2023-07-13", "2023-10-11"]),
        ("annual", [NEXT], YEARS),
        ("every session", [NEXT, SessionDeadline(Relation.UNTIL, "HRC", 56, "until its 56th")],
         ["2023-09-11", "2024-02-26", "2024-06-18"]),
        ("every session", [NEXT, DateDeadline(Relation.IN, "2024", "in 2024")],
         ["2024-02-26", "2024-06-18", "2024-09-09"]),
        ("every session", [NEXT, DateDeadline(Relation.UNTIL, "2024-03", "until")], ["2023-09-11", "2024-02-26"]),
        ("every session", [SessionDeadline(Relation.FROM, "GA", 80, "as of its 80th")], ["2025-09-09", "2026-09-08"]),
        ("annual", [SessionDeadline(Relation.UNTIL, "HRC", 60, "until its 60th")], YEARS[:3]),
        ("annual", [SessionDeadline(Relation.UNTIL, "HRC", 54, "until its 54th")], YEARS[:1]),
        ("annual", [DateDeadline(Relation.BY, "2023-06-30", "by 30 June"),
                    DateDeadline(Relation.BY, "2023-12-31", "31 December")],
         ["2023-06-30", "2023-12-31", "2024-06-30", "2024-12-31", "2025-06-30", "2025-12-31", "2026-06-30",
          "2026-12-31"]),
        ("annual", [DateDeadline(Relation.BY, "2025-06-30", "by 30 June 2025"),
                    DateDeadline(Relation.BY, "2025-12-31", "31 December 2025")], ["2025-06-30", "2026-06-30"]),
        ("annual", [SessionDeadline(Relation.AT, "HRC", number, "54th to 58th") for number in range(54, 59)],
         YEARS[:2]),
        ("every 6 months", [HRC54], ["2023-09-11", "2024-03-11", "2024-09-11", "2025-03-11", "2025-09-11", "2026-03-11",
                                     "2026-09-11"]),
        ("annual", [DateDeadline(Relation.UNTIL, "2025", "until 2025")], ["2023-12-31", "2024-12-31", "2025-12-31"]),
        ("every 2 sessions", [HRC54], ["2023-09-11", "2024-06-18", "2025-02-24", "2025-09-08", "2026-06-15"]),
        ("quarterly", [DateDeadline(Relation.FROM, "2026", "starting in 2026")],
         ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
        ("annual", [HRC54, SessionDeadline(Relation.AT, "GA", 80, "80th")], [*YEARS, "2025-09-09", "2026-09-08"]),
    ],
)  # fmt: skip
def test_dates_of_a_series(recurrence: str, deadlines: list[Deadline], expected: list[str]) -> None:
    assert series(recurrence, *deadlines) == sorted(expected)


def test_months_count_from_the_adoption() -> None:
    rule = Series("monthly", (), date(2024, 1, 31), document=True)
    found = [one.on.isoformat() for one in rule.occurrences(built_in(), date(2024, 5, 31))]
    assert found == ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]


def test_a_series_that_was_ended_stops() -> None:
    assert series("annual", HRC54, until=date(2024, 12, 31)) == YEARS[:2]


def test_a_series_is_one_item_and_each_time_is_overdue_for_itself(lamps: Tracker) -> None:
    items = {item["paragraph"]: item for item in lamps.ok("list", "--json").json()}
    assert [items[number]["due_on"] for number in "234"] == ["2023-09-11", "2023-12-23", None]
    assert items["2"]["timeliness"] == "overdue"
    assert overdue(lamps, "--as-of", "2024-09-10") == [
        f"{REPORT}@2023-09-11", "A/HRC/RES/53/90:3@2023-12-23", "A/HRC/RES/53/90:3@2024-06-23", f"{REPORT}@2024-09-09",
    ]  # fmt: skip
    assert overdue(lamps, "--as-of", "2023-09-11") == []


def test_reading_stores_nothing(lamps: Tracker) -> None:
    before = Path(lamps.database).read_bytes()
    for command in (["list"], ["overdue"], ["show", ":2"], ["show", f"{REPORT}@2024-09-09"], ["report"]):
        lamps.ok(*command)
    assert Path(lamps.database).read_bytes() == before


def test_one_time_is_reported_and_the_series_goes_on(lamps: Tracker) -> None:
    lamps.ok("update", ":2@2023-09-11", "--status", "implemented", "--evidence", "A/HRC/54/30", "--on", "2023-09-20")
    assert occurrences(lamps) == dict(zip(YEARS, ["implemented", "pending", "pending", "pending"], strict=True))
    shown = lamps.ok("show", ":2", "--json").json()
    assert (shown["status"], shown["due_on"]) == ("in_progress", "2024-09-09")
    one = lamps.ok("show", ":2@2023-09-11", "--json").json()
    assert (one["status"], one["timeliness"], one["series"]) == ("implemented", "late", REPORT)
    assert overdue(lamps, "--as-of", "2023-09-15") == [f"{REPORT}@2023-09-11"]
    assert overdue(lamps, "--as-of", "2023-09-25") == []
    assert len(lamps.ok("list", "--json").json()) == 3


def test_whoever_comes_first_there_is_one_row(lamps: Tracker) -> None:
    lamps.ok("update", ":2@2025-09-08", "--note", "later one first")
    lamps.ok("update", ":2@2023-09-11", "--note", "then the first")
    lamps.ok("update", ":2@2025-09-08", "--assignee", "Ana")
    assert list(occurrences(lamps)) == YEARS
    assert [event["field"] for event in lamps.ok("history", ":2@2025-09-08", "--json").json()] == ["assignee", "note"]


def test_a_series_is_never_implemented(lamps: Tracker) -> None:
    for options in ([], ["--series"]):
        refused = lamps("update", ":2", "--status", "implemented", "--note", "x", *options)
        assert refused.code == 2
        assert f"{REPORT}@2023-09-11" in refused.err
    assert "say which time" in lamps("update", ":2", "--assignee", "Ana").err
    assert lamps.ok("show", ":2", "--json").json()["status"] == "pending"


def test_all_later_ones(lamps: Tracker) -> None:
    lamps.ok("update", ":2", "--assignee", "Ana", "--tag", "lamp", "--series")
    lamps.ok("update", ":2@2026-09-07", "--assignee", "Cy")
    lamps.ok("update", ":2@2025-09-08", "--assignee", "Bo", "--series")

    def assignees() -> list[str | None]:
        found = lamps.ok("show", ":2", "--json").json()["occurrences"]
        assert all(one["tags"] == ["lamp"] for one in found)
        return [one["assignee"] for one in found]

    assert assignees() == ["Ana", "Ana", "Bo", "Bo"]
    lamps.ok("undo", "--yes")
    assert assignees() == ["Ana", "Ana", "Ana", "Cy"]
    lamps.ok("redo", "--yes")
    assert assignees() == ["Ana", "Ana", "Bo", "Bo"]
    lamps.ok("update", ":2@2024-09-09", "--assignee", "")
    assert assignees() == ["Ana", None, "Bo", "Bo"]


def test_a_series_ends(lamps: Tracker) -> None:
    lamps.ok("update", ":2@2026-09-07", "--note", "prepared")
    lamps.ok("update", ":2@2025-09-08", "--status", "overtaken", "--note", "mandate ended", "--series")
    found = occurrences(lamps)
    assert found == {"2023-09-11": "pending", "2024-09-09": "pending", "2026-09-07": "overtaken"}
    shown = lamps.ok("show", ":2", "--json").json()
    assert (shown["status"], shown["due_on"]) == ("in_progress", "2023-09-11")
    for day in YEARS[:2]:
        lamps.ok("update", f":2@{day}", "--status", "implemented", "--note", "done")
    shown = lamps.ok("show", ":2", "--json").json()
    assert (shown["status"], shown["due_on"]) == ("overtaken", None)
    assert [ref for ref in overdue(lamps) if ref.startswith(REPORT)] == []


def test_filters_are_about_the_times(lamps: Tracker) -> None:
    lamps.ok("update", ":2", "--assignee", "Ana", "--series")
    lamps.ok("update", ":2@2024-09-09", "--assignee", "Cy", "--tag", "x")
    assert overdue(lamps, "--assignee", "cy") == [f"{REPORT}@2024-09-09"]
    assert f"{REPORT}@2024-09-09" not in overdue(lamps, "--assignee", "ana")
    assert f"{REPORT}@2024-09-09" in overdue(lamps, "--assignee", "!ana")


def test_filters_of_a_past_day_are_about_the_next_time_of_that_day(lamps: Tracker) -> None:
    lamps.ok("update", ":2@2023-09-11", "--status", "implemented", "--note", "x", "--on", "2023-09-05")

    def listed(*filters: str) -> list[str]:
        return [item["paragraph"] for item in lamps.ok("list", "--json", "--as-of", *filters).json()]

    assert listed("2024-01-01", "--due-after", "2024-01-01") == ["2"]
    assert listed("2023-09-01", "--due-after", "2024-01-01") == []
    assert listed("2023-09-01", "--due-before", "2023-10-01") == ["2"]
    assert listed("2024-01-01", "--status", "in_progress") == ["2"]
    assert listed("2023-09-01", "--status", "in_progress") == []
    assert listed("2024-01-01", "--no-deadline") == ["4"]
    assert listed("2024-01-01", "--timeliness", "overdue") == ["3"]
    assert listed("2024-01-01", "--status", "!implemented", "--limit", "1", "--page", "2") == ["3"]


def test_undo_of_the_only_report_on_a_time(lamps: Tracker) -> None:
    before = lamps.ok("show", ":2", "--json").json()
    lamps.ok("update", ":2@2024-09-09", "--status", "implemented", "--note", "x")
    lamps.ok("undo", "--yes")
    after = lamps.ok("show", ":2", "--json").json()
    for one in (*before["occurrences"], *after["occurrences"]):
        one["id"] = None
    assert after == before


def test_a_moved_session_moves_its_time_and_keeps_what_was_reported(lamps: Tracker) -> None:
    lamps.ok("update", ":2@2024-09-09", "--assignee", "Ana")
    lamps.ok("sessions", "set", "HRC", "57", "--opens", "2024-09-16", "--closes", "2024-10-11")
    found = lamps.ok("show", ":2", "--json").json()["occurrences"]
    assert [(one["due_on"], one["assignee"]) for one in found][:3] == [
        ("2023-09-11", None), ("2024-09-16", "Ana"), ("2025-09-08", None),
    ]  # fmt: skip
    assert lamps.ok("show", ":2@2024-09-16", "--json").json()["ref"] == f"{REPORT}@2024-09-09"
    lamps.ok("update", ":2@2024-09-16", "--assignee", "Bo")
    assert len(lamps.ok("show", ":2", "--json").json()["occurrences"]) == 4


def test_importing_again_changes_nothing(lamps: Tracker, tmp_path: Path) -> None:
    lamps.ok("update", ":2@2024-09-09", "--status", "implemented", "--note", "x")
    before = lamps.ok("show", ":2", "--json").out
    lamps.ok("import", tmp_path / "lamps.txt")
    (tmp_path / "lamps.txt").write_text(TEXT.replace("the state of the lamps", "the state of all lamps"))
    lamps.ok("import", tmp_path / "lamps.txt")
    assert lamps.ok("show", ":2", "--json").out == before


@pytest.mark.parametrize(
    ("ref", "words"),
    [
        (":2@2024-09-10", "near: A/HRC/RES/53/90:2@2024-09-09"),
        (":2@2024-13-10", "is no reference"),
        (":9@2024-09-09", "has no item 9"),
    ],
)
def test_wrong_days(lamps: Tracker, ref: str, words: str) -> None:
    refused = lamps("update", ref, "--note", "x")
    assert refused.code in {2, 66}
    assert words in refused.err


def test_a_series_without_dates_takes_the_day_that_is_named(lamps: Tracker) -> None:
    lamps.ok("update", ":4", "--status", "in_progress")
    assert lamps("update", ":4", "--status", "implemented", "--note", "x").code == 2
    lamps.ok("update", ":4@2024-12-31", "--status", "implemented", "--note", "x", "--on", "2025-01-05")
    assert occurrences(lamps, ":4") == {"2024-12-31": "implemented"}


def test_reports_name_each_time_and_count_the_item_once(lamps: Tracker) -> None:
    lamps.ok("update", ":2@2023-09-11", "--status", "implemented", "--evidence", "A/HRC/54/30", "--on", "2023-09-20")
    report = lamps.ok("report", "--as-of", "2024-10-01").out
    assert "The report covers 3 items." in report
    assert "2 items come back" in report
    late, done = report.partition("## Overdue (")[2], report.partition("## Delivered (")[2]
    assert late.startswith("3)")
    assert f"{REPORT}@2024-09-09" in late.partition("\n## ")[0]
    assert f"{REPORT}@2023-09-11" in done.partition("\n## ")[0]
    assert "9 days late" in done


def test_the_forecast_and_the_calendar_have_each_time(lamps: Tracker, tmp_path: Path) -> None:
    forecast = lamps.ok("forecast", "--as-of", "2024-01-01").out
    assert "2024-07-01" in forecast
    file = tmp_path / "dates.ics"
    lamps.ok("calendar", "-o", file, today="2024-01-01")
    before = file.read_text(encoding="utf-8")
    assert "53/90:2@HRC57/due@" in before.replace("\n ", "").replace("\r", "")
    lamps.ok("sessions", "set", "HRC", "57", "--opens", "2024-09-16", "--closes", "2024-10-11")
    lamps.ok("calendar", "-o", file, "--force", today="2024-01-01")
    after = file.read_text(encoding="utf-8")

    def uids(text: str) -> list[str]:
        return sorted(line for line in text.replace("\r\n ", "").splitlines() if line.startswith("UID"))

    assert uids(before) == uids(after)
    assert "20240916" in after


def test_the_same_on_postgresql(lamps: Tracker, postgres_url: str, tmp_path: Path) -> None:
    other = Tracker(postgres_url)
    other.ok("db", "upgrade")
    filled(other, tmp_path)
    for tracker in (lamps, other):
        tracker.ok("update", ":2@2023-09-11", "--status", "implemented", "--note", "x", "--on", "2023-09-10")
        tracker.ok("update", ":2@2025-09-08", "--assignee", "Bo", "--series")
        tracker.ok("update", ":3", "--series", "--status", "not_applicable", "--note", "x", "--on", "2024-07-01")
    for command in (
        ["list", "--json"], ["overdue", "--json"], ["overdue", "--json", "--as-of", "2024-09-30"],
        ["list", "--json", "--as-of", "2024-01-31"], ["overdue", "--assignee", "bo", "--json"],
    ):  # fmt: skip
        assert other.ok(*command).out == lamps.ok(*command).out, command


def test_no_time_was_reported_before_the_adoption(tracker: Tracker, tmp_path: Path) -> None:
    series = filled(tracker, tmp_path)
    for args in ([f"{REPORT}@{YEARS[0]}"], [REPORT, "--series"]):
        result = series("update", *args, "--note", "seen", "--on", "2023-06-22")
        assert (result.code, "adopted on 2023-06-23" in result.err) == (2, True)
