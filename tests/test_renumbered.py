"""A corrigendum numbers paragraphs anew: items follow their words, and no status goes to another request."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.cli import Tracker
from tracker.extraction.pipeline import extract
from tracker.reading.files import read
from tracker.services.act import Act
from tracker.services.intake import import_extractions
from tracker.storage.changes import Recorder
from tracker.storage.engine import writing
from tracker.storage.models import ItemRow
from tracker.storage.target import Target

GUIDE = "Requests the Office of the High Commissioner to publish a guide on the keeping of promises"
STATES = "Invites States to share their experience with registers of promises"
STUDY = "Requests the Secretary-General to prepare, by 30 September 2027, a study on broken promises"
FUND = "Encourages donors to contribute to the voluntary fund for the victims of broken promises"
NEW = "Urges national institutions to train their staff in the art of promising little"
END = "Decides to remain seized of the matter"


def resolution(*paragraphs: str, heading: str = "Resolution adopted by the Human Rights Council") -> str:
    lines = [heading, "90/7. Keeping of promises", "The Human Rights Council,", "Recalling its earlier resolutions,"]
    lines += [f"{number}. {text}{';' if text != END else '.'}" for number, text in enumerate(paragraphs, 1)]
    return "\n\n".join(lines) + "\n"


def store(tracker: Tracker, folder: Path, name: str, *paragraphs: str, heading: str | None = None) -> str:
    path = folder / f"{name}.txt"
    text = resolution(*paragraphs, heading=heading) if heading else resolution(*paragraphs)
    path.write_text(text, encoding="utf-8")
    return tracker.ok("import", path).out


def statuses(tracker: Tracker) -> dict[str, tuple[str, str, bool]]:
    """Place of each item: the first words of its request, its status, whether it is to check."""
    return {
        item["ref"].partition(":")[2]: (item["action"].partition(" ")[0], item["status"], item["to_check"])
        for item in tracker.ok("list", "--json").json()
    }


@pytest.fixture
def reported(tracker: Tracker, tmp_path: Path) -> Tracker:
    """Four requests with a status each."""
    store(tracker, tmp_path, "first", GUIDE, STATES, STUDY, FUND, END)
    tracker.ok("update", ":1", "--status", "implemented", "--evidence", "A/HRC/91/3")
    tracker.ok("update", ":2", "--status", "in_progress")
    tracker.ok("update", ":3", "--assignee", "Ana", "--note", "draft with the editors")
    tracker.ok("update", ":4", "--status", "not_implemented", "--note", "no donor")
    return tracker


def test_inserted_paragraph(reported: Tracker, tmp_path: Path) -> None:
    out = store(reported, tmp_path, "corr", GUIDE, NEW, STATES, STUDY, FUND, END)
    assert [row[1:] for row in statuses(reported).values()] == [
        ("implemented", False), ("pending", True), ("in_progress", False), ("pending", False),
        ("not_implemented", False),
    ]  # fmt: skip
    assert "paragraph 2 is now paragraph 3" in out
    assert "A/HRC/RES/90/7:2 is now :3" in out
    moved = reported.ok("show", ":4", "--json").json()
    assert "a study on broken promises" in moved["action"]
    assert (moved["assignee"], moved["due_on"]) == ("Ana", "2027-09-30")
    assert "draft with the editors" in reported.ok("show", ":4").out
    history = reported.ok("history", ":4").out
    assert "\tplace\t3\t4\t" in history
    assert "assignee" in history


def test_deleted_paragraph_leaves_its_number_to_the_next_one(reported: Tracker, tmp_path: Path) -> None:
    out = store(reported, tmp_path, "corr", STATES, STUDY, FUND, END)
    found = statuses(reported)
    assert {place: row[1:] for place, row in found.items()} == {
        "1": ("in_progress", False), "1.2": ("implemented", True), "2": ("pending", False),
        "3": ("not_implemented", False),
    }  # fmt: skip
    assert "A/HRC/RES/90/7:1.2 is not in this text (en); the item is kept; to check" in out
    assert "A/HRC/RES/90/7:1 is now :1.2" in out
    assert "publish a guide" in reported.ok("show", ":1.2").out
    # And when the paragraph comes back, the item is the request again.
    store(reported, tmp_path, "corr2", GUIDE, STATES, STUDY, FUND, NEW, END)
    assert {place: row[1] for place, row in statuses(reported).items()} == {
        "1": "implemented", "2": "in_progress", "3": "pending", "4": "not_implemented", "5": "pending",
    }  # fmt: skip


def test_paragraphs_that_change_places(reported: Tracker, tmp_path: Path) -> None:
    store(reported, tmp_path, "corr", FUND, STUDY, STATES, GUIDE, END)
    assert [row[1:] for row in statuses(reported).values()] == [
        ("not_implemented", False), ("pending", False), ("in_progress", False), ("implemented", False),
    ]  # fmt: skip


def test_another_request_under_the_same_number_gets_no_status(reported: Tracker, tmp_path: Path) -> None:
    store(reported, tmp_path, "corr", NEW, STATES, STUDY, FUND, END)
    found = statuses(reported)
    assert found["1"][1:] == ("pending", True)
    assert "train their staff" in reported.ok("show", ":1").out
    assert found["1.2"][1:] == ("implemented", True)


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_paragraphs(tracker: Tracker, tmp_path: Path, seed: int) -> None:
    """Cut, put in and mixed at random, three times over: each assignee stays with the words that were given to him."""
    chance = random.Random(seed)  # noqa: S311 - the same every time
    topics = [
        f"Requests the Secretary-General to report on the state of {name}"
        for name in ["rivers", "hills", "lakes", "bays"]
    ]
    current = [*topics, GUIDE, STATES, FUND]
    store(tracker, tmp_path, "0", *current, END)
    for number, item in enumerate(tracker.ok("list", "--json").json()):
        tracker.ok("update", str(item["id"]), "--assignee", f"person{number}")
    given = {item["assignee"]: item["action"] for item in tracker.ok("list", "--json").json()}
    for version in range(1, 4):
        current = [text for text in current if chance.random() > 0.2]
        chance.shuffle(current)
        current.insert(chance.randrange(len(current) + 1), f"Urges cities to plant {version}00 trees of kind {version}")
        store(tracker, tmp_path, str(version), *current, END)
        items = tracker.ok("list", "--json").json()
        assert {item["assignee"]: item["action"] for item in items if item["assignee"]} == given
        text = [item["ref"] for item in items if any(item["action"][:30] in paragraph for paragraph in current)]
        assert len(text) == len(current)


def changed_item(
    tracker: Tracker, old: Sequence[str], new: Sequence[str], folder: Path, place: str
) -> dict[str, object]:
    store(tracker, folder, "old", *old, END)
    store(tracker, folder, "new", *new, END)
    found: dict[str, object] = tracker.ok("show", place, "--json").json()
    return found


def test_changed_deadline_moves_the_date(tracker: Tracker, tmp_path: Path) -> None:
    later = STUDY.replace("2027", "2028")
    item = changed_item(tracker, [GUIDE, STUDY], [GUIDE, later], tmp_path, ":2")
    assert (item["due_on"], item["first_due_on"], item["to_check"]) == ("2028-09-30", "2027-09-30", True)
    assert ":2 has other words in this text; due 2027-09-30 → 2028-09-30; to check" in tracker.ok("show", "90/7").out
    assert "\tdue_on\t2027-09-30\t2028-09-30\t" in tracker.ok("history", ":2").out


def test_date_that_a_person_set_stays(tracker: Tracker, tmp_path: Path) -> None:
    store(tracker, tmp_path, "old", GUIDE, STUDY, END)
    tracker.ok("update", ":2", "--due", "2026-12-31", "--reason", "agreed with the bureau")
    out = store(tracker, tmp_path, "new", GUIDE, STUDY.replace("2027", "2028"), END)
    item = tracker.ok("show", ":2", "--json").json()
    assert (item["due_on"], item["to_check"]) == ("2026-12-31", True)
    assert "the date that was set by hand stays" in out


def test_changed_addressee(tracker: Tracker, tmp_path: Path) -> None:
    other = STUDY.replace("the Secretary-General", "the Office of the High Commissioner")
    item = changed_item(tracker, [GUIDE, STUDY], [GUIDE, other], tmp_path, ":2")
    assert [who["code"] for who in item["addressees"]] == ["ohchr"]  # type: ignore[attr-defined]
    assert "\taddressees\tsecretary-general\tohchr\t" in tracker.ok("history", ":2").out


def act() -> Act:
    return Act(datetime(2026, 11, 24, tzinfo=UTC), date(2026, 11, 24), "Ana", "test")


def test_field_that_a_person_corrected_stays(tracker: Tracker, tmp_path: Path) -> None:
    store(tracker, tmp_path, "old", GUIDE, STUDY, END)
    with writing(Target(path=Path(tracker.database))) as db:
        recorder = Recorder(db, now=act().now, actor="Ana", command="edit")
        item = db.query(ItemRow).filter(ItemRow.place == "2").one()
        recorder.set_field(item, "addressees", "unep", act().today)
        recorder.operation.summary = "edited"
    store(
        tracker,
        tmp_path,
        "new",
        GUIDE,
        STUDY.replace("the Secretary-General", "the Office of the High Commissioner"),
        END,
    )
    with writing(Target(path=Path(tracker.database))) as db:
        assert db.query(ItemRow).filter(ItemRow.place == "2").one().addressees == "unep"


def test_words_that_are_still_there_but_not_read(tracker: Tracker, tmp_path: Path) -> None:
    """The reader may miss tomorrow what it found today, and a person may add what it missed: the text decides."""
    store(tracker, tmp_path, "old", GUIDE, STATES, STUDY, END)
    path = tmp_path / "new.txt"
    path.write_text(resolution(NEW, GUIDE, STATES, STUDY, END), encoding="utf-8")
    document = read(path)
    (found,) = extract(document)
    less = replace(found, requests=tuple(request for request in found.requests if "experience" not in request.text))
    import_extractions(Target(path=Path(tracker.database)), document, [less], act())
    assert {place: row[2] for place, row in statuses(tracker).items()} == {
        "1": True,
        "2": False,
        "3": False,
        "4": False,
    }
    assert "registers of promises" in tracker.ok("show", ":3").out


def test_occurrences_go_with_their_series(tracker: Tracker, tmp_path: Path) -> None:
    yearly = "Requests the Secretary-General to report to the Council every six months on the state of kept promises"
    heading = "Resolution adopted by the Human Rights Council on 23 June 2025"
    store(tracker, tmp_path, "old", GUIDE, yearly, END, heading=heading)
    tracker.ok("update", ":2@2025-12-23", "--status", "implemented", "--evidence", "A/HRC/91/3")
    store(tracker, tmp_path, "new", GUIDE, NEW, yearly, END, heading=heading)
    assert tracker.ok("show", ":3@2025-12-23", "--json").json()["status"] == "implemented"
    assert tracker("show", ":2@2025-12-23").code == 66


def test_import_that_was_undone_comes_back_with_a_changed_text(tracker: Tracker, tmp_path: Path) -> None:
    store(tracker, tmp_path, "old", GUIDE, STATES, END)
    tracker.ok("undo", "--yes")
    assert statuses(tracker) == {}
    store(tracker, tmp_path, "new", GUIDE, STATES.replace("Invites", "Encourages"), END)
    assert list(statuses(tracker)) == ["1", "2"]


def test_older_text_in_a_folder_changes_nothing_and_alone_it_is_taken_back(reported: Tracker, tmp_path: Path) -> None:
    store(reported, tmp_path, "second", GUIDE, NEW, STATES, STUDY, FUND, END)
    before = reported.ok("list", "--json").json()
    old = tmp_path / "first.txt"
    # In a folder with both versions, neither takes the other's place again.
    out = reported.ok("import", tmp_path).out
    assert out.splitlines()[-1].split("\t") == ["2", "0", "0", "0", "2", "0"]
    assert reported.ok("list", "--json").json() == before
    assert "changed text of a known resolution" in reported.ok("import", old).out
    restored = reported.ok("list", "--json").json()
    assert [item["status"] for item in restored] == [
        "implemented", "in_progress", "pending", "pending", "not_implemented",
    ]  # fmt: skip
    assert [item["ref"].partition(":")[2] for item in restored] == ["1", "2", "2.2", "3", "4"]


def test_two_texts_of_one_resolution_in_one_file(tracker: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "both.txt"
    path.write_text(resolution(GUIDE, END) + "\n\n" + resolution(STUDY, END), encoding="utf-8")
    for _ in range(2):
        result = tracker.ok("import", path)
        assert "comes twice in this file, with different texts" in result.err
    assert list(statuses(tracker)) == ["1"]


def test_day_of_adoption_that_a_better_text_knows(tracker: Tracker, tmp_path: Path) -> None:
    soon = (
        "Requests the Secretary-General to prepare, within six months of the adoption of the present resolution, a plan"
    )
    store(tracker, tmp_path, "old", GUIDE, soon, END)
    assert tracker.ok("show", ":2", "--json").json()["due_on"] is None
    heading = "Resolution adopted by the Human Rights Council on 10 October 2025"
    store(tracker, tmp_path, "new", GUIDE, soon, END, heading=heading)
    assert tracker.ok("show", ":2", "--json").json()["due_on"] == "2026-04-10"
    assert tracker.ok("show", "90/7", "--json").json()["adopted_on"] == "2025-10-10"


FRENCH = {
    "guide": "Demande au Haut-Commissariat de publier un guide sur la tenue des promesses",
    "both": "Demande au Haut-Commissariat de publier un guide, et invite les États à faire part de leur expérience",
    "study": "Prie le Secrétaire général d’établir, d’ici au 30 septembre {year}, une étude sur les promesses rompues",
}


def french(folder: Path, *paragraphs: str) -> Path:
    path = folder / "90-7.fr.txt"
    lines = ["Résolution adoptée par le Conseil des droits de l’homme", "90/7. Tenue des promesses"]
    lines += ["Le Conseil des droits de l’homme,", "Rappelant ses résolutions antérieures,"]
    lines += [
        f"{number}. {text} ;" for number, text in enumerate([*paragraphs, "Décide de rester saisi de la question"], 1)
    ]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_deadline_that_two_languages_tell_otherwise(tracker: Tracker, tmp_path: Path) -> None:
    store(tracker, tmp_path, "en", GUIDE, STUDY, END)
    result = tracker.ok("import", french(tmp_path, FRENCH["guide"], FRENCH["study"].format(year=2028)))
    assert ":2 is due 2027-09-30 by the text in en and 2028-09-30 by this one (fr); to check" in result.err
    item = tracker.ok("show", ":2", "--json").json()
    assert (item["due_on"], item["to_check"]) == ("2027-09-30", True)
    assert not tracker.ok("show", ":1", "--json").json()["to_check"]


def test_words_of_another_language_go_to_the_request_that_asks_the_same(tracker: Tracker, tmp_path: Path) -> None:
    """The English text has one request in paragraph 1, the French two: the first is not simply the first."""
    store(tracker, tmp_path, "en", STATES, END)
    tracker.ok("import", french(tmp_path, FRENCH["both"]))
    assert "faire part de leur expérience" in tracker.ok("list", "--language", "fr", "--json").json()[0]["action"]
