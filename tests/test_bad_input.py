"""What users do wrong gets one clear line and the right exit code; nothing is half written."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli import TODAY, Tracker
from tests.conftest import ROOT
from tracker.errors import CannotWrite
from tracker.services import storing
from tracker.storage import connection as connections

COMMAND = [sys.executable, "-m", "tracker"]


def one_line(result_err: str) -> str:
    lines = result_err.splitlines()
    assert len(lines) == 1, result_err
    assert lines[0].startswith("error: ")
    assert "Traceback" not in result_err
    return lines[0]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "TRACKER_TODAY": TODAY, "TRACKER_CONFIG": "", **more}


def test_no_such_file(tracker: Tracker) -> None:
    result = tracker("import", "nowhere.txt")
    assert result.code == 66
    assert "nowhere.txt" in one_line(result.err)
    assert not Path(tracker.database).exists()


def test_folder_without_resolutions(tracker: Tracker, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    result = tracker("import", folder)
    assert result.code in {65, 66}
    one_line(result.err)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n \t\n"),
        ("binary.bin", bytes(range(256)) * 40),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 200),
        ("letter.txt", "Cher collègue,\n\nMerci de votre message.\n".encode()),
        ("unknown.txt", b"Mkutano Mkuu,\n\n1. Unaomba Katibu Mkuu awasilishe ripoti;\n"),
    ],
)
def test_files_that_are_no_resolution(tracker: Tracker, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = tracker("import", path)
    assert result.code == 65
    assert name in one_line(result.err)
    assert not Path(tracker.database).exists()
    assert tracker("extract", "--json", path).code == 65


def test_cp1252_is_recognised_and_said(tracker: Tracker, example: Path, tmp_path: Path) -> None:
    path = tmp_path / "windows.txt"
    text = example.read_text(encoding="utf-8")
    path.write_bytes(text.encode("cp1252", errors="replace"))
    result = tracker.ok("import", path)
    assert "13 items" in result.out
    assert "1252" in result.err


def test_unknown_reference_has_near_matches(imported: Tracker) -> None:
    result = imported("update", "28/2:19.3", "--note", "x")
    assert result.code == 66
    assert "near: :19, :19.2" in one_line(result.err)
    assert "near: :22, :23, :26, :27" in one_line(imported("show", "28/2:28").err)
    said = one_line(imported("show", "28/2:2").err)
    assert "no item 2 (paragraph 2 asks for nothing: Considère); near: :6, :7, :16, :17" in said
    assert imported("show", "28/3").code == 66
    assert "A/HRC/RES/28/2" in one_line(imported("show", "28/3").err)
    assert imported("show", "99999").code == 66


def test_mistyped_symbol_is_not_nothing_overdue(imported: Tracker) -> None:
    assert imported("overdue", "--symbol", "28/3", "--check").code == 66


def test_ambiguous_reference(imported: Tracker, example: Path) -> None:
    imported.ok("import", example, "--symbol", "A/RES/28/2")
    result = imported("show", "28/2:26")
    assert result.code == 66
    assert "A/HRC/RES/28/2, A/RES/28/2" in one_line(result.err)
    assert imported("show", ":26").code == 66


@pytest.mark.parametrize("args", [["show", "28/2:"], ["show", "28/2:x.y.z"], ["update", "(b)", "--note", "x"]])
def test_no_reference_at_all(imported: Tracker, args: list[str]) -> None:
    result = imported(*args)
    assert result.code in {2, 66}
    one_line(result.err)


@pytest.mark.parametrize("day", ["2015-13-01", "13.9.2015", "yesterday", "", "2015-9-1", "20150913"])
def test_bad_dates(imported: Tracker, day: str) -> None:
    result = imported("overdue", "--as-of", day)
    assert result.code == 2
    assert "--as-of" in one_line(result.err)


def test_future_report_is_refused(imported: Tracker) -> None:
    result = imported("update", ":26", "--status", "in_progress", "--on", "2030-01-01")
    assert result.code == 2
    assert "future" in one_line(result.err)


def test_no_database_yet(tracker: Tracker) -> None:
    result = tracker("overdue")
    assert result.code == 66
    assert "tracker import" in one_line(result.err)
    assert not Path(tracker.database).exists()


def test_file_that_is_no_database(tmp_path: Path, example: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(b"these are my notes, not a database\n" * 50)
    tracker, before = Tracker(path), path.read_bytes()
    for args in (["overdue"], ["import", str(example)], ["update", ":26", "--note", "x"], ["db", "upgrade"]):
        result = tracker(*args)
        assert result.code == 78, args
        one_line(result.err)
    assert path.read_bytes() == before


def test_database_of_another_program(tmp_path: Path, example: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    tracker = Tracker(path)
    for args in (["list"], ["import", str(example)], ["db", "upgrade"]):
        result = tracker(*args)
        assert result.code == 78
        assert "left alone" in one_line(result.err)


def test_newer_schema(imported: Tracker, example: Path) -> None:
    with sqlite3.connect(imported.database) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    for args in (["list"], ["import", str(example)], ["update", ":26", "--note", "x"]):
        result = imported(*args)
        assert result.code == 78
        assert "newer" in one_line(result.err)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that nobody can write to (/proc)")
def test_folder_that_cannot_be_written(example: Path) -> None:
    result = Tracker("/proc/tracker/new.sqlite3")("import", example)
    assert result.code in {73, 77}
    one_line(result.err)


def test_full_disk_leaves_the_database_as_it_was(
    imported: Tracker, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = imported.ok("list", "--json").out
    real = connections.connect

    def nearly_full(*args: object, **kwargs: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*args, **kwargs)  # type: ignore[arg-type]
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr("tracker.storage.engine.connect", nearly_full)
        result = imported("import", example, "--symbol", "A/HRC/RES/99/1")
    assert result.code == 73
    assert "full" in one_line(result.err)
    assert imported.ok("list", "--json").out == before


def test_interrupt_in_the_middle_of_an_import(tracker: Tracker, example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    real = storing.Destination._item

    def interrupted(*args: object) -> object:
        calls.append(1)
        if len(calls) == 7:
            raise KeyboardInterrupt
        return real(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(storing.Destination, "_item", interrupted)
        result = tracker("import", example)
    assert result.code == 130
    one_line(result.err)
    assert tracker.ok("list", "--json").json() == []
    assert tracker.ok("history", "--json").json() == []
    assert "13 items" in tracker.ok("import", example).out


def test_broken_settings(imported: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "tracker.toml"
    for content, word in (("due_soon = 3", "due_soon"), ("due_soon_days = 'x'", "x"), ("= 3", "tracker.toml")):
        path.write_text(content, encoding="utf-8")
        result = imported("list", env={"TRACKER_CONFIG": str(path)})
        assert result.code == 78
        assert word in one_line(result.err)
    assert imported("list", env={"TRACKER_TIME_ZONE": "Mars/Olympus", "TRACKER_TODAY": ""}).code == 78
    assert imported("list", env={"TRACKER_DATABASE": "mysql://host/x"}).code == 2


def test_closed_and_full_stdout(imported: Tracker) -> None:
    for redirect, code in ((">&-", 73), ("> /dev/full", 73)):
        if "full" in redirect and not Path("/dev/full").exists():
            continue
        done = subprocess.run(
            ["sh", "-c", f'"$@" {redirect}', "sh", *COMMAND, "list"], capture_output=True, text=True,
            env=environment(TRACKER_DATABASE=imported.database), check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        one_line(done.stderr)


@pytest.mark.parametrize("command", [["update", ":16", "--note", "x"], ["--help"], ["overdue", "--help"]])
def test_nothing_is_done_that_nobody_hears_of(imported: Tracker, command: list[str]) -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *COMMAND, *command], capture_output=True, text=True,
        env=environment(TRACKER_DATABASE=imported.database), check=False,
    )  # fmt: skip
    assert done.returncode == 73
    assert "nothing was done" in one_line(done.stderr)
    assert [event["field"] for event in imported.ok("history", ":16", "--json").json()] == ["created"]


WITHOUT_RIGHTS = (
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
)
"""Root may read everything but for this."""


@pytest.mark.skipif(bool(WITHOUT_RIGHTS) and not shutil.which("setpriv"), reason="root needs setpriv for it")
@pytest.mark.parametrize(
    ("args", "closed", "code", "said"),
    [
        (["extract", "closed/a.txt"], "closed/a.txt", 77, "no permission to read this file"),
        (["import", "closed/a.txt"], "closed/a.txt", 77, "no permission to read this file"),
        (["import", "closed"], "closed", 77, "no permission to read this folder"),
        (["import-data", "closed/a.txt"], "closed/a.txt", 77, "Permission denied"),
        (["sessions", "import", "closed/a.txt"], "closed/a.txt", 77, "Permission denied"),
        (["--database", "closed/new.sqlite3", "import", "a.txt"], "closed", 73, "closed/new.sqlite3 cannot be made"),
    ],
)
def test_what_may_not_be_read_or_written(
    imported: Tracker, example: Path, tmp_path: Path, args: list[str], closed: str, code: int, said: str
) -> None:
    inside = tmp_path / "closed"
    inside.mkdir()
    for copy in (inside / "a.txt", tmp_path / "a.txt"):
        copy.write_bytes(example.read_bytes())
    path = tmp_path / closed
    path.chmod(0o555 if code == 73 else 0o000)
    try:
        done = subprocess.run(
            [*WITHOUT_RIGHTS, *COMMAND, *args], capture_output=True, text=True,
            cwd=tmp_path, env=environment(TRACKER_DATABASE=imported.database, PYTHONPATH=str(ROOT)), check=False,
        )  # fmt: skip
    finally:
        path.chmod(0o755)
    assert done.returncode == code, done.stderr
    assert said in one_line(done.stderr)


NOT_TEXT = os.fsdecode(b"\xe9t\xe9")


@pytest.mark.parametrize(
    "args",
    [
        ["update", ":16", "--note", NOT_TEXT], ["update", ":16", "--assignee", NOT_TEXT, "--by", NOT_TEXT],
        ["list", "--assignee", NOT_TEXT], ["show", NOT_TEXT], ["show", f"{NOT_TEXT}:1"], ["overdue", NOT_TEXT],
        ["search", NOT_TEXT], ["add", "28/2", "3", "--action", NOT_TEXT], ["edit", ":16", "--words", NOT_TEXT],
    ],
)  # fmt: skip
def test_arguments_that_are_no_text(imported: Tracker, args: list[str]) -> None:
    result = imported(*args)
    assert result.code == 2
    assert "\\udce9t\\udce9" in one_line(result.err)
    assert len(imported.ok("history", "--json").json()) == 14
    assert imported("update", ":16", "--note", "x", env={"TRACKER_ACTOR": NOT_TEXT}).code == 78


def test_a_file_whose_name_is_no_text(tracker: Tracker, example: Path, tmp_path: Path) -> None:
    """As disks hold them that were written under another system."""
    path = tmp_path / f"{NOT_TEXT}.txt"
    try:
        path.write_bytes(example.read_bytes())
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    tracker.ok("import", path)
    assert tracker.ok("show", "28/2", "--json").json()["texts"][0]["file"].endswith("\\udce9t\\udce9.txt")
    assert "\\udce9t\\udce9.txt" in tracker.ok("history", "28/2", "--json").json()[0]["command"]
    assert len(tracker.ok("list", "--json").json()) == 13
    assert "already stored" in tracker.ok("import", tmp_path).out
    for command in ("extract", "import"):
        # Strict readers of JSON refuse a surrogate alone.
        (line,) = tracker.ok(command, path, "--json").lines()
        assert json.loads(line)["file"].endswith("\\udce9t\\udce9.txt")


def test_reader_that_goes_away(imported: Tracker) -> None:
    script = '("$@"; echo "exit $?" >&2) | head -n 1'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *COMMAND, "show", "28/2"], capture_output=True, text=True,
        env=environment(TRACKER_DATABASE=imported.database), check=False,
    )  # fmt: skip
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_plain_c_locale_and_no_stdin(imported: Tracker) -> None:
    env = environment(TRACKER_DATABASE=imported.database, LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    done = subprocess.run([*COMMAND, "show", ":26"], capture_output=True, env=env, stdin=subprocess.DEVNULL, check=True)
    assert "avant sa trentième session" in done.stdout.decode("utf-8")


HOSTILE = "\x1b[31mrouge\x1b[0m [bold]gras[/bold] <script>x</script> | =1+1 `code` \u202egnp.exe {{7*7}}"


def test_hostile_text_comes_out_as_text(tracker: Tracker, example: Path, tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    text = example.read_text(encoding="utf-8")
    path.write_text(text.replace("d’élargir la", f"d’élargir {HOSTILE} la"), encoding="utf-8")
    tracker.ok("import", path)
    tracker.ok("update", ":16", "--note", HOSTILE, "--assignee", HOSTILE)
    for args in (["show", ":16"], ["list"], ["list", "--csv"], ["history"], ["report"], ["show", "28/2"]):
        out = tracker.ok(*args).out
        assert "\x1b" not in out, args
        assert "\u202e" not in out, args
    report = tracker.ok("report").out
    assert "<script>" not in report
    assert "\\<script\\>" in report


def test_unknown_command_and_option(tracker: Tracker) -> None:
    for args in (["frobnicate"], ["list", "--nope"], ["update"]):
        assert tracker(*args).code == 2


def test_a_failure_leaves_no_file_open(tracker: Tracker) -> None:
    assert tracker("show", "nonsense").code
    before = _next_handle()
    assert tracker("show", "nonsense").code
    assert _next_handle() == before


def _next_handle() -> int:
    """The number that the next file gets that is opened."""
    handle = os.open(os.devnull, os.O_RDONLY)
    os.close(handle)
    return handle


@pytest.mark.parametrize("address", ["postgresql://me@host/db?colour=red", "postgresql://me@host:port/db"])
def test_an_address_that_cannot_be_understood(tracker: Tracker, address: str) -> None:
    done = tracker("--database", address, "list")
    assert done.code in {69, 78}, done.err
    assert done.err.startswith("error: ")
    assert "bug" not in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("command", ["import", "extract"])
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--language", "xx"], "--language 'xx' is not one of ar, en, es, fr, ru, zh"),
        (["--symbol", "banana"], "--symbol 'banana' is no document symbol"),
        (["--symbol", "A/HRC/1\nx"], "--symbol 'A/HRC/1\\nx' is no document symbol"),
        (["--symbol", "A/HRC/1\x1b[31m"], "is no document symbol"),
        ([""], "the name of the file is empty"),
    ],
)
def test_options_of_reading_are_checked_before_it(
    tracker: Tracker, example: Path, command: str, words: list[str], message: str
) -> None:
    result = tracker(command, example, *words)
    assert result.code == 2
    assert message in result.err
    assert not Path(tracker.database).exists()


@pytest.mark.parametrize(
    "symbol",
    ["A/HRC/RES/28/2", "TD/B/EX(63)/2", "WHA78.1", "A/RES/217(III)A", "S/RES/2178 (2014)", "A/C.3/80/L.13/Rev.1"],
)
def test_symbols_of_any_series_are_taken(tracker: Tracker, example: Path, symbol: str) -> None:
    assert f"{symbol}:" in tracker.ok("extract", example, "--symbol", symbol).out


def test_an_item_is_no_resolution(tracker: Tracker, example: Path) -> None:
    tracker.ok("import", example)
    result = tracker("list", "28/2:26")
    assert (result.code, result.err) == (
        2, "error: '28/2:26' is an item, and a resolution is asked for; `tracker show 28/2:26` shows it\n",
    )  # fmt: skip


def test_folders_are_not_made_for_a_database(tracker: Tracker, example: Path, tmp_path: Path) -> None:
    """A name that was mistyped is a mistake; only the folder of the program itself is made."""
    result = tracker("--database", tmp_path / "no" / "such" / "tracker.sqlite", "import", example)
    assert result.code == CannotWrite.exit_code
    assert "there is no folder" in result.err
    assert not (tmp_path / "no").exists()
    data = tmp_path / "data"
    tracker.ok("import", example, env={"TRACKER_DATABASE": "", "XDG_DATA_HOME": str(data)})
    assert (data / "tracker" / "tracker.sqlite3").exists()
