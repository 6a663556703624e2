"""A resolution comes again: the other language, a corrected text. Items are matched, nothing is counted twice."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from tests.cli import Tracker

ENGLISH = """Resolution adopted by the Human Rights Council

90/7. Keeping of promises

The Human Rights Council,

Recalling its earlier resolutions on the matter,

1. Requests the Office of the High Commissioner to publish a guide on the keeping of promises;

2. Welcomes the work done so far, and invites States to share their experience;

3. Decides to remain seized of the matter.
"""
FRENCH = """Résolution adoptée par le Conseil des droits de l’homme

90/7. Tenue des promesses

Le Conseil des droits de l’homme,

Rappelant ses résolutions antérieures sur la question,

1. Demande au Haut-Commissariat de publier un guide sur la tenue des promesses ;

2. Se félicite du travail accompli, et invite les États à faire part de leur expérience ;

3. Décide de rester saisi de la question.
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def english(tracker: Tracker, tmp_path: Path) -> Tracker:
    out = tracker.ok("import", written(tmp_path, "90-7.en.txt", ENGLISH)).out
    assert "A/HRC/RES/90/7" in out
    assert "2 items" in out
    return tracker


def test_second_language_adds_its_words_to_the_same_items(english: Tracker, tmp_path: Path) -> None:
    result = english.ok("import", written(tmp_path, "90-7.fr.txt", FRENCH))
    assert "new language of a known resolution" in result.out
    assert "problem" not in result.err
    items = english.ok("list", "--json").json()
    assert [item["ref"] for item in items] == ["A/HRC/RES/90/7:1", "A/HRC/RES/90/7:2"]
    assert "publish a guide" in items[0]["action"]
    french = english.ok("list", "--language", "fr", "--json").json()
    assert "publier un guide" in french[0]["action"]
    assert "publier un guide" in english.ok("show", ":1", "--language", "fr").out
    assert "Tenue des promesses" in english.ok("show", "90/7", "--language", "fr").out
    assert english.ok("list", "--language", "ru", "--json").json() == items


def test_mismatch_between_languages_is_a_problem_not_a_duplicate(english: Tracker, tmp_path: Path) -> None:
    other = FRENCH.replace("3. Décide de rester saisi", "3. Prie le Secrétaire général de rester saisi")
    result = english.ok("import", written(tmp_path, "90-7.fr.txt", other))
    assert ":3 is a request in this text (fr) only" in result.err
    assert len(english.ok("list", "--json").json()) == 2


def test_corrected_text_keeps_status_and_marks_what_changed(english: Tracker, tmp_path: Path) -> None:
    english.ok("update", ":1", "--status", "in_progress", "--assignee", "Ana")
    corrected = ENGLISH.replace("publish a guide", "publish an annotated guide").replace(
        "3. Decides to remain seized of the matter.",
        "3. Requests the Secretary-General to report thereon;\n\n4. Decides to remain seized of the matter.",
    )
    result = english.ok("import", written(tmp_path, "90-7.corr.txt", corrected))
    assert "changed text" in result.out
    assert result.err == ""
    assert [line for line in result.out.splitlines() if "changed: " in line] == [
        "  changed: paragraph 1: “publish a guide” → “publish an annotated guide”",
        "  changed: paragraph 3 is new",
        "  changed: paragraph 3 is now paragraph 4",
        "  changed: A/HRC/RES/90/7:1 has other words in this text; to check",
        "  changed: A/HRC/RES/90/7:3 is new in this text; to check",
    ]
    # What changed can be read again later.
    assert "paragraph 3 is now paragraph 4" in english.ok("show", "90/7").out
    items = {item["ref"].partition(":")[2]: item for item in english.ok("list", "--json").json()}
    assert list(items) == ["1", "2", "3"]
    assert (items["1"]["status"], items["1"]["assignee"], items["1"]["to_check"]) == ("in_progress", "Ana", True)
    assert "annotated" in items["1"]["action"]
    assert not items["2"]["to_check"]
    assert [item["ref"] for item in english.ok("list", "--to-check", "--json").json()] == [
        "A/HRC/RES/90/7:1", "A/HRC/RES/90/7:3",
    ]  # fmt: skip
    english.ok("update", ":1", "--confirm")
    assert not english.ok("show", ":1", "--json").json()["to_check"]


def test_vanished_request_stays_as_an_item_to_check(english: Tracker, tmp_path: Path) -> None:
    shorter = ENGLISH.replace(", and invites States to share their experience", "")
    result = english.ok("import", written(tmp_path, "90-7.rev.txt", shorter))
    assert ":2 is not in this text (en); the item is kept; to check" in result.out
    assert english.ok("show", ":2", "--json").json()["to_check"]


def test_line_breaks_make_no_new_version(english: Tracker, tmp_path: Path) -> None:
    for name, text in (("crlf", ENGLISH.replace("\n", "\r\n")), ("wide", ENGLISH.replace("on the", "on\u00a0the"))):
        assert "nothing changed" in english.ok("import", written(tmp_path, f"{name}.txt", text)).out


def test_a_text_that_was_right_after_all(english: Tracker, tmp_path: Path) -> None:
    corrected = ENGLISH.replace("publish a guide", "publish an annotated guide")
    english.ok("import", written(tmp_path, "90-7.corr.txt", corrected))
    result = english.ok("import", written(tmp_path, "90-7.en.txt", ENGLISH))
    assert "“publish an annotated guide” → “publish a guide”" in result.out
    assert "publish a guide" in english.ok("show", ":1", "--json").json()["action"]
    assert "nothing changed" in english.ok("import", tmp_path / "90-7.en.txt").out
    english.ok("import", tmp_path / "90-7.corr.txt")
    assert "publish an annotated guide" in english.ok("show", ":1", "--json").json()["action"]
    assert len(english.ok("show", "90/7", "--json").json()["texts"]) == 2


@pytest.mark.parametrize("name", ["same", "corrected", "french"])
def test_every_text_brings_back_what_was_undone(english: Tracker, tmp_path: Path, name: str) -> None:
    texts = {"same": ENGLISH, "corrected": ENGLISH.replace("a guide", "an annotated guide"), "french": FRENCH}
    english.ok("undo", "--yes")
    assert english.ok("list", "--json").json() == []
    english.ok("import", written(tmp_path, "90-7.txt", texts[name]))
    assert [item["ref"] for item in english.ok("list", "--json").json()] == ["A/HRC/RES/90/7:1", "A/HRC/RES/90/7:2"]
    assert "text of A/HRC/RES/90/7" in english.ok("history", "--json").out
    with contextlib.closing(sqlite3.connect(english.database)) as connection:
        assert connection.execute("SELECT summary FROM operations WHERE summary = ''").fetchall() == []


def test_an_item_in_another_language_only_has_its_words(english: Tracker, tmp_path: Path) -> None:
    english.ok("import", written(tmp_path, "90-7.fr.txt", FRENCH))
    longer = FRENCH.replace("3. Décide de rester saisi de la question", "3. Prie les États de tenir leurs promesses")
    english.ok("import", written(tmp_path, "90-7.fr2.txt", longer))
    assert english.ok("list", "--json").json()[2]["action"] == "de tenir leurs promesses"
    assert "tenir leurs promesses" in english.ok("show", ":3").out
    ledger = english.ok("show", "90/7", "--json").json()["paragraphs"]
    assert [paragraph["items"] for paragraph in ledger] == [["A/HRC/RES/90/7:1"], ["A/HRC/RES/90/7:2"], []]


def _questions_about_a_renumbered_text(folder: Path, requests: int) -> int:
    """How often the database is asked for a text in which all requests are renumbered and some reworded."""
    folder.mkdir()
    asked = [
        f"Requests the Secretary-General to report by 1 May 2030 on topic{at} of region{at};" for at in range(requests)
    ]
    other = [one.replace("report", "speak") if at % 10 == 3 else one for at, one in enumerate(asked)]
    tracker = Tracker(folder / "tracker.sqlite3")
    count = 0

    def counted(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal count
        count += statement.startswith("SELECT")

    for name, texts in (("first", asked), ("second", ["Invites States to share experience;", *other])):
        numbered = "\n\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
        head = "Resolution adopted by the Human Rights Council\n\n90/7. Promises\n\nThe Human Rights Council,\n\n"
        (folder / f"{name}.txt").write_text(head + numbered + "\n", encoding="utf-8")
        event.listen(Engine, "before_cursor_execute", counted)
        try:
            count = 0
            tracker.ok("import", folder / f"{name}.txt")
        finally:
            event.remove(Engine, "before_cursor_execute", counted)
    assert len(tracker.ok("list", "--json").json()) == requests + 1
    return count


def test_long_changed_text_asks_the_database_for_all_items_at_once(tmp_path: Path) -> None:
    """Four thousand requests took a minute, with the database locked: a dozen statements for each item."""
    few, many = (_questions_about_a_renumbered_text(tmp_path / str(n), n) for n in (40, 120))
    assert many - few < 8, "eighty more items are no eighty more questions"


ASKED = """\
Resolution adopted by the Human Rights Council

90/8. Gratitude

The Human Rights Council,

1. Expresses its appreciation to the Secretary-General, and encourages them to continue their work;

2. Requests the Secretary-General to submit a report by 1 May 2027.
"""


def test_a_changed_text_tells_who_is_asked_now(tracker: Tracker, tmp_path: Path) -> None:
    """The words of the request itself are as before: who is meant stands before them."""
    tracker.ok("import", written(tmp_path, "90-8.txt", ASKED))
    changed = ASKED.replace("appreciation to the Secretary-General", "appreciation to the Member States")
    out = tracker.ok("import", written(tmp_path, "90-8.corr.txt", changed)).out
    assert "changed: A/HRC/RES/90/8:1 asks Member States instead of Secretary-General; to check" in out
    items = tracker.ok("list", "--json").json()
    assert [(item["group"], item["to_check"]) for item in items] == [("states", True), ("secretariat", False)]


def test_a_changed_text_tells_another_force_and_deliverable(tracker: Tracker, tmp_path: Path) -> None:
    tracker.ok("import", written(tmp_path, "90-8.txt", ASKED))
    changed = ASKED.replace("Requests", "Urges").replace("a report", "an annual study")
    out = tracker.ok("import", written(tmp_path, "90-8.corr.txt", changed)).out
    assert ":2 has other words in this text; force request → urge; deliverable report → study; to check" in out


def test_who_was_corrected_is_not_told_anew(tracker: Tracker, tmp_path: Path) -> None:
    tracker.ok("import", written(tmp_path, "90-8.txt", ASKED))
    tracker.ok("edit", ":1", "--addressee", "ohchr")
    changed = ASKED.replace("appreciation to the Secretary-General", "appreciation to the Member States")
    assert "asks" not in tracker.ok("import", written(tmp_path, "90-8.corr.txt", changed)).out
    assert tracker.ok("show", ":1", "--json").json()["group"] == "secretariat"
