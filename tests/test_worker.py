"""The processes that read files: kept for the next run, told where they are, honest about mistakes of their own."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli import Tracker
from tracker.errors import Unavailable
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
