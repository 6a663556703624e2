"""What people see: a terminal of 80 columns, their own time zone, their own letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import Tracker
from tests.conftest import ROOT
from tests.readme import in_terminal
from tests.test_renewals import imports
from tests.test_series import filled

LATER = ["2024-09-09", "2025-09-08", "2026-09-07"]
ZONE = {"TRACKER_TIME_ZONE": "Asia/Tokyo"}


def shown(command: str, folder: Path) -> list[str]:
    """The lines that a command prints in a terminal; none is wider than it."""
    lines = in_terminal(command, folder).splitlines()
    assert [line for line in lines if len(line) > 80] == []
    return lines


@pytest.mark.usefixtures("imported")
def test_a_resolution_fits_the_terminal(tmp_path: Path) -> None:
    lines = shown("tracker show 28/2", tmp_path)
    assert lines[0].startswith("A/HRC/RES/28/2  Renforcement")
    assert "    26  A/HRC/RES/28/2:26  pending  2015-09-13  high-commissioner" in lines


def test_extract_fits_the_terminal(tmp_path: Path) -> None:
    lines = shown(f"tracker extract --explain {ROOT}/examples/hrc-28-2.fr.txt", tmp_path)
    assert lines[:2] == [
        "A/HRC/RES/28/2: Renforcement de la coopération internationale dans le domaine",
        "  des droits de l’homme",
    ]
    assert [line.split()[0] for line in lines if line.startswith("19")] == ["19", "19.2", "19", "19.2"]


@pytest.mark.usefixtures("imported")
def test_the_forecast_is_a_table_for_people(tmp_path: Path) -> None:
    lines = shown("tracker forecast --session HRC30", tmp_path)
    assert lines[1].split()[:6] == ["HRC", "30", "2015-07-06", "2015-08-03", "A/HRC/RES/28/2,", "paragraph"]
    assert lines[-1] == "-o forecast.xlsx writes all columns of the form"
    assert shown("tracker forecast --session HRC31", tmp_path) == ["no document is expected"]


def test_renewals_in_bold(tracker: Tracker, tmp_path: Path) -> None:
    imports(tracker, tmp_path, "88/2")
    imports(tracker, tmp_path, "88/3")
    lines = shown("NO_COLOR= tracker renewals", tmp_path)
    assert lines[0] == "\x1b[1mA/HRC/RES/88/3:1\x1b[0m  renews A/HRC/RES/88/2:1?  100 %"
    assert lines[-1] == "refuse: tracker renewals --refuse NEW OLD --note WHY"


@pytest.mark.usefixtures("imported")
def test_a_page_says_that_it_counts_itself_alone(tmp_path: Path) -> None:
    assert "overdue on this page: 1 by over 180 days" in shown("tracker overdue --limit 1", tmp_path)
    assert "overdue: 2 by over 180 days" in shown("tracker overdue", tmp_path)


def test_history_in_the_zone_of_the_settings(imported: Tracker) -> None:
    """Noon in Tokyo is 03:00 UTC; scripts go on getting UTC."""
    imported.ok("update", ":16", "--note", "early", today="2026-11-25", env=ZONE)
    event = imported.ok("history", ":16", "--json").json()[0]
    assert event["recorded_at"] == "2026-11-25 03:00:00"
    assert "2026-11-25 12:00  officer" in imported.ok("show", ":16", env=ZONE).out


@pytest.mark.parametrize(("zone", "found"), [("Pacific/Kiritimati", True), ("UTC", False)])
def test_since_counts_days_in_the_zone_of_the_settings(imported: Tracker, zone: str, found: bool) -> None:
    """Noon of the 25th on Kiritimati (UTC+14) is still the 24th in UTC."""
    early = {"TRACKER_TIME_ZONE": "Pacific/Kiritimati"}
    imported.ok("update", ":16", "--note", "early", today="2026-11-25", env=early)
    events = imported.ok("history", ":16", "--since", "2026-11-25", "--json", env={"TRACKER_TIME_ZONE": zone}).json()
    assert [event["new"] for event in events if event["field"] == "note"] == ["early"] * found
    assert imported.ok("history", "--since", "0001-01-01", "--json").json()


@pytest.mark.parametrize("name", ["Émile Ångström", "ИВАН Петров"])
def test_names_in_any_case(imported: Tracker, name: str) -> None:
    imported.ok("update", ":16", "--assignee", name, "--office", name, "--by", name)
    for option in ("--assignee", "--office"):
        assert [item["paragraph"] for item in imported.ok("list", option, name.lower(), "--json").json()] == ["16"]
        assert len(imported.ok("list", option, f"!{name.upper()}", "--json").json()) == 12
    assert imported.ok("history", "--by", name.lower(), "--json").json()


@pytest.mark.parametrize(
    ("typed", "code", "assigned"),
    [
        ("o\n", 0, ["2023-09-11"]),
        ("a\n", 0, ["2023-09-11", *LATER]),
        ("x\n", 2, []),
        ("\x04", 130, []),
    ],
)
def test_this_time_or_all_later_ones(
    tracker: Tracker, tmp_path: Path, typed: str, code: int, assigned: list[str]
) -> None:
    filled(tracker, tmp_path)
    said = in_terminal("tracker update :2 --assignee Ana; echo exit $?", tmp_path, typed)
    assert "only A/HRC/RES/53/90:2@2023-09-11 (o), or all later ones too (a)?" in " ".join(said.split())
    assert said.splitlines()[-1] == f"exit {code}"
    times = tracker.ok("show", ":2", "--json").json()["occurrences"]
    assert [time["occurrence_on"] for time in times if time["assignee"] == "Ana"] == assigned


@pytest.mark.parametrize(("typed", "code", "count"), [("y\n", 0, 13), ("n\n", 1, 0), ("\n", 1, 0), ("\x04", 130, 0)])
def test_many_at_once_are_confirmed(imported: Tracker, tmp_path: Path, typed: str, code: int, count: int) -> None:
    said = in_terminal("tracker update --symbol 28/2 --assignee Ana; echo exit $?", tmp_path, typed)
    assert "13 items (symbols: 28/2) will be changed. Go on? [y/N]: " in said
    assert said.splitlines()[-1] == f"exit {code}"
    assert ("nothing was changed" in said) is (code != 0)
    assert len(imported.ok("list", "--assignee", "Ana", "--json").json()) == count
