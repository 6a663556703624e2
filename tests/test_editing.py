"""`tracker edit`, `add`, `split`, `merge`: corrections hold from the adoption and survive whatever comes after."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.cli import Tracker
from tests.test_undo import state

TEXT = """Resolution adopted by the Human Rights Council

90/7. Keeping of promises

The Human Rights Council,

Recalling its earlier resolutions on the matter,

1. Requests the Office of the High Commissioner to publish a guide on the keeping of promises before its ninety-first \
session, and to send it to all States;

2. Stresses that the Secretary-General might wish to set aside means for the keeping of promises;

3. Welcomes the work done so far, and invites States to share their experience;

4. Encourages non-governmental organizations to take part in this work.

55th meeting
26 March 2015
[Adopted without a vote.]
"""
RES = "A/HRC/RES/90/7"


@pytest.fixture
def promises(tracker: Tracker, tmp_path: Path) -> Tracker:
    imports(tracker, tmp_path, TEXT)
    return tracker


@pytest.fixture(autouse=True)
def forms_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forms of the editor lie in the folder of the test, so that what is left of them is seen."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def imports(tracker: Tracker, folder: Path, text: str) -> str:
    path = folder / "90-7.en.txt"
    path.write_text(text, encoding="utf-8")
    result = tracker.ok("import", path)
    return result.out + result.err


def show(tracker: Tracker, ref: str, *args: str) -> dict[str, Any]:
    found: dict[str, Any] = tracker.ok("show", ref, "--json", *args).json()
    return found


def refs(tracker: Tracker) -> list[str]:
    return [item["ref"].partition(":")[2] for item in tracker.ok("list", "--json").json()]


def refused(tracker: Tracker, *args: str, code: int = 2, env: dict[str, str] | None = None) -> str:
    """The one line of a command that is refused, with nothing changed."""
    before = tracker.ok("history", "--json").out
    result = tracker(*args, env=env)
    assert (result.code, len(result.err.splitlines())) == (code, 1), result.err
    assert tracker.ok("history", "--json").out == before
    return result.err


# --- edit -----------------------------------------------------------------------------------------------------


def test_a_correction_holds_from_the_adoption(imported: Tracker) -> None:
    out = imported.ok(
        "edit", ":26", "--addressee", "ohchr", "--addressee", "states=les États", "--force", "urge", "--deadline",
        "before HRC32", "--action", "écrire un rapport", "--note", "misread",
    ).out  # fmt: skip
    assert "asked: Haut-Commissaire [high-commissioner] → Haut-Commissariat aux droits de l’homme [ohchr]" in out
    for day in ((), ("--as-of", "2015-04-01")):
        item = show(imported, ":26", *day)
        assert (item["force"], item["due_on"], item["first_due_on"], item["action"], item["group"]) == (
            "urge", "2016-06-12", "2016-06-12", "écrire un rapport", "secretariat",
        )  # fmt: skip
        assert item["addressees"] == [
            {"code": "ohchr", "text": "Haut-Commissariat aux droits de l’homme"},
            {"code": "states", "text": "les États"},
        ]
        assert item["extended"] is False
    assert [note["note"] for note in show(imported, ":26")["notes"]] == ["misread"]


def test_group_follows_the_addressees(imported: Tracker) -> None:
    imported.ok("edit", ":26", "--addressee", "states")
    assert ":26" not in str([i["ref"][-3:] for i in imported.ok("list", "--group", "secretariat", "--json").json()])
    assert show(imported, ":26")["group"] == "states"


def test_one_correction_or_all_are_taken_back(imported: Tracker) -> None:
    before = show(imported, ":26")
    imported.ok(
        "edit", ":26", "--deadline", "none", "--force", "urge", "--deliverable", "none", "--addressee", "states"
    )
    item = show(imported, ":26")
    assert (item["due_on"], item["first_due_on"], item["deliverable"], item["deadlines"]) == (None, None, None, [])
    imported.ok("edit", ":26", "--deadline", "as-read")
    item = show(imported, ":26")
    # Without the report the deadline is that of no document, so that nothing is submitted.
    assert (item["due_on"], item["submit_by"], item["force"]) == ("2015-09-13", None, "urge")
    imported.ok("edit", ":26", "--as-read")
    after = show(imported, ":26")
    assert {**after, "history": 0} == {**before, "history": 0}
    assert "nothing changed" in imported.ok("edit", ":26", "--as-read").err


def test_a_correction_survives_the_calendar_and_moves_with_it(imported: Tracker) -> None:
    imported.ok("edit", ":26", "--deadline", "before HRC32")
    assert "deadline  before HRC32, corrected by hand → 2016-06-12" in imported.ok("show", ":26").out
    imported.ok("sessions", "set", "HRC", "30", "--opens", "2015-09-21", "--closes", "2015-10-09")
    assert show(imported, ":26")["due_on"] == "2016-06-12"
    imported.ok("sessions", "set", "HRC", "32", "--opens", "2016-06-20", "--closes", "2016-07-08")
    assert show(imported, ":26")["due_on"] == "2016-06-19"
    imported.ok("edit", ":26", "--deadline", "by 2016-05")
    assert show(imported, ":26")["due_on"] == "2016-05-31"
    imported.ok("edit", ":26", "--as-read")
    assert show(imported, ":26")["due_on"] == "2015-09-20"


def test_a_date_by_hand_and_an_extension_stay(imported: Tracker) -> None:
    imported.ok("update", ":26", "--extend-to", "2016-06-13", "--authority", "A/HRC/DEC/31/115", "--on", "2015-09-01")
    imported.ok("edit", ":26", "--deadline", "before HRC31")
    item = show(imported, ":26")
    assert (item["due_on"], item["first_due_on"], item["extended"]) == ("2016-06-13", "2016-02-28", True)
    assert show(imported, ":26", "--as-of", "2015-08-01")["due_on"] == "2016-02-28"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--addressee", "ochcr"], "near: ohchr"),
        (["--force", "beg"], "not one of request"),
        (["--deliverable", "cake"], "not one of report"),
        (["--deadline", "soon"], "before HRC30"),
        (["--recurrence", "often"], "annual"),
        (["--action", " "], "empty"),
        (["--as-read", "--force", "urge"], "alone"),
        (["--note", "x"], "goes with a correction"),
    ],
)
def test_edit_refuses(imported: Tracker, args: list[str], words: str) -> None:
    assert words in refused(imported, "edit", ":26", *args)


def test_words_of_a_person_go_before_those_of_every_language(imported: Tracker, tmp_path: Path) -> None:
    imported.ok("edit", ":26", "--action", "report", "--addressee", "ohchr=the Office")
    english = tmp_path / "28-2.en.txt"
    english.write_text(
        "Resolution adopted by the Human Rights Council\n\n28/2. Cooperation\n\nThe Human Rights Council,\n\n"
        + "".join(f"{n}. Reaffirms the principle of cooperation;\n\n" for n in range(1, 26))
        + "26. Requests the High Commissioner to write a report and to submit it before its thirtieth session;\n",
        encoding="utf-8",
    )
    imported.ok("import", english)
    item = show(imported, ":26", "--language", "en")
    assert (item["action"], item["verb"]) == ("report", "Requests")
    assert item["addressees"] == [{"code": "ohchr", "text": "the Office"}]


def test_a_recurrence_makes_a_series_and_back(imported: Tracker) -> None:
    before = state(imported)
    imported.ok("edit", ":26", "--recurrence", "annual")
    assert imported.ok("list", "--json").json()[11]["due_on"] == "2015-09-13"
    days = [item["ref"][-10:] for item in imported.ok("overdue", "--json", "--as-of", "2018-01-01").json()]
    assert days[:1] == ["2015-09-13"]
    imported.ok("edit", ":26", "--recurrence", "none")
    assert state(imported) == before
    imported.ok("undo", "--yes")
    imported.ok("undo", "2", "--yes")
    assert state(imported) == before


def test_a_series_is_corrected_as_a_whole(imported: Tracker) -> None:
    imported.ok("edit", ":26", "--recurrence", "annual")
    imported.ok("update", ":26@2015-09-13", "--status", "in_progress")
    before = state(imported)
    assert "the whole is corrected: A/HRC/RES/28/2:26;" in refused(
        imported, "edit", ":26@2015-09-13", "--force", "urge"
    )
    assert "its recurrence stays annual" in refused(imported, "edit", ":26", "--recurrence", "none")
    assert "cannot be split" in refused(imported, "split", ":26", "--part", "a", "--part", "b")
    assert "cannot be merged" in refused(imported, "merge", ":27", ":26", "--keep")
    imported.ok("edit", ":26", "--addressee", "states", "--action", "report")
    for ref in (":26", ":26@2015-09-13"):
        item = show(imported, ref)
        assert (item["addressees"][0]["code"], item["action"], item["group"]) == ("states", "report", "states")
    imported.ok("undo", "--yes")
    assert state(imported) == before


# --- in the editor --------------------------------------------------------------------------------------------


def editor(folder: Path, code: str) -> dict[str, str]:
    """An editor that changes the text `text` of its file with some Python."""
    script = folder / "editor.py"
    script.write_text(
        f"import re, sys\npath = sys.argv[1]\ntext = open(path, encoding='utf-8').read()\n{code}\n"
        "open(path, 'w', encoding='utf-8').write(text)\n",
        encoding="utf-8",
    )
    return {"EDITOR": f"{sys.executable} {script}", "VISUAL": ""}


def test_editor(imported: Tracker, tmp_path: Path) -> None:
    env = editor(
        tmp_path, "text = re.sub('(?m)^force = .*', 'force = \"urge\"', text).replace('as-read', 'by 2016', 2)"
    )
    out = imported.ok("edit", ":26", env=env).out
    assert out.splitlines()[:2] == [
        "A/HRC/RES/28/2:26  force: request → urge",
        "A/HRC/RES/28/2:26  deadline: - → by 2016",
    ]
    assert show(imported, ":26")["due_on"] == "2016-12-31"


@pytest.mark.parametrize("code", ["pass", "text = ''", "text = text.replace('\\n\\n', '\\n')"])
def test_unchanged_or_empty_form_changes_nothing(imported: Tracker, tmp_path: Path, code: str) -> None:
    assert "nothing was changed" in refused_quietly(imported, tmp_path, code)


def refused_quietly(tracker: Tracker, folder: Path, code: str) -> str:
    before = tracker.ok("history", "--json").out
    err = tracker.ok("edit", ":26", env=editor(folder, code)).err
    assert tracker.ok("history", "--json").out == before
    assert not list(folder.glob("tracker-*"))
    return err


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("text = text.replace('force = \"', 'force = \"u')", "line 5: 'urequest'"),
        ("text = text.replace('force = \"request\"', 'force = urge')", "line 5"),
        ("text = text.replace('high-commissioner', 'ochcr')", "line 7: addressee: 'ochcr'"),
        ("text = re.sub('(?m)^deadline = .*', 'deadline = \"soon\"', text)", "line 9: deadline 'soon'"),
        ("text += 'colour = \"red\"\\n'", "no field 'colour'"),
        ("text = text.replace('force = \"request\"', 'force = 3')", "one text in quotes"),
    ],
)
def test_a_mistake_names_its_line_and_nothing_is_lost(imported: Tracker, tmp_path: Path, code: str, words: str) -> None:
    message = refused(imported, "edit", ":26", env=editor(tmp_path, code))
    assert words in message
    kept = Path(message.strip().rpartition("kept in ")[2])
    assert "addressees = [" in kept.read_text(encoding="utf-8")


def test_editor_that_fails(imported: Tracker, tmp_path: Path) -> None:
    assert "ended with 3" in refused(imported, "edit", ":26", env=editor(tmp_path, "sys.exit(3)"))
    assert "cannot be started" in refused(imported, "edit", ":26", env={"EDITOR": "/no/such/editor", "VISUAL": ""})
    assert "EDITOR" in refused(imported, "edit", ":26", env={"EDITOR": "", "VISUAL": ""})


# --- add ------------------------------------------------------------------------------------------------------


def add(tracker: Tracker, *more: str) -> str:
    return tracker.ok("add", "90/7", "2", "--action", "set aside means", "--addressee", "secretary-general", *more).out


def test_add(promises: Tracker, tmp_path: Path) -> None:
    out = add(promises, "--deadline", "by 2016-09", "--deliverable", "funding", "--note", "meant as a request")
    assert out == f"{RES}:2  added by hand, due 2016-09-30\n"
    item = show(promises, ":2", "--as-of", "2015-03-26")
    assert (item["added"], item["group"], item["due_on"], item["status"]) == (
        True,
        "secretariat",
        "2016-09-30",
        "pending",
    )
    assert "might wish" in item["text"]
    assert refs(promises) == ["1", "2", "3", "4"]
    assert "     2  A/HRC/RES/90/7:2  pending  2016-09-30  secretary-general" in promises.ok("show", "90/7").out
    assert "no request" not in promises.ok("show", "90/7").out
    promises.ok("report", "90/7", "--as-of", "2016-10-01", "-o", tmp_path / "progress.md")
    assert "set aside means" in (tmp_path / "progress.md").read_text(encoding="utf-8")


def test_add_refuses(promises: Tracker) -> None:
    assert "near: 4" in refused(promises, "add", "90/7", "44", "--action", "x", code=66)
    assert "no paragraph" in refused(promises, "add", "90/7", "2.2", "--action", "x")
    assert "no resolution" in refused(promises, "add", "90/8", "2", "--action", "x", code=66)
    assert "nothing was read" in refused(promises, "add", "90/7", "2", "--action", "x", "--force", "as-read")
    add(promises)
    assert "says that already" in refused(promises, "add", "90/7", "2", "--action", "set  aside means")
    assert "made by hand" in refused(promises, "edit", ":2", "--as-read")


def test_an_added_item_survives_every_import(promises: Tracker, tmp_path: Path) -> None:
    add(promises)
    before = state(promises)
    imports(promises, tmp_path, TEXT)
    assert state(promises) == before
    said = imports(promises, tmp_path, TEXT.replace("share their experience", "share all their experience"))
    assert refs(promises) == ["1", "2", "3", "4"]
    assert ":2 " not in said.partition("problem")[2]
    said = imports(promises, tmp_path, TEXT.replace("might wish to set aside means", "has no means"))
    assert f"{RES}:2 was made by hand, and its paragraph has other words in this text" in said
    assert show(promises, ":2")["to_check"] is True
    assert refs(promises) == ["1", "2", "3", "4"]


def test_undone_additions_do_not_come_back_with_the_text(promises: Tracker, tmp_path: Path) -> None:
    add(promises)
    promises.ok("undo", "--yes")
    imports(promises, tmp_path, TEXT)
    assert refs(promises) == ["1", "3", "4"]
    promises.ok("redo", "--yes")
    assert refs(promises) == ["1", "2", "3", "4"]


def test_the_reader_finds_what_a_person_added(promises: Tracker, tmp_path: Path) -> None:
    promises.ok("edit", ":3", "--force", "urge")
    promises.ok(
        "add", "90/7", "3", "--action", "thank all who kept their promises", "--addressee", "secretary-general",
        "--words", "requests the Secretary-General to thank all who kept their promises",
    )  # fmt: skip
    changed = TEXT.replace(
        "so far, and invites",
        "so far, requests the Secretary-General to thank all those who kept promises, and invites",
    )
    said = imports(promises, tmp_path, changed)
    assert f"{RES}:3.2, made by hand, is found in this text too; no second item was made" in said
    assert refs(promises) == ["1", "3", "3.2", "4"]
    # Each item kept its own words, though the new request stands before the old one.
    assert "experience" in show(promises, ":3")["text"]
    assert show(promises, ":3")["force"] == "urge"
    assert "thank" in show(promises, ":3.2")["action"]
    # And once more: both have words in the text now.
    imports(promises, tmp_path, changed.replace("their experience", "their whole experience"))
    assert refs(promises) == ["1", "3", "3.2", "4"]
    assert "whole experience" in show(promises, ":3")["text"]


def test_a_new_request_at_the_place_of_an_added_one_is_an_item_of_its_own(promises: Tracker, tmp_path: Path) -> None:
    add(promises)
    said = imports(
        promises, tmp_path, TEXT.replace("the keeping of promises;\n\n3.", "them, and urges States to pay;\n\n3.")
    )
    assert f"{RES}:2.2 is new in this text (unless it is {RES}:2, made by hand); to check" in said
    assert refs(promises) == ["1", "2", "2.2", "3", "4"]
    assert show(promises, ":2.2")["addressees"][0]["code"] == "states"
    assert show(promises, ":2")["action"] == "set aside means"


# --- split and merge ------------------------------------------------------------------------------------------

PARTS = ["publish a guide on the keeping of promises before its ninety-first session", "to send it to all States"]


def split(tracker: Tracker, ref: str = ":1") -> None:
    tracker.ok("split", ref, "--part", PARTS[0], "--part", PARTS[1])


def test_split(promises: Tracker) -> None:
    promises.ok("update", ":1", "--status", "in_progress", "--assignee", "Ana", "--tag", "x", "--on", "2015-06-01")
    promises.ok("update", ":1", "--due", "2030-02-01", "--reason", "agreed", "--on", "2015-07-01")
    was = show(promises, ":1")
    split(promises)
    first, second = show(promises, ":1"), show(promises, ":1.2")
    assert (first["action"], first["status"], first["id"]) == (PARTS[0], "in_progress", was["id"])
    assert (second["action"], second["text"], second["status"]) == (PARTS[1], PARTS[1], "pending")
    same = (
        "due_on",
        "first_due_on",
        "due_by_hand",
        "addressees",
        "force",
        "deliverable",
        "assignee",
        "tags",
        "deadlines",
    )
    assert [second[name] for name in same] == [was[name] for name in same] == [first[name] for name in same]
    then = "2015-06-15"
    assert show(promises, ":1.2", "--as-of", then)["due_on"] == show(promises, ":1", "--as-of", then)["due_on"]
    assert second["links"] == [{"kind": "related", "target": f"{RES}:1"}]
    assert refs(promises) == ["1", "1.2", "3", "4"]


def test_split_parts_survive_imports(promises: Tracker, tmp_path: Path) -> None:
    split(promises)
    before = state(promises)
    imports(promises, tmp_path, TEXT)
    assert state(promises) == before
    said = imports(promises, tmp_path, TEXT.replace("publish a guide", "publish a short guide"))
    assert refs(promises) == ["1", "1.2", "3", "4"]
    assert f"{RES}:1 has other words" in said
    assert f"{RES}:1.2 was made by hand, and its paragraph has other words" in said
    assert show(promises, ":1")["action"] == PARTS[0]


def test_split_in_the_editor(promises: Tracker, tmp_path: Path) -> None:
    promises.ok(
        "split", ":1", env=editor(tmp_path, "text = '# x\\npublish a guide\\n\\nto send it\\nto all States\\n'")
    )
    assert [show(promises, ref)["action"] for ref in (":1", ":1.2")] == ["publish a guide", "to send it to all States"]
    assert "nothing was changed" in promises.ok("split", ":1", env=editor(tmp_path, "pass")).err
    assert "only one part" in refused(promises, "split", ":1", env=editor(tmp_path, "text += 'x'"))


def test_split_refuses(promises: Tracker) -> None:
    assert "two or more" in refused(promises, "split", ":1", "--part", "x")
    assert "two or more" in refused(promises, "split", ":1", "--part", "x", "--part", " x ")
    assert "no item" in refused(promises, "split", ":9", "--part", "x", "--part", "y", code=66)


def test_merge(promises: Tracker) -> None:
    promises.ok("update", ":3", ":4", "--tag", "x", "--note", "seen")
    promises.ok("update", ":4", "--tag", "y", "--evidence", "A/HRC/31/81")
    promises.ok("merge", ":3", ":4")
    item = show(promises, ":3")
    assert item["action"] == "to share their experience; to take part in this work"
    assert item["text"] == (
        "invites States to share their experience … Encourages non-governmental organizations to take part in this work"
    )
    assert [one["code"] for one in item["addressees"]] == ["states", "ngos"]
    assert item["tags"] == ["x", "y"]
    assert item["links"] == [{"kind": "related", "target": f"{RES}:4"}]
    assert refs(promises) == ["1", "3"]
    gone = promises("show", ":4")
    assert (gone.code, f"withdrawn (merged into {RES}:3)" in gone.err) == (66, True)
    told = promises.ok("history", ":4").out
    assert "seen" in told
    assert "A/HRC/31/81" in told


def test_merged_items_stay_merged(promises: Tracker, tmp_path: Path) -> None:
    promises.ok("merge", ":3", ":4", "--action", "share and stay")
    imports(promises, tmp_path, TEXT)
    said = imports(promises, tmp_path, TEXT.replace("take part in", "take an active part in"))
    assert refs(promises) == ["1", "3"]
    assert f"{RES}:3 has other words in this text, in what was {RES}:4; to check" in said
    assert show(promises, ":3")["action"] == "share and stay"
    assert show(promises, ":3")["to_check"] is True


def test_merge_refuses_open_questions(promises: Tracker, tmp_path: Path) -> None:
    promises.ok("update", ":4", "--status", "in_progress", "--assignee", "Bo")
    message = refused(promises, "merge", ":3", ":4")
    assert "status (pending, in_progress), assignee (none, Bo)" in message
    assert "--keep" in message
    promises.ok("merge", ":3", ":4", "--keep")
    assert show(promises, ":3")["status"] == "pending"
    assert "two or more" in refused(promises, "merge", ":3", ":3")
    other = tmp_path / "90-8.en.txt"
    other.write_text(TEXT.replace("90/7.", "90/8."), encoding="utf-8")
    promises.ok("import", other)
    assert "--supersedes" in refused(promises, "merge", "90/7:3", "90/8:3")


# --- undo and redo --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        ["edit", ":1", "--force", "urge", "--addressee", "states", "--deadline", "by 2016", "--deliverable", "none"],
        ["edit", ":1", "--action", "a", "--words", "b", "--recurrence", "annual", "--note", "n"],
        ["add", "90/7", "2", "--action", "a b c", "--addressee", "states", "--deadline", "before HRC32"],
        ["split", ":1", "--part", PARTS[0], "--part", PARTS[1], "--part", "c"],
        ["merge", ":1", ":3", ":4"],
    ],
    ids=lambda command: command[0],
)
def test_undo_and_redo_whole(promises: Tracker, tmp_path: Path, command: list[str]) -> None:
    promises.ok("update", ":1", "--due", "2030-02-01", "--reason", "agreed", "--on", "2015-07-01")
    before, then = state(promises), promises.ok("list", "--as-of", "2015-08-01", "--json").out
    promises.ok(*command, *(["--keep"] if command[0] == "merge" else []))
    after, after_then = state(promises), promises.ok("list", "--as-of", "2015-08-01", "--json").out
    assert after != before
    # Later changes on other fields stay, and do not stand in the way.
    for _ in range(2):
        promises.ok("undo", "3", "--yes")
        assert (state(promises), promises.ok("list", "--as-of", "2015-08-01", "--json").out) == (before, then)
        imports(promises, tmp_path, TEXT)
        assert state(promises) == before
        promises.ok("redo", "3", "--yes")
        assert (state(promises), promises.ok("list", "--as-of", "2015-08-01", "--json").out) == (after, after_then)
    promises.ok("update", ":3" if command[0] != "merge" else ":1", "--office", "X", "--note", "later")
    promises.ok("undo", "3", "--yes")
    assert [one["office"] for one in state(promises) if one["office"]] == ["X"]


def test_the_same_on_postgresql(promises: Tracker, postgres_url: str, tmp_path: Path) -> None:
    other = Tracker(postgres_url)
    other.ok("db", "upgrade")
    imports(other, tmp_path, TEXT)
    for tracker in (promises, other):
        tracker.ok("edit", ":1", "--addressee", "states", "--deadline", "before HRC32", "--deliverable", "none")
        tracker.ok("update", ":1", "--extend-to", "2017-01-31", "--authority", "A/HRC/DEC/31/115")
        tracker.ok("add", "90/7", "2", "--action", "set aside means", "--deadline", "by 2016")
        split(tracker)
        tracker.ok("merge", ":3", ":4", "--action", "share")
        tracker.ok("edit", ":3", "--force", "urge")
        tracker.ok("undo", "--yes")
        imports(tracker, tmp_path, TEXT.replace("publish a guide", "publish a short guide"))
    assert state(other) == state(promises)
    then = ("list", "--json", "--as-of", "2016-01-01", "--language", "en")
    assert other.ok(*then).out == promises.ok(*then).out


def test_a_part_that_was_worked_on_keeps_the_split(promises: Tracker) -> None:
    split(promises)
    promises.ok("update", ":1.2", "--status", "in_progress")
    assert "operation 3" in promises("undo", "2", "--yes").err
    promises.ok("undo", "3", "--yes")
    promises.ok("undo", "2", "--yes")
    assert refs(promises) == ["1", "3", "4"]
