"""Filters, orders, columns and pages of lists; saved views and default filters."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli import Tracker
from tracker.core.selection import Moment, Selection
from tracker.core.status import Status, Timeliness, timeliness
from tracker.storage.queries import count_items, find_items
from tracker.storage.reader import reading
from tracker.storage.target import parse_target

ALL = ["6", "7", "16", "17", "18", "19", "19.2", "20", "21", "22", "23", "26", "27"]


@pytest.fixture(params=["sqlite", "postgres"])
def filled(request: pytest.FixtureRequest, tmp_path: Path, example: Path) -> Tracker:
    """Resolution 28/2 with some work done on it, on each engine."""
    database = tmp_path / "t.sqlite3" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    tracker = Tracker(database)
    tracker.ok("db", "upgrade")
    tracker.ok("import", example)
    tracker.ok("update", ":26", "--status", "implemented", "--evidence", "A/HRC/31/81", "--on", "2016-01-15")
    tracker.ok("update", ":16", ":17", "--assignee", "Ana", "--office", "OHCHR 3", "--tag", "fund_1", "--tag", "x")
    tracker.ok("update", ":17", "--priority", "high", "--tag", "FUNDS")
    tracker.ok("update", ":18", "--priority", "low", "--due", "2026-12-01", "--reason", "agreed")
    return tracker


def places(tracker: Tracker, *args: str) -> list[str]:
    return [item["ref"].rpartition(":")[2] for item in tracker.ok("list", "--json", *args).json()]


FOUND: list[tuple[list[str], list[str]]] = [
    (["--assignee", "ana"], ["16", "17"]),
    (["--assignee", "!Ana", "--group", "secretariat"], ["26"]),
    (["--assignee", "", "--group", "secretariat"], ["26"]),
    (["--assignee", "!"], ["16", "17"]),
    (["--office", "OHCHR 3", "--priority", "!high"], ["16"]),
    (["--priority", "high", "--priority", "low"], ["17", "18"]),
    (["--tag", "fund_1", "--tag", "funds"], ["16", "17"]),
    (["--tag", "fund_1", "--tag", "!FUNDS"], ["16"]),
    (["--tag", "fundX1"], []),
    (["--tag", "!"], ["16", "17"]),
    (["--status", "!pending"], ["26"]),
    (["--timeliness", "late"], ["26"]),
    (["--timeliness", "overdue", "--timeliness", "due_soon"], ["18", "27"]),
    (["--timeliness", "!no_deadline", "--timeliness", "!late"], ["18", "27"]),
    (["--force", "invite"], ["23"]),
    (["--force", "!invite", "--force", "!urge", "--force", "!encourage", "--group", "!secretariat"],
     ["7", "19", "20", "22", "27"]),
    (["--deliverable", "report"], ["26"]),
    (["--symbol", "!28/2"], []),
    (["--group", "secretariat", "28/2"], ["16", "17", "26"]),
    (["--addressee", "ohchr", "--addressee", "high-commissioner"], ["16", "17", "26"]),
    (["--addressee", "!states", "--addressee", "!high-commissioner", "--addressee", "!hrc", "--addressee", "!HRC"],
     ["6", "16", "17", "19.2"]),
    (["--recurring"], []),
]  # fmt: skip


def test_filters(filled: Tracker) -> None:
    for args, expected in FOUND:
        assert places(filled, *args) == expected, args


def test_sorting_puts_what_has_no_value_last(filled: Tracker) -> None:
    assert places(filled, "--sort", "due")[:3] == ["26", "27", "18"]
    assert places(filled, "--sort", "-due")[:3] == ["18", "27", "26"]
    assert places(filled, "--sort", "due", "--reverse")[:3] == ["18", "27", "26"]
    assert places(filled, "--sort", "-due", "--reverse")[:3] == ["26", "27", "18"]
    assert places(filled, "--sort", "priority")[:2] == ["17", "18"]
    assert places(filled, "--sort", "-priority")[:2] == ["18", "17"]
    assert places(filled, "--sort", "-status")[0] == "26"
    assert places(filled) == ALL
    assert places(filled, "--reverse") == ALL[::-1]
    assert places(filled, "--sort", "-number", "--limit", "1") == ["27"]


def test_pages_hold_everything_once(filled: Tracker) -> None:
    for order in ("resolution", "due", "assignee", "-group"):
        pages = [places(filled, "--sort", order, "--limit", "5", "--page", str(page)) for page in (1, 2, 3, 4)]
        together = [place for page in pages for place in page]
        assert [len(page) for page in pages] == [5, 5, 3, 0]
        assert sorted(together) == sorted(ALL)
        assert together == places(filled, "--sort", order)


def test_columns(filled: Tracker) -> None:
    plain = filled.ok("list", "--columns", "ref, tags,addressees", "--assignee", "Ana").out
    assert plain.splitlines() == [
        "ref\ttags\taddressees", "A/HRC/RES/28/2:16\tfund_1, x\tohchr", "A/HRC/RES/28/2:17\tfund_1, x, FUNDS\tohchr",
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(filled.ok("list", "--csv", "--columns", "status,ref").out)))
    assert list(rows[0]) == ["status", "ref"]
    assert filled.ok("overdue", "--json", "--columns", "ref,days_overdue").json() == [
        {"ref": "A/HRC/RES/28/2:27", "days_overdue": 3615}
    ]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--sort", "x"], "resolution, due"),
        (["--columns", "ref,x"], "addressee_words"),
        (["--page", "2"], "--limit"),
        (["--status", "done"], "not_started"),
        (["--timeliness", "!soon"], "due_soon"),
        (["--force", "ask"], "urge"),
        (["--limit", "0"], "--limit"),
        (["@a", "@b"], "one view"),
    ],
)
def test_wrong_names_are_usage_errors_that_list_the_right_ones(imported: Tracker, args: list[str], words: str) -> None:
    result = imported("list", *args)
    assert (result.code, result.out) == (2, "")
    assert words in result.err


def test_a_list_says_how_many_of_how_many(imported: Tracker) -> None:
    assert "6 to 10 of 13 shown; --page 3 shows more" in imported("list", "--limit", "5", "--page", "2").err
    assert imported("list", "--limit", "13").err == ""
    assert "page 4 is empty: there are 13 items" in imported("list", "--limit", "5", "--page", "4").err
    assert imported("overdue", "--limit", "1", "--check").code == 1
    assert len(imported.ok("list").lines()) == 14


def test_update_takes_the_same_filters(imported: Tracker) -> None:
    imported.ok("update", "--force", "urge", "--deliverable", "", "--assignee", "Ana", "--yes")
    imported.ok("update", "--where-assignee", "Ana", "--tag", "mine", "--yes")
    assert places(imported, "--tag", "mine") == places(imported, "--force", "urge")
    assert imported("update", ":26", "--where-status", "pending", "--note", "x").code == 2


VIEWS = """
[views]
mine = "--assignee Ana --status '!implemented' --sort -number"
others = { group = ["states", "others"], to_check = false, limit = 2, columns = "ref" }
wrong = "--stats pending"
bad = "--status done"
open = "--status 'pending"
day = "--due-before soon"
number = 3
"""


@pytest.fixture
def views(tmp_path: Path) -> dict[str, str]:
    file = tmp_path / "tracker.toml"
    file.write_text(VIEWS, encoding="utf-8")
    return {"TRACKER_CONFIG": str(file)}


def test_saved_views(imported: Tracker, views: dict[str, str], tmp_path: Path) -> None:
    imported.ok("update", ":16", ":17", ":26", "--assignee", "Ana")
    listed = imported.ok("list", "@mine", "--json", env=views).json()
    assert [item["ref"][-2:] for item in listed] == ["26", "17", "16"]
    # What the command line says takes the place of what the view says.
    listed = imported.ok("list", "@mine", "--json", "--sort", "number", "--assignee", "!Ana", env=views).json()
    assert len(listed) == 10
    assert imported.ok("list", "@others", env=views).out == "ref\nA/HRC/RES/28/2:6\nA/HRC/RES/28/2:18\n"
    assert [item["ref"] for item in imported.ok("overdue", "@mine", "--json", env=views).json()] == [
        "A/HRC/RES/28/2:26"
    ]
    assert "assignee: Ana" in imported.ok("report", "@mine", env=views).out
    imported.ok("calendar", "@mine", "-o", str(tmp_path / "a.ics"), env=views)
    imported.ok("update", "@mine", "--tag", "seen", "--yes", env=views)
    assert places(imported, "--tag", "seen") == ["16", "17", "26"]


@pytest.mark.parametrize("name", ["wrong", "bad", "open", "day", "number"])
def test_a_wrong_view_is_one_line_with_file_and_view(imported: Tracker, views: dict[str, str], name: str) -> None:
    result = imported("list", f"@{name}", env=views)
    assert (result.code, result.out) == (78, "")
    assert result.err.count("\n") == 1
    assert f"{views['TRACKER_CONFIG']}: view {name}" in result.err


def test_an_unknown_view_lists_those_that_are_known(imported: Tracker, views: dict[str, str]) -> None:
    result = imported("list", "@nobody", env=views)
    assert result.code == 2
    assert "@mine, @number, @open, @others" in result.err
    assert imported("overdue", "@mine").code == 2


def test_default_filters_say_that_they_are_there(imported: Tracker) -> None:
    env = {"TRACKER_DEFAULT_FILTERS": "--group secretariat"}
    result = imported.ok("list", env=env)
    assert len(result.lines()) == 4
    assert "--group secretariat (default_filters); --all shows everything" in result.err
    assert len(imported.ok("list", "--all", env=env).lines()) == 14
    assert len(imported.ok("list", "--group", "states", env=env).lines()) > 4
    assert len(imported.ok("overdue", env=env).lines()) == 2
    wrong = imported("list", env={"TRACKER_DEFAULT_FILTERS": "--group nobody"})
    assert wrong.code == 78
    assert "default_filters" in wrong.err


def test_timeliness_in_queries_is_that_of_the_rules(filled: Tracker) -> None:
    """Every value on every day around the due dates: SQL and `core.status` agree."""
    days = [date(2015, 9, 12), date(2015, 9, 13), date(2015, 9, 14), date(2016, 12, 1), date(2026, 11, 1)]
    for day in [*days, date(2026, 11, 30), date(2026, 12, 2)]:
        moment = Moment(day, day + timedelta(days=30))

        def held(row: dict[str, Any], day: date = day) -> Timeliness:
            due, since = (date.fromisoformat(row[key]) if row[key] else None for key in ("due_on", "status_on"))
            return timeliness(due, Status(row["status"]), since, day)

        with reading(parse_target(filled.database)) as reader:
            rows = find_items(reader, Selection())
            for value in Timeliness:
                for sign, fits in (("", _equal(value)), ("!", _other(value))):
                    chosen = Selection(timeliness=(f"{sign}{value}",), moment=moment)
                    expected = [row["ref"] for row in rows if fits(held(row))]
                    assert [row["ref"] for row in find_items(reader, chosen)] == expected
                    assert count_items(reader, chosen) == len(expected)


def _equal(value: Timeliness) -> Callable[[Timeliness], bool]:
    return lambda held: held is value


def _other(value: Timeliness) -> Callable[[Timeliness], bool]:
    return lambda held: held is not value


def test_lead_times_are_those_of_the_settings(imported: Tracker) -> None:
    """HRC 30 opens on 2015-09-14."""
    item = imported.ok("show", ":26", "--json").json()
    assert (item["submit_by"], item["issue_by"]) == ("2015-07-06", "2015-08-03")
    env = {"TRACKER_SUBMIT_WEEKS": "12", "TRACKER_ISSUE_WEEKS": "0"}
    item = imported.ok("show", ":26", "--json", env=env).json()
    assert (item["submit_by"], item["issue_by"]) == ("2015-06-22", "2015-09-14")
    assert "submit by 2015-06-22" in imported.ok("show", ":26", env=env).out
    assert "2015-06-22" in imported.ok("forecast", "--session", "HRC30", env=env).out


def test_due_soon_is_that_of_the_settings(imported: Tracker) -> None:
    def soon(days: str) -> list[str]:
        env = {"TRACKER_DUE_SOON_DAYS": days}
        listed = imported.ok("list", "--timeliness", "due_soon", "--json", env=env, today="2015-09-03").json()
        return [item["timeliness"] for item in listed]

    assert soon("9") == []
    assert soon("10") == ["due_soon"]
    assert imported("list", env={"TRACKER_DUE_SOON_DAYS": "99999999"}).code == 78
