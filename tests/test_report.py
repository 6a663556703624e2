"""What a report says: counts that add up, past days as they were, changes, what comes back, in six languages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli import Tracker
from tests.conftest import ROOT
from tracker.core.status import AGEING

LAMPS = """\
Resolution adopted by the Human Rights Council on 23 June 2023

53/90. Protection of lighthouse keepers

The Human Rights Council,

Recalling its resolution 50/90 of 7 July 2022,

1. Welcomes the work of lighthouse keepers;

2. Requests the United Nations High Commissioner for Human Rights to submit an annual report on lighthouse keepers \
to the Human Rights Council, starting at its fifty-fourth session;

3. Requests the Secretary-General to prepare, by 1 March 2025, a study on the state of the lamps.

35th meeting
23 June 2023
[Adopted without a vote.]
"""


def report(tracker: Tracker, *options: str, today: str = "2026-11-24") -> Any:
    return tracker.ok("report", "--format", "json", *options, today=today).json()


def rows(content: Any, key: str) -> list[list[str]]:
    """The cells of the tables of a section, as text."""
    blocks = [block for section in content["sections"] if section["key"] == key for block in section["blocks"]]
    return [[cell["text"] for cell in row] for block in blocks if block["kind"] == "table" for row in block["rows"]]


def facts(content: Any) -> dict[str, str]:
    return {fact["name"]: fact["value"] for fact in content["facts"]}


def words(content: Any, key: str) -> str:
    blocks = [block for section in content["sections"] if section["key"] == key for block in section["blocks"]]
    return " ".join(block["text"] for block in blocks if block["kind"] == "words")


@pytest.fixture
def lamps(tracker: Tracker, tmp_path: Path) -> Tracker:
    path = tmp_path / "lamps.txt"
    path.write_text(LAMPS, encoding="utf-8")
    tracker.ok("import", path)
    return tracker


@pytest.fixture
def worked_on(imported: Tracker) -> Tracker:
    """Resolution 28/2 with a year of work."""
    imported.ok("update", ":26", "--assignee", "Ana", "--office", "Research", "--on", "2015-05-01")
    imported.ok("update", ":26", "--extend-to", "2015-12-31", "--authority", "A/HRC/DEC/30/1", "--on", "2015-08-01")
    imported.ok("update", ":16", "--status", "in_progress", "--note", "Donors were invited.", "--on", "2015-06-01")
    imported.ok("update", ":26", "--assignee", "Bo", "--on", "2015-11-01")
    imported.ok(
        "update", ":26", "--status", "implemented", "--evidence", "A/HRC/31/81", "--evidence-title", "High-level panel",
        "--on", "2016-01-15",
    )  # fmt: skip
    return imported


def test_counts_add_up(worked_on: Tracker) -> None:
    content = report(worked_on, "--as-of", "2016-02-01")
    by_status, by_group = (
        block["rows"]
        for section in content["sections"]
        if section["key"] == "counts"
        for block in section["blocks"]
        if block["kind"] == "table"
    )
    for table in (by_status, by_group):
        numbers = [[int(cell["value"]) for cell in row[1:]] for row in table]
        assert numbers[-1] == [sum(column) for column in zip(*numbers[:-1], strict=True)]
        assert all(row[-1] == sum(row[:-1]) for row in numbers)
        assert numbers[-1][-1] == 13
    assert words(content, "counts") == "Items: 13 = by status 13 = by timeliness 13 = by addressees 13."
    assert facts(content)["Items shown"] == "13"


def test_a_past_day_is_as_it_was(worked_on: Tracker) -> None:
    def row(day: str) -> list[str]:
        (found,) = [row for row in rows(report(worked_on, "--as-of", day), "matrix") if row[0] == "26"]
        return found

    first, extended, late, done = (row(day) for day in ("2015-04-30", "2015-08-01", "2016-01-14", "2016-01-15"))
    assert first[3] == ""
    assert "due 13 September 2015" in first[4]
    assert first[5:8] == ["pending", "", ""]
    assert extended[3] == "Research\n(Ana)"
    assert "due 31 December 2015" in extended[4]
    assert "first due 13 September 2015" in extended[4]
    assert late[3] == "Research\n(Bo)"
    assert late[5] == "pending\noverdue by 14 days"
    assert late[7] == ""
    assert done[5] == "implemented since 15 January 2016\nlate"
    assert done[7] == "A/HRC/31/81, High-level panel (15 January 2016)"
    assert rows(report(worked_on, "--as-of", "2015-07-31"), "extended") == []
    assert rows(report(worked_on, "--as-of", "2015-08-01"), "extended")[0][2:5] == [
        "13 September 2015", "31 December 2015", "1 time"
    ]  # fmt: skip


def test_overdue_has_ages(worked_on: Tracker) -> None:
    content = report(worked_on, "--as-of", "2016-01-14")
    listed, *ages = rows(content, "overdue")
    assert listed[0] == "A/HRC/RES/28/2:26"
    assert listed[3:] == ["31 December 2015", "14", "1–30 days"]
    assert [row[1] for row in ages] == ["1", "0", "0", "0", "1"]
    assert "1 item is overdue on 14 January 2016" in words(content, "summary")


def test_ages_are_those_of_lists(lamps: Tracker) -> None:
    content = report(lamps, "--as-of", "2027-03-01", today="2027-03-02")
    listed, ages = rows(content, "overdue")[:-5], rows(content, "overdue")[-5:]
    counted = Counter(item["ageing"] for item in lamps.ok("overdue", "--as-of", "2027-03-01", "--json").json())
    assert {age for age in AGEING if counted[age]} == {"91-180", "over 180"}
    assert [row[1] for row in ages] == [*(str(counted[age]) for age in AGEING), str(len(listed))]
    assert [row[0] for row in ages[:-1]] == [f"{age.replace('-', '–')} days" for age in AGEING]
    assert Counter(row[5] for row in listed) == {f"{age.replace('-', '–')} days": counted[age] for age in counted}


def test_changes_since_a_day(worked_on: Tracker) -> None:
    changed = rows(report(worked_on, "--since", "2015-10-31", "--as-of", "2016-02-01"), "changes")
    assert [row[:4] for row in changed if "recorded" not in row[4]] == [
        ["A/HRC/RES/28/2:26", "assignee", "Ana", "Bo"],
        ["A/HRC/RES/28/2:26", "status", "pending", "implemented"],
        ["A/HRC/RES/28/2:26", "evidence", "", "A/HRC/31/81"],
    ]
    assert worked_on("report", "--since", "2016-02-02", "--as-of", "2016-02-01").code == 2


def test_new_items_of_a_resolution_are_one_change(lamps: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "more.txt"
    path.write_text(LAMPS.replace("53/90", "53/91").replace("50/90", "50/91"), encoding="utf-8")
    lamps.ok("import", path)
    lamps.ok("add", "53/91", "1", "--action", "to welcome more", today="2026-11-25")
    lamps.ok("update", "53/90:2", "--series", "--office", "Law", "--on", "2024-03-01")
    lamps.ok("update", "53/90:2@2024-09-09", "--assignee", "Ana", "--on", "2024-03-01")
    lamps.ok("update", "53/90:3", "--assignee", "Bo", "--on", "2024-03-01")
    told = [row[:4] for row in rows(report(lamps, "--since", "2023-06-01", today="2026-11-26"), "changes")]
    assert told == [
        ["A/HRC/RES/53/90", "new items", "", "2, 3"],
        ["A/HRC/RES/53/91:1", "new item", "", ""],
        ["A/HRC/RES/53/91", "new items", "", "2, 3"],
        ["A/HRC/RES/53/90:2", "office", "", "Law"],
        ["A/HRC/RES/53/90:2@2024-09-09", "assignee", "", "Ana"],
        ["A/HRC/RES/53/90:3", "assignee", "", "Bo"],
    ]


def test_changes_are_told_in_words(imported: Tracker) -> None:
    imported.ok("update", ":16", "--priority", "high", "--note", "n", "--related", ":17")
    imported.ok(
        "edit", ":17", "--force", "urge", "--deliverable", "report", "--addressee", "states=les États",
        "--deadline", "by 2016",
    )  # fmt: skip
    imported.ok("edit", ":18", "--recurrence", "annual", "--words", "Prie les États de faire plus")
    told = {row[1]: row[2:4] for row in rows(report(imported, "--since", "2015-01-01", "--language", "fr"), "changes")}
    assert told["priorité"] == ["", "haute"]
    assert told["force"] == ["prie", "demande instamment"]
    assert told["produit attendu"] == ["", "rapport"]
    assert told["Destinataire"] == ["Haut-Commissariat", "les États"]
    assert not [name for name in told if "_" in name]


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Auckland", 2), ("UTC", 1), ("America/New_York", 1)])
def test_changes_since_a_day_of_the_configured_zone(imported: Tracker, zone: str, day: int) -> None:
    """Noon of 1 June in New York is 16:00 in UTC, and 04:00 of the 2nd in Auckland."""
    recorded = {"TRACKER_TIME_ZONE": "America/New_York"}
    imported.ok("update", ":16", "--note", "Early", "--on", "2016-05-01", today="2016-06-01", env=recorded)

    def notes(since: str, as_of: str) -> list[str]:
        options = ("report", "--format", "json", "--since", since, "--as-of", as_of)
        content = imported.ok(*options, today="2016-06-30", env={"TRACKER_TIME_ZONE": zone}).json()
        return [row[4] for row in rows(content, "changes") if row[1] == "note"]

    days = ["2016-05-30", "2016-05-31", "2016-06-01", "2016-06-02"]
    before, here = days[day], days[day + 1]
    assert notes(before, here) == [f"1 May 2016, recorded {day} June 2016"]
    assert notes(here, "2016-06-30") == []
    assert notes(days[0], before) == []


def test_what_was_redone_is_told_and_what_was_undone_is_not(imported: Tracker) -> None:
    imported.ok("update", ":16", "--note", "Begun", "--on", "2016-03-01")

    def notes() -> list[list[str]]:
        return [row for row in rows(report(imported, "--since", "2016-02-01"), "changes") if row[1] == "note"]

    assert len(notes()) == 1
    for command, told in (("undo", 0), ("redo", 1), ("undo", 0), ("redo", 1)):
        imported.ok(command, "--yes")
        assert len(notes()) == told
    imported.ok("update", ":26", "--extend-to", "2016-06-30", "--authority", "A/HRC/DEC/30/1", "--on", "2015-08-01")
    imported.ok("undo", "--yes")
    assert rows(report(imported), "extended") == []
    imported.ok("redo", "--yes")
    assert rows(report(imported), "extended")[0][4] == "1 time"


def test_filters_are_about_the_times_of_a_series(lamps: Tracker) -> None:
    lamps.ok("update", ":2@2024-09-09", "--assignee", "Ana", "--on", "2024-03-01")
    content = report(lamps, "--as-of", "2025-01-01", "--assignee", "Ana", "--since", "2024-01-01", today="2025-02-01")
    assert [row[0] for row in rows(content, "overdue")[:1]] == ["A/HRC/RES/53/90:2@2024-09-09"]
    assert facts(content)["Items shown"] == "1"
    digest = lamps.ok("digest", "--for", "Ana", "--as-of", "2025-01-01").out
    assert "53/90:2@2024-09-09" in digest
    assert "2025-09-08" not in digest
    late = report(lamps, "--as-of", "2025-01-01", "--due-before", "2025-12-01", "--months", "12")
    assert [row[0] for row in rows(late, "coming")] == ["A/HRC/RES/53/90:3", "A/HRC/RES/53/90:2@2025-09-08"]
    told = report(lamps, "--since", "2024-01-01", today="2027-02-01")
    assert any(row[:2] == ["A/HRC/RES/53/90:2@2024-09-09", "assignee"] for row in rows(told, "changes"))


@pytest.mark.parametrize("by", ["resolution", "addressee", "office", "session"])
def test_matrix_is_split_as_asked(worked_on: Tracker, by: str) -> None:
    titles = [s["title"] for s in report(worked_on, "--by", by)["sections"] if s["key"] == "matrix" and s["level"] == 2]
    expected = {
        "resolution": ["A/HRC/RES/28/2 (13)"],
        "office": ["Research (1)", "No office (12)"],
        "session": ["HRC 30 (1)", "No session (12)"],
    }
    assert titles == expected.get(by, titles)
    assert sum(int(re.findall(r"\((\d+)\)$", title)[0]) for title in titles) == 13
    if by == "addressee":
        assert titles[0].startswith("High Commissioner")


def test_only_some_sections(worked_on: Tracker) -> None:
    content = report(worked_on, "--only", "overdue", "--as-of", "2016-01-01")
    assert {section["key"] for section in content["sections"]} == {"overdue"}
    assert facts(content)["Sections"] == "Overdue"
    assert worked_on("report", "--only", "nothing").code == 2
    assert worked_on("report", "--by", "nothing").code == 2


LANGUAGES = {
    "en": "1 June 2016", "fr": "1er juin 2016", "es": "1 de junio de 2016", "ru": "1 июня 2016 года",
    "ar": "1 حزيران/يونيه 2016", "zh": "2016年6月1日",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language(worked_on: Tracker, language: str) -> None:
    content = report(worked_on, "--language", language, "--as-of", "2016-06-01", "--since", "2015-04-01")
    text = json.dumps(content, ensure_ascii=False)
    assert LANGUAGES[language] in text
    assert "{" not in "".join(re.findall(r'"(?:text|title|value)": "([^"]*)"', text))
    assert content["direction"] == ("rtl" if language == "ar" else "ltr")
    origin = {cell.get("language") for row in rows_of(content, "matrix") for cell in row[1:2]}
    assert origin == ({None} if language == "fr" else {"fr"})


def rows_of(content: Any, key: str) -> list[list[dict[str, Any]]]:
    blocks = [block for section in content["sections"] if section["key"] == key for block in section["blocks"]]
    return [row for block in blocks if block["kind"] == "table" for row in block["rows"]]


PHARES = """\
Résolution adoptée par le Conseil des droits de l’homme le 23 juin 2023

53/90. Protection des gardiens de phare

Le Conseil des droits de l’homme,

Rappelant sa résolution 50/90 du 7 juillet 2022,

1. Accueille avec satisfaction le travail des gardiens de phare ;

2. Prie le Haut-Commissaire des Nations Unies aux droits de l’homme de présenter au Conseil des droits de l’homme un \
rapport annuel sur les gardiens de phare, à partir de sa cinquante-quatrième session ;

3. Prie le Secrétaire général d’établir, d’ici au 1er mars 2025, une étude sur l’état des lampes.

35e séance
23 juin 2023
[Adoptée sans vote.]
"""


def test_requests_in_the_language_that_was_imported(lamps: Tracker, tmp_path: Path) -> None:
    french = tmp_path / "phares.txt"
    french.write_text(PHARES, encoding="utf-8")
    lamps.ok("import", french)
    content = report(lamps, "--language", "fr", "--as-of", "2024-10-01")
    (study,) = [row for row in rows(content, "matrix") if row[0] == "3"]
    assert study[1].startswith("Prie le Secrétaire général d’établir")
    assert study[2] == "Secrétaire général"
    assert study[4] == "échéance le 1er mars 2025"
    told = facts(content)
    assert told["Langue des demandes"] == "français"
    assert "Protection des gardiens de phare" in told["Résolution"]
    content = report(lamps, "--language", "es", "--as-of", "2024-10-01")
    (study,) = [row for row in rows(content, "matrix") if row[0] == "3"]
    assert study[1].startswith("Requests the Secretary-General")
    assert study[4] == "«by 1 March 2025»\nvence el 1 de marzo de 2025"
    assert facts(content)["Idioma de las solicitudes"] == ("inglés (original: no se importó ningún texto en español)")


def test_the_file_of_a_text_is_named_without_its_folder(imported: Tracker) -> None:
    text = words(report(imported), "reading")
    assert "Read from hrc-28-2.fr.txt (sha256 " in text
    assert str(ROOT) not in imported.ok("report").out


ENDINGS = ("md", "html", "docx", "xlsx", "pdf", "csv", "json", "txt")


def test_same_bytes_in_another_process(worked_on: Tracker, tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "tracker"

    def write(seed: str) -> dict[str, bytes]:
        folder = tmp_path / seed
        folder.mkdir()
        environment = {
            **os.environ, "PYTHONHASHSEED": seed, "TRACKER_DATABASE": worked_on.database, "TRACKER_TODAY": "2016-06-01",
            "TRACKER_CONFIG": "", "TRACKER_TIME_ZONE": "UTC", "TRACKER_ACTOR": "officer",
        }  # fmt: skip
        commands = [
            ("report", "--since", "2015-04-01", "--language", "ru", "-o", f"r.{ending}") for ending in ENDINGS
        ] + [("forecast", "--as-of", "2015-05-01", "-o", "f.xlsx"), ("calendar", "-o", "c.ics")]
        for command in commands:
            subprocess.run([program, *command], cwd=folder, env=environment, check=True, capture_output=True)
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    first, second = write("1"), write("4242")
    assert len(first) == len(ENDINGS) + 2
    assert [name for name, content in first.items() if second[name] != content] == []
