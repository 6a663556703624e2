"""Every grouping of a report counts each item once: series, merged, split, superseded, withdrawn and added ones too."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli import Tracker
from tracker.core.status import Timeliness

OLD = """\
Resolution adopted by the Human Rights Council on 23 June 2023

53/90. Protection of lighthouse keepers

The Human Rights Council,

1. Recalls that in its resolution 50/90 it requested the Secretary-General to report on foghorns;

2. Requests the United Nations High Commissioner for Human Rights to submit an annual report on lighthouse keepers \
to the Human Rights Council, starting at its fifty-fourth session;

3. Requests the Secretary-General to prepare, by 1 March 2025, a study on the state of the lamps;

4. Invites States to keep their lamps lit, and encourages non-governmental organizations to count them;

5. Requests the Secretary-General to prepare a guide on lamps, and also requests the Secretary-General to prepare a \
film on lamps;

6. Requests the Secretary-General to report every six months on the price of oil;

7. Encourages States to report annually on their lamps.
"""
NEW = """\
Resolution adopted by the Human Rights Council on 12 July 2024

56/90. Protection of lighthouse keepers

The Human Rights Council,

Recalling its resolution 53/90 of 23 June 2023,

1. Requests the Secretary-General to prepare, by 1 March 2026, a study on the state of the lamps;

2. Requests the United Nations High Commissioner for Human Rights to submit an annual report on lighthouse keepers \
to the Human Rights Council, starting at its sixtieth session;

3. Calls upon States to pay their lighthouse keepers on time.
"""
WORK = (
    "update 53/90:2@2023-09-11 --status implemented --evidence A/HRC/54/30 --on 2023-09-20",
    "update 53/90:6 --series --assignee Ana --office Oil --on 2023-09-01",
    "update 53/90:6@2023-12-23 --status implemented --note sent --on 2023-12-20",
    "split 53/90:3 --part 'to study the lamps' --part 'to study their state'",
    "merge 53/90:5 53/90:5.2 --keep",
    "add 53/90 1 --action 'to welcome the keepers' --addressee states",
    "update 53/90:3 --status in_progress --office Studies --on 2024-02-01",
    "update 53/90:4 --status not_applicable --note 'not ours' --on 2024-02-02",
    "undo --yes",
    "update 56/90:1 --supersedes 53/90:3 --on 2024-08-01",
    "update 56/90:2 --supersedes 53/90:2 --on 2024-08-01",
    "update 53/90:5 --due 2024-03-01 --reason agreed --on 2023-10-01",
    "update 53/90:5 --extend-to 2024-12-01 --authority A/HRC/DEC/55/1 --on 2024-02-20",
    "update 53/90:7@2024-12-31 --status overtaken --note late --on 2025-01-10",
    "sessions set HRC 60 --opens 2025-09-15 --closes 2025-10-10",
)
DAYS = ("2023-06-23", "2023-12-25", "2024-08-01", "2025-03-02", "2027-01-01")
GROUPINGS = ("group", "resolution", "addressee", "office", "session")
FILTERS = (("--group", "secretariat"), ("--recurring",), ("--deliverable", "report"), ("56/90",))
ON_WORK = (
    ("--status", "pending"), ("--status", "overtaken"), ("--timeliness", "overdue"), ("--timeliness", "!no_deadline"),
    ("--assignee", "Ana"), ("--due-before", "2025-01-01"),
)  # fmt: skip
"""Filters on the work, which a report asks of the times of a series, where `list` asks them of the series."""


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Tracker:
    import shlex

    folder = tmp_path_factory.mktemp("adding")
    tracker = Tracker(folder / "tracker.sqlite3")
    for name, text in (("old", OLD), ("new", NEW)):
        path = Path(folder, f"{name}.txt")
        path.write_text(text, encoding="utf-8")
        tracker.ok("import", path, today="2024-07-15")
    for command in WORK:
        tracker.ok(*shlex.split(command), today="2026-11-24")
    return tracker


def tables(content: Any, key: str) -> list[tuple[str, list[list[Any]]]]:
    """Title and rows of the tables of a section: numbers as numbers, other cells as text."""
    return [
        (section["title"], [[cell.get("value", cell["text"]) for cell in row] for row in block["rows"]])
        for section in content["sections"]
        if section["key"] == key
        for block in section["blocks"]
        if block["kind"] == "table"
    ]


def said(title: str) -> int:
    return int(re.findall(r"\((\d+)\)$", title)[0])


def numbers(content: Any) -> None:
    """Every sum of a report is right by itself, and each item stands in one part of the matrix."""
    counted = [[row[1:] for row in rows] for _, rows in tables(content, "counts")]
    facts = {fact["name"]: fact["value"] for fact in content["facts"]}
    for *body, total in counted:
        assert total == [sum(column) for column in zip(*body, strict=True)]
        assert all(row[-1] == sum(row[:-1]) for row in (*body, total))
        assert str(total[-1]) == facts["Items shown"]
    assert counted[:1] == [] or counted[0][-1] == counted[1][-1]
    parts = tables(content, "matrix")
    assert [said(title) for title, _ in parts] == [len(rows) for _, rows in parts]
    assert sum(len(rows) for _, rows in parts) == int(facts["Items shown"]) == len(content["items"]["rows"])
    for key in ("overdue", "delivered", "extended", "coming", "no_deadline", "no_information"):
        for title, rows in tables(content, key)[:1]:
            assert said(title) == len({row[0] for row in rows}) == len(rows), "an item is listed twice"


def check(tracker: Tracker, *options: str, by: str = "group") -> Any:
    """A report whose numbers are those of `list`."""
    content = tracker.ok("report", "--format", "json", "--by", by, *options, today="2027-01-02").json()
    items = tracker.ok("list", "--json", *options, today="2027-01-02").json()
    numbers(content)
    counted = [[row[1:] for row in rows] for _, rows in tables(content, "counts")]
    for field, table in zip(("status", "group"), counted, strict=True):
        assert sorted(row[-1] for row in table[:-1]) == sorted(Counter(item[field] for item in items).values())
    timely = Counter(item["timeliness"] for item in items)
    assert counted[0][-1] == [*(timely[one] for one in Timeliness), len(items)]
    several = len({item["symbol"] for item in items}) > 1
    named = Counter(row[0] for _, rows in tables(content, "matrix") for row in rows)
    assert named == Counter(item["ref"] if several else item["ref"].partition(":")[2] for item in items)
    for key, wanted in (("no_deadline", "no_deadline"), ("no_information", "pending")):
        listed = [row[0] for _, rows in tables(content, key) for row in rows]
        assert listed == [item["ref"] for item in items if wanted in {item["timeliness"], item["status"]}]
    return content


@pytest.mark.parametrize("day", DAYS)
def test_every_grouping_adds_up_on_every_day(worked: Tracker, day: str) -> None:
    for by in GROUPINGS:
        check(worked, "--as-of", day, by=by)


@pytest.mark.parametrize("options", FILTERS, ids=" ".join)
def test_every_filter_adds_up(worked: Tracker, options: tuple[str, ...]) -> None:
    check(worked, *options)
    check(worked, *options, "--as-of", "2024-08-01", by="addressee")


@pytest.mark.parametrize("options", ON_WORK, ids=" ".join)
def test_a_report_adds_up_where_only_some_times_fit(worked: Tracker, options: tuple[str, ...]) -> None:
    for day in DAYS[1:]:
        numbers(worked.ok("report", "--format", "json", *options, "--as-of", day, today="2027-01-02").json())


def test_overdue_is_what_the_list_of_overdue_has(worked: Tracker) -> None:
    for day in DAYS:
        listed = worked.ok("overdue", "--json", "--as-of", day, today="2027-01-02").json()
        content = check(worked, "--as-of", day)
        shown, *ages = tables(content, "overdue") or [("", [])]
        assert sorted(row[0] for row in shown[1]) == sorted(item["ref"] for item in listed)
        for _, rows in ages:
            assert sum(row[1] for row in rows[:-1]) == rows[-1][1] == len(listed)


def test_paragraphs_add_up(worked: Tracker) -> None:
    """What only recalls an earlier request is no item, and stands in the account of its text."""
    content = check(worked)
    for symbol, total in (("A/HRC/RES/53/90", 7), ("A/HRC/RES/56/90", 3)):
        (section,) = [one for one in content["sections"] if one["title"] == f"How {symbol} was read"]
        words = section["blocks"][0]["text"]
        paragraphs, asking, items, silent = map(int, re.findall(r"\d+", words.partition(". Read")[0]))
        assert paragraphs == total == asking + silent
        assert items == len(worked.ok("list", symbol, "--json").json())
