"""The processes that read files: kept for the next run, told where they are, honest about mistakes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli import Tracker
from tracker.errors import Unavailable
from tracker.reading import limits
from tracker.services import batch, worker


def process(_: Path) -> int:
    return os.getpid()


def letters(path: Path) -> int:
    return len(path.read_text(encoding="utf-8"))


def mistaken(path: Path) -> int:
    return len(path.name) // 0


def test_one_process_reads_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run has that of the first, unless it would be started with other settings."""
    (first,) = batch.run(process, [Path("a")])
    (second,) = batch.run(process, [Path("b")])
    monkeypatch.setenv("LC_ALL", "C.UTF-8" if os.environ.get("LC_ALL") != "C.UTF-8" else "C")
    (third,) = batch.run(process, [Path("c")])
    assert os.getpid() != first.result == second.result != third.result


def test_as_many_processes_as_there_are_jobs() -> None:
    many = [Path(str(number)) for number in range(40)]
    assert len({outcome.result for outcome in batch.run(process, many, jobs=3)}) == 3
    assert len({outcome.result for outcome in batch.run(process, many, jobs=1)}) == 1
    assert len({outcome.result for outcome in batch.run(process, many[:7])}) == 1
    assert list(batch.run(process, [])) == []


def test_paths_lie_in_the_folder_of_today(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder, text in ("one", "a"), ("other", "aaa"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "text").write_text(text)
        monkeypatch.chdir(tmp_path / folder)
        assert [outcome.result for outcome in batch.run(letters, [Path("text")])] == [len(text)]


def test_a_folder_that_was_removed(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, example: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert "28/2" in tracker.ok("extract", example).out


def test_a_mistake_of_ours_is_raised_where_it_is_seen() -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        list(batch.run(mistaken, [Path("a")]))
    assert "in mistaken" in raised.value.__notes__[0]
    assert [outcome.error for outcome in batch.run(process, [Path("b")])] == [""]


def stuck(path: Path) -> str:
    """Does not even hear that it is to end, and has started something to read with."""
    for number in signal.SIGALRM, signal.SIGTERM:
        signal.signal(number, signal.SIG_IGN)
    if path.name == "good":
        return "read"
    with subprocess.Popen([sys.executable, "-c", LONG, str(path)], stdout=subprocess.PIPE) as other:
        other.communicate()
    return "read after all"


LONG = """
import fcntl, sys, threading
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
threading.Event().wait(20)
file.write("survived")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_process_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With what it started, and the file that it had been given after that one is read by another."""
    import fcntl

    monkeypatch.setattr(limits, "WALL_SECONDS", 0.2)
    monkeypatch.setattr(worker, "_GRACE", 2.5)
    path = tmp_path / "long"
    told = [(outcome.result, outcome.error) for outcome in batch.run(stuck, [path, tmp_path / "good"], 1)]
    assert told == [(None, f"{path}: not read within 0.2 seconds; reading was stopped"), ("read", "")]
    with path.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # when the other has ended
        assert file.read() == ""


def of_the_process(path: Path) -> list[bytes]:
    """What it finds where its own work and answers could be."""
    return [Path(path, name).read_bytes() for name in ("stdin", "fd/0")]


def test_the_work_of_a_process_is_no_file() -> None:
    """A name of its input would take the next file from it, which everybody would wait for."""
    several = [Path("/dev"), Path("/dev")]
    assert [outcome.result for outcome in batch.run(of_the_process, several, 1)] == [[b"", b""]] * 2


def test_fewer_processes_than_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system starts no more than one: that one reads all."""
    first = [worker.Worker()]

    def none() -> worker.Worker:
        if first:
            return first.pop()
        raise Unavailable("no more")

    monkeypatch.setattr(batch, "hire", none)
    many = [Path(str(number)) for number in range(20)]
    assert len({outcome.result for outcome in batch.run(process, many, jobs=4)}) == 1


def test_a_run_that_is_left_lets_its_processes_go() -> None:
    with closing(batch.run(process, [Path(str(number)) for number in range(40)], jobs=2)) as outcomes:
        started = {next(outcomes).result for _ in range(10)}
    assert len(started) == 2
    (again,) = batch.run(process, [Path("a")])
    assert isinstance(again.result, int)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit to raise")
def test_many_files_are_open() -> None:
    """`select.select` takes none above the 1,024th."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(before[0], 2048), before[1]))
    opened: list[int] = []
    try:
        while not opened or opened[-1] < 1100:
            opened.append(os.open(os.devnull, os.O_RDONLY))
        assert [outcome.error for outcome in batch.run(process, [Path("a"), Path("b")], jobs=2)] == ["", ""]
        new = worker.Worker()
        new.give(0, process, Path("a"))
        assert new.take()[1].error == ""
        new.stop()
    finally:
        for handle in opened:
            os.close(handle)
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_no_process_can_be_started(tracker: Tracker, monkeypatch: pytest.MonkeyPatch, example: Path) -> None:
    monkeypatch.setattr(worker, "_spare", [])
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(Unavailable):
        list(batch.run(process, [Path("a")]))
    done = tracker("import", example)
    assert (done.code, done.err) == (
        69,
        "error: the process that reads files could not be started (No such file or directory)\n",
    )
    assert not Path(tracker.database).exists()
