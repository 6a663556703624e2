"""Whole folders: what is taken from them, what is told, and that an interrupted import goes on where it was."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from benchmarks.resolutions import resolution
from tests.cli import PROGRAM, TODAY, Tracker
from tests.documents import simple_pdf
from tracker.errors import NotFound, NotPermitted
from tracker.services import batch
from tracker.services.folders import documents_in

COUNT = 14


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """14 resolutions of 25 requests each, in two folders."""
    place = tmp_path / "resolutions"
    (place / "more").mkdir(parents=True)
    for number in range(1, COUNT + 1):
        inner = place if number % 2 else place / "more"
        (inner / f"{number:02}.txt").write_text(resolution(number), encoding="utf-8")
    return place


def table(out: str) -> dict[str, str]:
    """The summary at the end of the output."""
    names, values = out.splitlines()[-2:]
    return dict(zip(names.split("\t"), values.split("\t"), strict=True))


def test_documents_of_a_folder(tmp_path: Path) -> None:
    made = ("b.TXT", "a/c.pdf", "a/d.docm", "a/e.rtf", ".hidden.txt", ".git/x.txt", "~$b.docx", "notes.xlsx", "README")
    for name in made:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "N1506884").write_bytes(simple_pdf(text="1. Requests"))
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "same.txt").symlink_to(tmp_path / "b.TXT")
    found = documents_in([tmp_path / "a", tmp_path, tmp_path / "b.TXT"])
    names = [str(path.relative_to(tmp_path)) for path in found.files]
    assert names == ["a/c.pdf", "a/d.docm", "a/e.rtf", "N1506884", "b.TXT", "gone.txt", "pipe.txt"]
    assert sorted(str(path.relative_to(tmp_path)) for path in found.others) == ["README", "notes.xlsx"]


def test_folder_without_documents(tmp_path: Path) -> None:
    (tmp_path / "sheet.xlsx").write_bytes(b"x")
    with pytest.raises(NotFound, match=r"holds no documents \(\.doc, "):
        documents_in([tmp_path])


def test_names_that_cannot_be_read_do_not_stop_the_rest(tracker: Tracker, example: Path, tmp_path: Path) -> None:
    """Each is told with its reason, also where it was found in a folder."""
    folder = tmp_path / "texts"
    (folder / "empty").mkdir(parents=True)
    (folder / "good.txt").write_bytes(example.read_bytes())
    os.mkfifo(folder / "pipe.txt")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "input.txt").symlink_to("/dev/stdin")
    names = (tmp_path / ("x" * 300), folder / "empty", folder, "/dev/zero")
    done = tracker("import", *names, "--report", tmp_path / "problems.csv")
    assert done.code == 66
    told = {line.split(": ")[1].rpartition("/")[2][:10]: line.split(": ")[2] for line in done.err.splitlines()[:-1]}
    special = "cannot be read (a pipe or a device, not a file; save what comes from there in a file)"
    assert told == {
        "empty": "the folder holds no documents (.doc, .docm, .docx, .fodt, .htm, .html, .md, .odt, .pdf, .rtf, .text, "
        ".txt, .xhtml)",
        "x" * 10: "cannot be read (File name too long)", "gone.txt": "no such file", "pipe.txt": special,
        "loop.txt": "cannot be read (Too many levels of symbolic links)", "zero": special,
        "input.txt": special,
    }  # fmt: skip
    assert table(done.out)["failed"] == "7"
    assert len(tracker.ok("list", "--json").json()) == 13
    assert tracker("extract", folder / "good.txt", folder / "empty").code == 66
    with pytest.raises(NotFound):
        documents_in([folder / "empty"])


def test_a_folder_without_permission_is_told(tracker: Tracker, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be allowed everything: here the system says no to one folder."""
    real = os.scandir

    def refuse(path: str | Path) -> object:
        if Path(path).name == "more":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    for command in "import", "extract":
        done = tracker(command, folder)
        assert (done.code, done.err) == (77, f"error: {folder / 'more'}: no permission to read this folder\n")
        assert "A/RES/70/1" in done.out
    with pytest.raises(NotPermitted):
        documents_in([folder / "more"])


def test_summary_and_report_of_all_problems(tracker: Tracker, folder: Path, tmp_path: Path) -> None:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "copy.txt").write_text(resolution(1), encoding="utf-8")
    (folder / "old.txt").write_bytes(resolution(99).replace("towns", "caf\xe9 towns").encode("cp1252"))
    (folder / "table.xlsx").write_bytes(b"x")
    report = tmp_path / "problems.csv"
    result = tracker("import", folder, "--report", report)
    assert result.code == 65
    assert "bad.pdf: the PDF is damaged" in result.err
    assert "no documents by their ending: 1 (" in result.err
    wanted = {"documents": "17", "resolutions": "15", "items": "375", "problems": "1", "skipped": "1", "failed": "1"}
    assert table(result.out) == wanted
    rows = list(csv.DictReader(io.StringIO(report.read_text(encoding="utf-8"))))
    told = {(Path(row["file"]).name, row["symbol"], row["code"]) for row in rows}
    assert told == {
        ("bad.pdf", "", "failed"), ("old.txt", "A/RES/70/99", "encoding"), ("table.xlsx", "", "not-read"),
    }  # fmt: skip
    # Again: nothing is stored, and the report is as complete as the first one.
    result = tracker("import", folder, "--report", report)
    assert table(result.out) == wanted | {"resolutions": "0", "items": "0", "skipped": "16"}
    again = list(csv.DictReader(io.StringIO(report.read_text(encoding="utf-8"))))
    assert sorted(map(str, again)) == sorted(map(str, rows))


def test_a_second_import_counts_the_problems_of_the_first(tracker: Tracker, tmp_path: Path) -> None:
    """What differs from an earlier text is in the report, but it is no problem: not the first time, nor later."""
    folder = tmp_path / "texts"
    folder.mkdir()
    first, second = folder / "1.txt", folder / "2.txt"
    first.write_bytes(resolution(1).replace("towns", "caf\xe9 towns").encode("cp1252"))
    second.write_bytes(resolution(1).replace("towns", "caf\xe9s and towns").encode("cp1252"))
    counts, rows = [], []
    for _ in range(2):
        counts.append(table(tracker.ok("import", folder, "--report", tmp_path / "problems.csv").out))
        report = (tmp_path / "problems.csv").read_text(encoding="utf-8")
        rows.append(sorted((row["file"], row["code"]) for row in csv.DictReader(io.StringIO(report))))
    assert (counts[0]["skipped"], counts[1]["skipped"]) == ("0", "2")
    assert rows[0] == rows[1]
    assert {code for _, code in rows[0]} == {"encoding", "text-changed"}
    told = sum(code != "text-changed" for _, code in rows[0])
    assert [count["problems"] for count in counts] == [str(told)] * 2


def test_report_replaces_a_report_and_nothing_else(tracker: Tracker, example: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("name,salary\n")
    result = tracker("import", example, "--report", mine)
    assert result.code == 73
    assert mine.read_text() == "name,salary\n"
    assert tracker("import", example, "--report", tmp_path / "no" / "such.csv").code == 73
    assert not Path(tracker.database).exists()
    for _ in range(2):
        tracker.ok("import", example, "--report", tmp_path / "new.csv")


def test_the_ledger_as_json(tracker: Tracker, example: Path, folder: Path) -> None:
    """One line a file, whatever became of it; each operative paragraph is under items or without request."""
    changed = folder / "28-2.txt"
    changed.write_text(example.read_text(encoding="utf-8").replace("16. Demande", "16. Prie"), encoding="utf-8")
    bad = folder / "scan.pdf"
    bad.write_bytes(simple_pdf())
    tracker.ok("import", example)
    done = tracker("import", "--json", example, changed, bad)
    known, read, failed = map(json.loads, done.out.splitlines())
    assert done.code == failed["exit_code"] == 65
    assert (known["outcome"], known["known_as"], known["resolutions"]) == ("skipped", "A/HRC/RES/28/2", [])
    assert failed["outcome"] == "failed"
    assert failed["error"] in done.err
    (found,) = read["resolutions"]
    assert (found["outcome"], found["made"], found["adopted_on"]) == ("changed", 0, "2015-03-26")
    assert found["changes"]
    assert found["problems"] == []
    due = {item["ref"]: item["due_on"] for item in found["items"] if item["due_on"]}
    assert due == {"A/HRC/RES/28/2:26": "2015-09-13", "A/HRC/RES/28/2:27": "2016-12-31"}
    labels = {item["ref"].rpartition(":")[2].partition(".")[0] for item in found["items"]}
    assert labels | {one["paragraph"] for one in found["no_request"]} == {str(number) for number in range(1, 28)}
    (again,) = map(json.loads, tracker.ok("import", "--json", "--dry-run", changed).out.splitlines())
    assert again["resolutions"][0]["outcome"] == "unchanged"


def started(tracker: Tracker, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PROGRAM, "import", str(folder), "--jobs", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "TRACKER_DATABASE": tracker.database, "TRACKER_TODAY": TODAY}, start_new_session=True,
    )  # fmt: skip


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9), (signal.SIGTERM, 143)])
def test_interrupted_import_goes_on(tracker: Tracker, folder: Path, number: signal.Signals, code: int) -> None:
    """What is stored is whole; the same command again does the rest; no process stays behind."""
    process = started(tracker, folder)
    assert process.stdout is not None
    for _ in range(3):
        assert process.stdout.readline().startswith("A/RES/70/")
    process.send_signal(number)
    # Both ends come only when the last process that holds them has ended.
    _, err = process.communicate(timeout=60)
    assert process.returncode == code
    if number != signal.SIGKILL:
        assert f"of {COUNT} files were done; the same command again goes on" in err
        assert "Traceback" not in err
    stored = tracker.ok("list", "--json").json()
    assert len(stored) % 25 == 0
    assert 3 * 25 <= len(stored) < COUNT * 25
    result = tracker.ok("import", folder)
    assert table(result.out)["skipped"] == str(len(stored) // 25)
    assert len(tracker.ok("list", "--json").json()) == COUNT * 25


def test_bar_for_a_terminal_leaves_the_output_alone(tracker: Tracker, folder: Path) -> None:
    pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")
    watched, terminal = pty.openpty()
    done = subprocess.run(
        [PROGRAM, "import", str(folder)], stdout=subprocess.PIPE, stderr=terminal, check=True, text=True,
        env={**os.environ, "TRACKER_DATABASE": tracker.database, "TERM": "xterm"},
    )  # fmt: skip
    os.close(terminal)
    drawn = b""
    try:
        while piece := os.read(watched, 65536):
            drawn += piece
    except OSError:  # how Linux says that nobody holds the other end
        pass
    os.close(watched)
    assert f"importing [{'#' * 15}{'.' * 15}] 7 of 14" in drawn.decode()
    assert drawn.endswith(b"\r\x1b[K")
    assert done.stdout.count("new, en, 25 items") == COUNT
    assert "importing" not in done.stdout


def work(path: Path) -> str:
    if path.name == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if path.name == "refused":
        raise NotPermitted("no")
    return path.name


def test_a_process_that_dies_costs_its_file_only() -> None:
    names = [*"abcdefgh", "dies", *"ijkl", "refused", *"mnopqrst"]
    outcomes = list(batch.run(work, [Path(name) for name in names], jobs=2))
    assert [outcome.path.name for outcome in outcomes] == names
    failed = {outcome.path.name: outcome.exit_code for outcome in outcomes if outcome.result is None}
    assert failed == {"dies": 65, "refused": 77}


def test_dry_run_of_a_folder(tracker: Tracker, folder: Path) -> None:
    result = tracker.ok("import", folder, "--dry-run")
    assert table(result.out)["items"] == str(COUNT * 25)
    assert not Path(tracker.database).exists()
