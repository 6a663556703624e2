"""tracker search: the same answers on both engines, in all languages, and nothing that is not there any more."""

from __future__ import annotations

import contextlib
import csv
import io
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from tests.cli import Tracker
from tests.readme import in_terminal
from tests.test_migrations import NOW, first_schema
from tests.test_versions import ENGLISH, FRENCH, written
from tracker.storage.connection import connect
from tracker.storage.engine import make_engine
from tracker.storage.indexing import index_all
from tracker.storage.migrations import upgrade
from tracker.storage.target import Target, parse_target

NOTES = {
    ":16": "Совет ещё раз просит ежегодный доклад о ёмкости",
    ":17": "يُرجى من المفوضيـــة إعداد تقرير عن حقوق الإنسان",
    ":18": "人权理事会请高级专员编写报告",
    ":20": 'El año próximo: "informe" AND (NEAR) 100 % — it\'s a:b* ^c',
    ":26": "Réponse reçue: les États ont coopéré; 2 fois 2 pages",
}


def fill(tracker: Tracker, folder: Path, example: Path) -> Tracker:
    tracker.ok("db", "upgrade")
    tracker.ok("import", example)
    tracker.ok("import", written(folder, "90-7.en.txt", ENGLISH))
    tracker.ok("import", written(folder, "90-7.fr.txt", FRENCH))
    for ref, note in NOTES.items():
        tracker.ok("update", f"28/2{ref}", "--note", note, "--on", "2016-01-02")
    tracker.ok("update", "28/2:26", "--assignee", "Ana")
    return tracker


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, example: Path) -> Path:
    """A database to copy: filling one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("search")
    fill(Tracker(folder / "t.sqlite3"), folder, example)
    return folder / "t.sqlite3"


@pytest.fixture
def sqlite(tmp_path: Path, filled: Path) -> Tracker:
    shutil.copy(filled, tmp_path / "t.sqlite3")
    return Tracker(tmp_path / "t.sqlite3")


@pytest.fixture
def both(sqlite: Tracker, postgres_url: str, tmp_path: Path, example: Path) -> tuple[Tracker, Tracker]:
    return sqlite, fill(Tracker(postgres_url), tmp_path, example)


def refs(tracker: Tracker, *words: str) -> list[str]:
    """`26` for an item of 28/2, `90/7:1` for others; kind and label where there is no item."""
    found = []
    for answer in tracker.ok("search", "--json", *words).json():
        short = answer["ref"] or f"{answer['symbol']} {answer['kind']} {answer['paragraph'] or ''}".strip()
        found.append(short.removeprefix("A/HRC/RES/").removeprefix("28/2:"))
    return found


QUERIES: list[list[str]] = [
    ["reunion", "debat"], ["RÉUNION"], ['"droits de l homme"'], ["droits"], ["coop*"], ["coop*", "-internationale"],
    ["fonds", "-deux"], ["доклад"], ["еще"], ["ёмкост*"], ["تقرير"], ["المفوضية"], ["الانسان"], ["人权"], ["权人"],
    ["高级专员"], ["informe"], ["ano"], ["100"], ["2"], ["28/2"], ["guide"], ["promesses"], ["promises"], ["a"], ["l*"],
    ["guide", "--language", "fr"], ["droits", "--group", "secretariat"], ["reponse", "--assignee", "Ana"],
    ["droits", "--symbol", "90/7"], ["etats", "--force", "urge"], ["conseil", "--limit", "3", "--page", "2"],
    ['"deux fonds"', "-pays"], ["tenue", "promesses"], ["les etats", "--status", "pending"], ["1e5"], ["12ab"],
]  # fmt: skip


def test_both_engines_give_the_same_answers(both: tuple[Tracker, Tracker]) -> None:
    first, second = both
    found = 0
    for words in QUERIES:
        answers = first.ok("search", "--json", *words).json()
        assert second.ok("search", "--json", *words).json() == answers, words
        found += bool(answers)
    assert found >= len(QUERIES) - 6


def test_words_in_all_languages(sqlite: Tracker) -> None:
    assert refs(sqlite, "reunion", "debat") == ["26"]
    assert refs(sqlite, "coopere") == ["26"]
    assert refs(sqlite, "ЕЩЕ") == refs(sqlite, "ещё") == refs(sqlite, "емкости") == ["16"]
    assert refs(sqlite, "المفوضية") == refs(sqlite, "يرجى") == refs(sqlite, '"حقوق الإنسان"') == ["17"]
    assert refs(sqlite, "理事会") == refs(sqlite, "报告") == refs(sqlite, "权理") == ["18"]
    assert refs(sqlite, "理人") == []
    assert refs(sqlite, "ano", "proximo") == ["20"]
    assert refs(sqlite, "guide", "--language", "en") == ["90/7:1"]
    assert sorted(refs(sqlite, "guide")) == ["90/7:1", "90/7:1"]
    assert refs(sqlite, "promesses")[0] == "90/7 title"
    assert refs(sqlite, "seized") == ["90/7 paragraph 3"]
    assert refs(sqlite, "Recalling") == ["90/7 preamble"]


def test_filters_of_list_apply(sqlite: Tracker) -> None:
    assert refs(sqlite, "promesses", "--group", "secretariat") == ["90/7:1"]
    assert refs(sqlite, "coopere", "--assignee", "Ana") == ["26"]
    assert refs(sqlite, "coopere", "--assignee", "!Ana") == []
    assert refs(sqlite, "travail", "--status", "pending", "--body", "HRC", "--symbol", "90/7") == ["90/7:2"]
    assert sqlite("search", "x", "--status", "done").code == 2
    assert sqlite("search", "x", "--symbol", "1/1").code == 66


def test_prefixes_phrases_and_words_to_leave_out(sqlite: Tracker) -> None:
    assert set(refs(sqlite, "coop*")) > set(refs(sqlite, "coopere"))
    assert refs(sqlite, "coop") == []
    assert "16" in refs(sqlite, '"deux fonds"')
    assert refs(sqlite, '"fonds deux"') == []
    without = refs(sqlite, "fonds", "-pays")
    assert set(without) < set(refs(sqlite, "fonds"))
    assert refs(sqlite, "fonds", "--", "-pays") == without == refs(sqlite, "fonds -pays")


def test_what_was_undone_or_replaced_is_not_found(sqlite: Tracker, tmp_path: Path) -> None:
    sqlite.ok("update", "28/2:21", "--note", "Zanzibar")
    assert refs(sqlite, "zanzibar") == ["21"]
    sqlite.ok("undo", "--yes")
    assert refs(sqlite, "zanzibar") == []
    sqlite.ok("redo", "--yes")
    assert refs(sqlite, "zanzibar") == ["21"]
    changed = ENGLISH.replace("publish a guide", "publish a handbook")
    sqlite.ok("import", written(tmp_path, "90-7.new.txt", changed))
    assert refs(sqlite, "handbook") == ["90/7:1"]
    assert refs(sqlite, "guide", "--language", "en") == []
    assert refs(sqlite, "guide", "--language", "fr") == ["90/7:1"]
    sqlite.ok("import", written(tmp_path, "90-8.txt", ENGLISH.replace("90/7", "90/8").replace("guide", "manual")))
    assert refs(sqlite, "manual") == ["90/8:1"]
    sqlite.ok("undo", "--yes")
    assert refs(sqlite, "manual") == []
    assert sorted(refs(sqlite, "promises", "--language", "en")) == sorted(
        ["90/7 title"] + ["90/7:1"] * refs(sqlite, "promises").count("90/7:1")
    )


@given(st.text(max_size=20) | st.text(alphabet="ab\"'*-:()^+{}\\ANDORNOTnear", max_size=20))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_nothing_typed_breaks_the_grammar_of_an_engine(both: tuple[Tracker, Tracker], typed: str) -> None:
    if typed.startswith(("@", "-")):
        return
    answers = [tracker("search", "--json", "--", typed) for tracker in both]
    assert {answer.code for answer in answers} <= {0, 2}
    assert answers[0].out == answers[1].out


def test_the_index_can_be_made_again(sqlite: Tracker) -> None:
    sqlite.ok("undo", "--yes")
    before = [sqlite.ok("search", "--json", *words).out for words in QUERIES]
    with make_engine(Target(path=Path(sqlite.database))).begin() as connection:
        index_all(connection)
        # An index that does not fit its table is an error here.
        connection.execute(sql("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"))
    after = [sqlite.ok("search", "--json", *words).out for words in QUERIES]
    assert [sorted(out.splitlines()) for out in after] == [sorted(out.splitlines()) for out in before]


def test_a_text_that_comes_back_is_found_again(tracker: Tracker, tmp_path: Path) -> None:
    shorter = ENGLISH.replace(", and invites States to share their experience", "").replace("guide", "handbook")
    tracker.ok("import", written(tmp_path, "1.txt", ENGLISH))
    tracker.ok("import", written(tmp_path, "2.txt", shorter))
    assert (refs(tracker, "guide"), refs(tracker, "handbook")) == ([], ["90/7:1"])
    tracker.ok("import", tmp_path / "1.txt")
    assert (refs(tracker, "guide"), refs(tracker, "handbook")) == (["90/7:1"], [])


def test_part_of_an_undone_import_that_comes_back_is_found(tracker: Tracker, tmp_path: Path) -> None:
    tracker.ok("import", written(tmp_path, "1.txt", ENGLISH))
    tracker.ok("undo", "--yes")
    assert refs(tracker, "guide") == refs(tracker, "seized") == []
    tracker.ok(
        "import", written(tmp_path, "2.txt", ENGLISH.replace(", and invites States to share their experience", ""))
    )
    assert refs(tracker, "guide") == ["90/7:1"]
    assert refs(tracker, "seized") == ["90/7 paragraph 3"]


def test_an_export_that_comes_in_again_is_found(sqlite: Tracker, tmp_path: Path) -> None:
    sqlite.ok("export", "-o", str(tmp_path / "all.json"))
    other = Tracker(tmp_path / "other.sqlite3")
    other.ok("import-data", str(tmp_path / "all.json"))
    for words in QUERIES:
        assert sorted(refs(other, *words)) == sorted(refs(sqlite, *words)), words
    assert other.ok("doctor", "--only", "search", "--json").json() == []


def test_the_index_fits_its_table_after_work(sqlite: Tracker, tmp_path: Path) -> None:
    sqlite.ok("update", "28/2:21", "--note", "one", "--note", "two")
    sqlite.ok("undo", "--yes")
    sqlite.ok("import", written(tmp_path, "90-7.new.txt", ENGLISH.replace("guide", "handbook")))
    with contextlib.closing(sqlite3.connect(sqlite.database)) as connection:
        connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")


OLD = (
    """INSERT INTO texts (id, resolution_id, language, title, file, sha256, encoding, original, cleaned, footnotes,
    current, imported_at) VALUES (1, 1, 'fr', 'Réunion', 'f', 'x', 'utf-8', 'o', 'c', 0, {true}, '2025-01-01')""",
    """INSERT INTO paragraphs (id, text_id, position, kind, label, start_at, end_at, words)
    VALUES (1, 1, 0, 'operative', '3', 0, 10, 'Prie les États')""",
    """INSERT INTO events (id, operation_id, item_id, field, new, holds_on)
    VALUES (2, 1, 7, 'note', 'Été', '2025-01-01')""",
)


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_an_upgrade_indexes_what_is_there(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if engine == "sqlite":
        target = Target(path=tmp_path / "old.sqlite3")
        connect(target, write=True, create=True).close()
    else:
        target = parse_target(request.getfixturevalue("postgres_url"))
    first_schema(target)
    with make_engine(target).begin() as connection:
        for statement in OLD:
            connection.exec_driver_sql(statement.format(true="1" if target.is_sqlite else "true"))
    upgrade(target, NOW)
    tracker = Tracker(target.url or target.file)
    assert [tracker.ok("search", word, "--json").json()[0]["kind"] for word in ("reunion", "etats", "ete")] == [
        "title", "paragraph", "note",
    ]  # fmt: skip


def test_a_pipe_gets_plain_tsv_and_csv(sqlite: Tracker) -> None:
    lines = sqlite.ok("search", "reunion").lines()
    assert lines[0].split("\t")[:4] == ["ref", "symbol", "kind", "paragraph"]
    assert lines[1].split("\t")[:4] == ["A/HRC/RES/28/2:26", "A/HRC/RES/28/2", "request", "26"]
    assert not set("›‹\x1b") & set("".join(lines))
    rows = list(csv.DictReader(io.StringIO(sqlite.ok("search", "reunion", "--csv").out)))
    assert "réunion-débat" in rows[0]["snippet"]
    assert sqlite.ok("search", "reunion", "--columns", "kind,ref").lines()[1] == "request\tA/HRC/RES/28/2:26"


def test_json_gives_the_words_and_where_they_answer(sqlite: Tracker) -> None:
    answer: dict[str, Any] = sqlite.ok("search", "etats", "coop*", "--assignee", "Ana", "--json").json()[0]
    found = {answer["snippet"][first:last] for first, last in answer["spans"]}
    assert found == {"États", "coopéré"}
    assert (answer["kind"], answer["holds_on"], answer["items"]) == ("note", "2016-01-02", ["A/HRC/RES/28/2:26"])


def test_a_terminal_gets_words_in_bold_that_fit(sqlite: Tracker, tmp_path: Path) -> None:
    env = f"env -u NO_COLOR TERM=xterm TRACKER_DATABASE={sqlite.database}"
    out = in_terminal(f"{env} tracker search droits", tmp_path)
    assert "\x1b[1mdroits\x1b[0m" in out
    assert "shown; --page 2 shows more" in out
    plain = in_terminal(f"{env} NO_COLOR=1 tracker search droits", tmp_path)
    assert "\x1b" not in plain
    assert all(len(line) <= 80 for line in plain.splitlines())
    assert "\x1b[1m人权\x1b[0m理事会" in in_terminal(f"{env} tracker search 人权", tmp_path)


def test_nothing_found_is_said(sqlite: Tracker) -> None:
    result = sqlite.ok("search", "nowhere")
    assert "nothing found for nowhere" in result.err
    assert sqlite.ok("search", "nowhere", "--json").json() == []
    wrong = sqlite("search", "-x")
    assert (wrong.code, wrong.err.count("\n")) == (2, 1)
