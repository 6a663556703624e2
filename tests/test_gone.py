"""Items that a changed text does not have any more: they stay, apart from those that it has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli import Tracker
from tests.readme import in_terminal
from tests.test_interrupted import served
from tests.test_renumbered import END, FRENCH, FUND, GUIDE, NEW, STATES, STUDY, french, resolution

__all__ = ["served"]

FIRST, SECOND, THIRD, FOURTH = "2026-01-10", "2026-02-20", "2026-03-30", "2026-04-05"


def changed(tracker: Tracker, folder: Path, day: str, *paragraphs: str) -> Path:
    path = folder / f"{day}.txt"
    path.write_text(resolution(*paragraphs, END), encoding="utf-8")
    tracker.ok("import", path, today=day)
    return path


def gone(tracker: Tracker, *args: str) -> dict[str, str | None]:
    """Place and day of the items that are gone, as lists tell it."""
    items = tracker.ok("list", "--json", *args).json()
    assert all(item["gone"] is (item["gone_since"] is not None) for item in items)
    return {item["ref"].partition(":")[2]: item["gone_since"] for item in items if item["gone"]}


def shown(tracker: Tracker, *args: str) -> dict[str, Any]:
    found: dict[str, Any] = tracker.ok("show", "90/7", "--json", *args).json()
    return found


def places(found: dict[str, Any]) -> dict[str, list[str]]:
    """The items of each paragraph."""
    return {one["label"]: [ref.partition(":")[2] for ref in one["items"]] for one in found["paragraphs"]}


@pytest.fixture
def shorter(tracker: Tracker, tmp_path: Path) -> Tracker:
    """The guide is gone; the next paragraph has its number."""
    changed(tracker, tmp_path, FIRST, GUIDE, STATES, FUND)
    tracker.ok("update", ":1", "--status", "implemented", "--evidence", "A/HRC/91/3", today=FIRST)
    changed(tracker, tmp_path, SECOND, STATES, FUND)
    return tracker


def test_they_stand_apart(shorter: Tracker) -> None:
    found = shown(shorter)
    assert places(found) == {"1": ["1"], "2": ["2"], "3": []}
    (item,) = found["gone_items"]
    assert (item["ref"], item["gone"], item["gone_since"], item["status"]) == (
        "A/HRC/RES/90/7:1.2", True, SECOND, "implemented",
    )  # fmt: skip
    lines = shorter.ok("show", "90/7").lines()
    at = lines.index("Gone from the text:")
    assert lines[at - 1 : at + 3] == [
        "",
        "Gone from the text:",
        f"  {item['ref']}  implemented  -  ohchr  since {SECOND}",
        "",
    ]
    assert not any(":1.2" in line for line in lines[:at])
    assert gone(shorter) == {"1.2": SECOND}


def test_nothing_is_said_where_nothing_is_gone(imported: Tracker) -> None:
    assert "Gone" not in imported.ok("show", "28/2").out
    assert imported.ok("show", "28/2", "--json").json()["gone_items"] == []
    item = imported.ok("show", ":26", "--json").json()
    assert (item["gone"], item["gone_since"]) == (False, None)


def test_the_item_itself(shorter: Tracker) -> None:
    item = shorter.ok("show", ":1.2", "--json").json()
    assert (item["gone"], item["gone_since"]) == (True, SECOND)
    out = shorter.ok("show", ":1.2").out
    assert f"gone      the text does not have it any more, since {SECOND}" in out
    assert "1. ›Requests the Office of the High Commissioner to publish a guide" in out
    assert "gone" not in shorter.ok("show", ":1").out


def test_table_and_csv_can_have_the_day(shorter: Tracker) -> None:
    out = shorter.ok("list", "--columns", "ref,gone,gone_since").lines()
    assert out == [
        "ref\tgone\tgone_since",
        "A/HRC/RES/90/7:1\t\t",
        f"A/HRC/RES/90/7:1.2\tyes\t{SECOND}",
        "A/HRC/RES/90/7:2\t\t",
    ]
    assert shorter.ok("list", "--csv").lines()[0].endswith(",added,gone,gone_since")


def test_before_that_day_it_was_there(shorter: Tracker) -> None:
    assert gone(shorter, "--as-of", "2026-02-19") == {}
    assert gone(shorter, "--as-of", SECOND) == {"1.2": SECOND}
    found = shown(shorter, "--as-of", "2026-02-19")
    # The paragraphs are those of the present text, whatever the day.
    assert [(item["ref"], item["gone"]) for item in found["gone_items"]] == [("A/HRC/RES/90/7:1.2", False)]
    assert f"since {SECOND}" in shorter.ok("show", "90/7", "--as-of", "2026-02-19").out


def test_gone_since_the_first_text_without_it(shorter: Tracker, tmp_path: Path) -> None:
    changed(shorter, tmp_path, THIRD, NEW, STATES, FUND)
    assert list(gone(shorter).values()) == [SECOND]
    changed(shorter, tmp_path, FOURTH, NEW, STATES)
    assert sorted(map(str, gone(shorter).values())) == [SECOND, FOURTH]


def test_it_is_back(shorter: Tracker, tmp_path: Path) -> None:
    changed(shorter, tmp_path, THIRD, STATES, FUND, GUIDE)
    assert gone(shorter) == {}
    assert shown(shorter)["gone_items"] == []
    changed(shorter, tmp_path, FOURTH, STATES, FUND)
    assert list(gone(shorter).values()) == [FOURTH]


def test_an_older_text_that_is_taken_back(shorter: Tracker, tmp_path: Path) -> None:
    changed(shorter, tmp_path, SECOND, STATES, FUND, NEW)
    shorter.ok("import", tmp_path / f"{FIRST}.txt", today=THIRD)
    found = shown(shorter)
    assert places(found) == {"1": ["1"], "2": ["2"], "3": ["3"], "4": []}
    assert [(item["action"][:8], item["gone_since"]) for item in found["gone_items"]] == [("to train", THIRD)]


def test_words_that_are_still_there_are_not_gone(tracker: Tracker, tmp_path: Path) -> None:
    changed(tracker, tmp_path, FIRST, GUIDE, STATES)
    changed(tracker, tmp_path, SECOND, NEW, GUIDE, STATES)
    assert gone(tracker) == {}
    assert places(shown(tracker)) == {"1": ["1"], "2": ["2"], "3": ["3"], "4": []}


def test_parts_are_gone_with_what_they_were_split_from(tracker: Tracker, tmp_path: Path) -> None:
    """Also when their number is that of another paragraph by now; other items made by hand stay with theirs."""
    changed(tracker, tmp_path, FIRST, GUIDE, STATES, FUND)
    tracker.ok("split", ":3", "--part", "contribute", "--part", "tell others", today=FIRST)
    tracker.ok("split", ":3.2", "--part", "tell", "--part", "others", today=FIRST)
    tracker.ok("add", "90/7", "2", "--action", "sing", today=FIRST)
    changed(tracker, tmp_path, SECOND, GUIDE, STATES)
    assert gone(tracker) == dict.fromkeys(["3", "3.2", "3.3"], SECOND)
    changed(tracker, tmp_path, THIRD, GUIDE, STATES, STUDY)
    assert gone(tracker) == dict.fromkeys(["3.2", "3.3", "3.4"], SECOND)
    assert places(shown(tracker)) == {"1": ["1"], "2": ["2", "2.2"], "3": ["3"], "4": []}
    assert "study" not in tracker.ok("show", ":3.2").out
    assert "study" not in tracker.ok("show", ":3.3").out


def test_what_was_added_is_gone_with_all_that_was_read_there(tracker: Tracker, tmp_path: Path) -> None:
    changed(tracker, tmp_path, FIRST, GUIDE, STATES, FUND)
    tracker.ok("add", "90/7", "3", "--action", "sing", today=FIRST)
    changed(tracker, tmp_path, SECOND, GUIDE, STATES)
    assert gone(tracker) == {"3": SECOND, "3.2": SECOND}


def test_another_language_does_not_have_it_either_way(tracker: Tracker, tmp_path: Path) -> None:
    """What counts is the text in the language of the resolution; a ledger in another one is that of its text."""
    changed(tracker, tmp_path, FIRST, GUIDE, STUDY)
    tracker.ok("import", french(tmp_path, FRENCH["guide"], FRENCH["study"].format(year=2027)), today=FIRST)
    changed(tracker, tmp_path, SECOND, GUIDE)
    assert gone(tracker) == {"2": SECOND}
    found = shown(tracker, "--language", "fr")
    assert places(found) == {"1": ["1"], "2": ["2"], "3": []}
    assert found["gone_items"] == []
    tracker.ok("import", french(tmp_path, FRENCH["guide"]), today=THIRD)
    assert [item["gone_since"] for item in shown(tracker, "--language", "fr")["gone_items"]] == [SECOND]


def test_what_only_a_translation_lost(tracker: Tracker, tmp_path: Path) -> None:
    """It is not gone, but it cannot stand in the ledger of that text."""
    changed(tracker, tmp_path, FIRST, GUIDE, STUDY)
    for paragraphs in (FRENCH["guide"], FRENCH["study"].format(year=2027)), (FRENCH["guide"],):
        tracker.ok("import", french(tmp_path, *paragraphs), today=SECOND)
    assert gone(tracker) == {}
    (item,) = shown(tracker, "--language", "fr")["gone_items"]
    assert (item["paragraph"], item["gone"]) == ("2", False)
    assert "since None" not in tracker.ok("show", "90/7", "--language", "fr").out


def test_times_of_a_series_that_is_gone(tracker: Tracker, tmp_path: Path) -> None:
    yearly = "Requests the Secretary-General to report to the Council every six months on the state of kept promises"
    heading = "Resolution adopted by the Human Rights Council on 23 June 2025"
    for day, paragraphs in (FIRST, (GUIDE, yearly)), (SECOND, (GUIDE, NEW)):
        path = tmp_path / f"{day}.txt"
        path.write_text(resolution(*paragraphs, END, heading=heading), encoding="utf-8")
        tracker.ok("import", path, today=day)
        if day == FIRST:
            tracker.ok("update", ":2@2025-12-23", "--status", "implemented", "--note", "sent", today=day)
    series = tracker.ok("show", ":2.2", "--json").json()
    assert (series["gone_since"], {time["gone_since"] for time in series["occurrences"]}) == (SECOND, {SECOND})
    for time in "2025-12-23", "2026-06-23":
        assert tracker.ok("show", f":2.2@{time}", "--json").json()["gone_since"] == SECOND
    assert {item["gone_since"] for item in tracker.ok("overdue", "--json").json()} == {SECOND}


def test_postgresql(served: Tracker, tmp_path: Path) -> None:
    changed(served, tmp_path, FIRST, GUIDE, STATES, FUND)
    served.ok("split", "90/7:3", "--part", "contribute", "--part", "tell others", today=FIRST)
    changed(served, tmp_path, SECOND, STATES)
    assert set(gone(served).values()) == {SECOND}
    assert len(shown(served)["gone_items"]) == 3
    served.ok("import", tmp_path / f"{FIRST}.txt", today=THIRD)
    assert gone(served) == {}


def test_it_fits_the_terminal(shorter: Tracker, tmp_path: Path) -> None:
    assert shorter.database == str(tmp_path / "tracker.sqlite3")
    lines = in_terminal("tracker show 90/7", tmp_path).splitlines()
    assert "Gone from the text:" in lines
    assert all(len(line) <= 80 for line in lines)
